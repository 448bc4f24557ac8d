"""The cardholder's PIV Card."""

from typing import Protocol

from dpc_conformance.roles.people import Person


class Card(Protocol):
    """A card at its edge: a command APDU in, a response APDU (data and status word) out."""

    def transmit(self, command: bytes) -> bytes:
        """Send one command APDU, short or extended; raises CardRemoved."""

    def reset(self) -> None:
        """Cut and restore power: PIN states and command chains are forgotten, retry counters are not."""


class CardStock(Protocol):
    """Test cards by what is special about them, each for a person with a PIV identity account."""

    def take(self, kind: str) -> tuple[Card, str]:
        """A card of that kind and its PIN. Raises NotSupported when the stock has none.

        Kinds: good, replacement (a new card of the same person), affiliate (the same, whose name says so),
        another-person, operator (of somebody who works at the issuer's desk), revoked, suspended, expired,
        not-yet-valid, unknown-ca, key-mismatch, piv-i, wrong-policy, no-status, global-pin, served-agency (of another
        agency, for which the issuer derives too), other-agency (of one for which it does not), no-account (no account
        was opened for its holder). With good keys and certificates for a sign-in, but wrong data: chuid-expired,
        chuid-altered, chuid-of-another-card, chuid-with-another-uuid, chuid-signed-by-cardholder, object-altered,
        security-object-signed-by-cardholder, biometrics-expired, biometrics-end-first (before the card),
        content-signer-ends-first (before the card's certificates), card-authentication-revoked (certificate of key 9E).
        """

    def holder_of(self, kind: str) -> Person:
        """The person to whom the card of that kind belongs. Raises NotSupported."""

    def revoke(self, kind: str) -> None:
        """Have the card's issuer revoke the PIV Authentication certificate of a card that was taken."""

    def silence_status_services(self) -> None:
        """Put the CRL and OCSP services of the card's issuer out of order."""
