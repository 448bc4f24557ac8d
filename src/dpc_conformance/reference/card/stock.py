"""The reference's stock of test cards: a cardholder of its own for each special thing about a card."""

from collections.abc import Callable
from typing import Protocol

from cryptography import x509

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.formats import containers
from dpc_conformance.reference.card.content_signing import ContentSigner
from dpc_conformance.reference.card.deviating_data import ALTERATIONS, broken_certificate
from dpc_conformance.reference.card.global_pin import prefer_global_pin
from dpc_conformance.reference.card.personalise import certificate_on, personalise
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool
from dpc_conformance.reference.pki.naming import CRL_HOST, OCSP_HOST
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.people import Person

Register = Callable[[Person, bytes], None]
"""Opens the PIV identity account of a person with that PIV Authentication certificate (DER)."""

DOMAIN = "dpc.example"
HOLDERS = {
    "good": ("Grace", "Goode"),
    "replacement": ("Grace", "Goode"),
    "affiliate": ("Grace", "Goode (affiliate)"),
    "another-person": ("Anders", "Other"),
    "operator": ("Olga", "Operator"),
    "revoked": ("Rita", "Revoked"),
    "suspended": ("Sven", "Suspended"),
    "expired": ("Edgar", "Expired"),
    "not-yet-valid": ("Nora", "Notyet"),
    "unknown-ca": ("Ulla", "Unknown"),
    "key-mismatch": ("Milo", "Mismatch"),
    "piv-i": ("Ivy", "Interop"),
    "wrong-policy": ("Walter", "Wrong"),
    "broken-signature": ("Bruno", "Broken"),
    "no-status": ("Stella", "Silent"),
    "global-pin": ("Gloria", "Global"),
    "chuid-expired": ("Elsa", "Ended"),
    "chuid-altered": ("Alfred", "Altered"),
    "chuid-of-another-card": ("Maud", "Mixed"),
    "chuid-with-another-uuid": ("Uwe", "Unlike"),
    "chuid-signed-by-cardholder": ("Sigrid", "Selfmade"),
    "security-object-signed-by-cardholder": ("Hanna", "Homemade"),
    "object-altered": ("Otto", "Other"),
    "biometrics-expired": ("Faye", "Faded"),
    "biometrics-end-first": ("Fiona", "Fleeting"),
    "content-signer-ends-first": ("Sidney", "Shortlived"),
    "card-authentication-revoked": ("Conrad", "Cardkey"),
    "served-agency": ("Bertha", "Bureau"),
    "other-agency": ("Fiona", "Foreign"),
    "no-account": ("Norbert", "Nobody"),
}
CHANGED = {**ALTERATIONS, "global-pin": prefer_global_pin, "broken-signature": broken_certificate}
REVOKED = ("revoked", "suspended", "card-authentication-revoked")
MADE_GOOD = ("good", "replacement", "affiliate", "another-person", "operator", *REVOKED, "no-account", *CHANGED)


class Revoker(Protocol):
    """What the stock needs of the status services."""

    def revoke(self, certificate: x509.Certificate, reason: str = "keyCompromise", hold: bool = False) -> None:
        """Revoke, or with `hold` suspend, from now on."""

    def silence(self, host: str) -> None:
        """That host answers no more."""


class ReferenceCardStock:
    """Implements roles.card.CardStock: personalises a card when it is first taken, and registers its holder."""

    def __init__(
        self,
        pki: TestPki,
        status: Revoker,
        clock: RunClock,
        entropy: Entropy,
        pool: KeyPool,
        register: Register,
        domain: str = DOMAIN,
    ) -> None:
        """`domain` is that of the holders' mail addresses and user principal names."""
        self._pki, self._status, self._clock = pki, status, clock
        self._entropy, self._pool, self._register, self._domain = entropy, pool, register, domain
        self._taken: dict[str, tuple[VirtualCard, str]] = {}
        self.on_card: list[Callable[[VirtualCard], None]] = []
        """Called with each card when it is made."""

    def take(self, kind: str) -> tuple[VirtualCard, str]:
        """The card of that kind and its PIN; the same card each time. NotSupported for an unknown kind."""
        if kind not in self._taken:
            self._taken[kind] = self._make(kind)
        return self._taken[kind]

    def holder_of(self, kind: str) -> Person:
        """The person to whom the card of that kind belongs. NotSupported for an unknown kind."""
        if kind not in HOLDERS:
            raise NotSupported("the reference's card stock", f"supply a card of kind {kind!r}")
        given_name, surname = HOLDERS[kind]
        account = f"{given_name}.{surname}".lower().partition(" ")[0]
        address = f"{account}@{self._domain}"
        return Person(account, given_name, surname, upn=address, mail=address)

    def revoke(self, kind: str) -> None:
        """Revoke the PIV Authentication certificate of the card of that kind."""
        self._status.revoke(x509.load_der_x509_certificate(certificate_on(self.take(kind)[0])))

    def silence_status_services(self) -> None:
        """CRLs and OCSP answer no more."""
        for host in (CRL_HOST, OCSP_HOST):
            self._status.silence(host)

    def _make(self, kind: str) -> tuple[VirtualCard, str]:
        person = self.holder_of(kind)
        entropy = self._entropy.branch(f"card/{kind}")
        pin = f"{entropy.branch('pin').below(10**6):06}"
        deviation = "none" if kind in MADE_GOOD else kind
        card = personalise(self._pki, person, self._clock, entropy, self._pool, deviation, pin)
        if (alter := CHANGED.get(kind)) is not None:
            alter(card, ContentSigner(self._pki.content_signer, self._clock.now()))
        for change in self.on_card:
            change(card)
        certificate = certificate_on(card)
        if kind != "no-account":
            self._register(person, certificate)
        if kind in ("revoked", "suspended"):
            self._status.revoke(x509.load_der_x509_certificate(certificate), hold=kind == "suspended")
        if kind == "card-authentication-revoked":
            card_key = certificate_on(card, containers.CARD_AUTHENTICATION_KEY)
            self._status.revoke(x509.load_der_x509_certificate(card_key))
        return card, pin
