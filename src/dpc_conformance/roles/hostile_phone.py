"""A registered phone under an attacker's hand: it sends what no honest app would send."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Attempt:
    """How an attempt ended, as its maker saw it: HTTP status (0: no answer) and the words of the answer."""

    accepted: bool
    status: int
    answer: str


class HostilePhone(Protocol):
    """Speaks the enrolment protocol directly."""

    def redeem(self, picture: bytes, deviation: str = "none", password: str = "") -> Attempt:
        """Present the secret of a QR code picture, and a password besides, with the phone's device statement.

        Deviations: none, guessed-secret, another-device-key, statement-of-another-manager, no-statement,
        expired-statement, truncated-secret, altered-secret, proof-for-another-code (of another QR code).
        """

    def request_certificate(self, deviation: str = "none", usage: str = "authentication") -> Attempt:
        """Ask for a certificate with the token of the last redemption.

        Deviations: none, broken-signature, signature-of-another-key, another-persons-name, weak-rsa-primes,
        rsa-exponent-3, rsa-1024, curve-p521, off-curve (P-256 in name only), card-key, malformed, oversized, sha1,
        extra-extensions (asks for another UUID and to be a CA), again (the last request once more), no-token,
        guessed-token.
        """

    def request_hardware_certificate(self, deviation: str = "none") -> Attempt:
        """Ask for a hardware credential with the token of the last redemption.

        Deviations: none, software-key (no module vouches for the key), another-device (a module of another device
        does), unknown-maker (a module of nobody's trust does), another-key (the phone's module vouches, for another
        key than the request's), imported-key (it was made elsewhere), issuer-made (the issuer is to make the key).
        """

    def rekey(self, enrolment_address: str, account: str, deviation: str) -> Attempt:
        """Ask for a re-key of that account's credential, without its key. NotSupported where there is no re-key.

        Deviations: no-certificate, password (a name and a password in place of the certificate).
        """

    def fetch_key(self) -> Attempt:
        """Have the issuer make the key management key under the token of the last redemption, and acknowledge it.

        A second time it sends the very same request, to get the same key once more.
        """
