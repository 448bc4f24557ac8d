"""Seeded defects of certificate requests: possession, token, name and key of the requester."""

import sqlite3

from asn1crypto import keys
from cryptography import x509

from dpc_conformance.faults.flows.records import CredentialsOf
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.certificate_requests import CertificateRequests
from dpc_conformance.reference.issuer.grants import Grant, Grants
from dpc_conformance.reference.issuer.key_checks import EXPONENT, KeyChecks
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.reasons import Reason


class WithoutPossession(CertificateRequests):
    """Does not verify the signature of a request."""

    def possession(self, request: x509.CertificateSigningRequest) -> Refusal | None:  # noqa: ARG002
        """See CertificateRequests."""
        return None


@fault("issuer does not verify the signature of a request", {"DPC-ISS-POP-01"})
def possession(scene: Scene) -> None:
    scene.issuer.requests = WithoutPossession(scene.issuer.key_checks)


class AnyName(CertificateRequests):
    """Does not compare the name in a request with the cardholder's."""

    def named(self, request: x509.CertificateSigningRequest, subject: x509.Name) -> Refusal | None:  # noqa: ARG002
        """See CertificateRequests."""
        return None


@fault("issuer does not look whom a request names", {"DPC-ISS-POP-02"})
def any_name(scene: Scene) -> None:
    scene.issuer.requests = AnyName(scene.issuer.key_checks)


class LastGrant(Grants):
    """Takes a request without a good token for one of the enrolment that began last."""

    def __init__(self, parts: IssuerParts) -> None:
        super().__init__(parts.store, parts.clock, parts.settings)

    def of_token(self, token: str | None) -> Grant | Refusal:
        """See Grants."""
        found = super().of_token(token)
        if not isinstance(found, Refusal):
            return found
        row = (
            self._store.read()
            .execute(
                "SELECT token.*, sign_in.account, sign_in.piv_certificate, sign_in.verified_at"
                " FROM token JOIN sign_in ON sign_in.id=token.sign_in ORDER BY token.rowid DESC LIMIT 1"
            )
            .fetchone()
        )
        return found if row is None else self._grant(row)


@fault("issuer needs no enrolment token", {"DPC-ISS-POP-02"})
def no_token(scene: Scene) -> None:
    scene.issuer.grants = LastGrant(scene.issuer)


class KeyChecksOf(KeyChecks):
    """The issuer's judgement of keys, as a defect changes it."""

    def __init__(self, parts: IssuerParts) -> None:
        super().__init__(parts.clock, parts.credentials.moduli)


class BlindToWeakness(KeyChecksOf):
    """Looks at size and exponent only."""

    def _rsa(self, modulus: int, exponent: int) -> Refusal | None:
        found = super()._rsa(modulus, exponent)
        return None if found is not None and found.detail.startswith("the modulus has") else found


@fault("issuer certifies a known-weak key", {"DPC-ISS-KEY-01"})
def weak(scene: Scene) -> None:
    scene.issuer.key_checks = BlindToWeakness(scene.issuer)


class AnyExponent(KeyChecksOf):
    """Does not look at the exponent."""

    def _rsa(self, modulus: int, exponent: int) -> Refusal | None:  # noqa: ARG002
        return super()._rsa(modulus, EXPONENT)


@fault("issuer certifies an RSA key with any exponent", {"DPC-ISS-KEY-02"})
def exponent(scene: Scene) -> None:
    scene.issuer.key_checks = AnyExponent(scene.issuer)


class AnyCurve(KeyChecksOf):
    """Does not look at the curve."""

    def _ec(self, info: keys.PublicKeyInfo) -> Refusal | None:
        found = super()._ec(info)
        return None if found is not None and found.reason is Reason.KEY_TYPE else found


@fault("issuer certifies a key on any curve", {"DPC-ISS-KEY-03"})
def curve(scene: Scene) -> None:
    scene.issuer.key_checks = AnyCurve(scene.issuer)


class PointsUnseen(KeyChecksOf):
    """Leaves it to the signature to show that a key is no key, and says so."""

    def _ec(self, info: keys.PublicKeyInfo) -> Refusal | None:
        found = super()._ec(info)
        unseen = found is not None and found.reason is Reason.KEY_WEAK
        return Refusal(Reason.REQUEST_SIGNATURE, "it does not verify") if unseen else found


@fault("issuer does not look whether a point is on its curve", {"DPC-ISS-KEY-03"})
def points_unseen(scene: Scene) -> None:
    scene.issuer.key_checks = PointsUnseen(scene.issuer)


class SharedKeys(CredentialsOf):
    """Does not look whether another credential has the key already."""

    def _check_key(self, connection: sqlite3.Connection, grant: Grant, key: str, own: int) -> None:
        connection.execute("UPDATE credential SET key=key||' '||id WHERE key=? AND id!=?", (key, own))
        super()._check_key(connection, grant, key, own)


@fault("issuer certifies a key that another credential has", {"DPC-ISS-DUP-01", "DPC-LC-POLICY-01"})
def shared_keys(scene: Scene) -> None:
    scene.issuer.credentials = SharedKeys(scene.issuer)


class CardKeys(CredentialsOf):
    """Does not compare the key with that of the card."""

    def _check_key(self, connection: sqlite3.Connection, grant: Grant, key: str, own: int) -> None:
        try:
            super()._check_key(connection, grant, key, own)
        except Refused as refused:
            if "card's key" not in refused.refusal.detail:
                raise


@fault("issuer certifies the key of the card", {"DPC-ISS-DUP-01"})
def card_keys(scene: Scene) -> None:
    scene.issuer.credentials = CardKeys(scene.issuer)
