"""Are the data on a card good, and is it the card of the sign-in? TLS saw one certificate and its key, nothing else."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.clock import RunClock
from dpc_conformance.formats import containers, oids
from dpc_conformance.formats.containers import Container
from dpc_conformance.reference.issuer.accounts import identifiers
from dpc_conformance.reference.issuer.card_objects import (
    CardData,
    Chuid,
    SecurityObject,
    certificate_in,
    inside,
)
from dpc_conformance.reference.issuer.path_judge import CertificateJudge
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.signed_objects import HASHES, load_certificate
from dpc_conformance.roles.reasons import Reason

LDS_SECURITY_OBJECT = ("1.3.27.1.1.1", "2.23.136.1.1.1")
"""Content types of the signed hashes: that of SP 800-73, and that of ICAO Doc 9303 from which it comes."""
FASC_N = "fasc-n:"
OWN_CERTIFICATE = containers.PIV_AUTHENTICATION_CERTIFICATE
AUTHENTICATION_CERTIFICATES = (OWN_CERTIFICATE, containers.CARD_AUTHENTICATION_CERTIFICATE)
"""Those that name the card; what stands in the certificates of signature and key management is the person's."""
REQUIRED = (containers.CHUID, containers.SECURITY_OBJECT, *AUTHENTICATION_CERTIFICATES)
"""What every PIV Card has and a judgement needs; beyond that, whatever the Security Object lists."""


class JudgeOfCards(Protocol):
    """Judges what a workstation read from the card of a sign-in."""

    def judge(self, certificate: x509.Certificate, data: CardData) -> Refusal | None:
        """None when the data are good now; `certificate` is the one whose possession was proved at the sign-in."""


class SignedDataJudge(Protocol):
    """Judges objects that carry a signature of their own beside the CHUID's."""

    def judge(self, chuid: Chuid, signer: x509.Certificate, data: CardData) -> None:
        """Raises Refused; `signer` is the CHUID's."""


@dataclass(frozen=True)
class CardDataJudge:
    """CHUID, certificates and Security Object by the issuer's own code, in the order in which one vouches for the next.

    `signers` judges the certificate of the content signer, `cards` the Card Authentication certificate, which no
    sign-in sees; `others` judges what the CHUID and its signer vouch for.
    """

    signers: CertificateJudge
    cards: CertificateJudge
    others: tuple[SignedDataJudge, ...]
    clock: RunClock

    def judge(self, certificate: x509.Certificate, data: CardData) -> Refusal | None:
        """See JudgeOfCards. Whatever cannot be read, or was not sent, is refused."""
        try:
            for container in REQUIRED:
                data.require(container)
            chuid = Chuid(data.require(containers.CHUID))
            signer = self._signer(chuid)
            self._expiration(chuid)
            self._certificates(certificate, chuid, data)
            self._of_the_card_itself(signer, data)
            for judge in self.others:
                judge.judge(chuid, signer, data)
        except Refused as error:
            return error.refusal
        return None

    def _signer(self, chuid: Chuid) -> x509.Certificate:
        with refusing(Reason.CHUID_SIGNATURE):
            signed = chuid.signature
            signer = signed.signer_certificate()
            signed.verify(signer, (oids.PIV_CHUID_SECURITY_OBJECT,), chuid.covered())
        if (refusal := self.signers.judge(signer)) is not None:
            if refusal.reason is Reason.STATUS_UNAVAILABLE:
                raise Refused(refusal)
            raise Refused(Refusal(Reason.CHUID_SIGNER, f"{refusal.reason.value}: {refusal.detail}"))
        return signer

    def _expiration(self, chuid: Chuid) -> None:
        with refusing(Reason.CHUID_MALFORMED):
            last_day = chuid.last_day
        if last_day < self.clock.now().date():
            raise Refused(Refusal(Reason.CHUID_EXPIRED, f"the card expired on {last_day.isoformat()}"))

    def _certificates(self, certificate: x509.Certificate, chuid: Chuid, data: CardData) -> None:
        with refusing(Reason.CARD_CERTIFICATE):
            held = {each: certificate_in(data.require(each)) for each in AUTHENTICATION_CERTIFICATES}
        if held[OWN_CERTIFICATE] != certificate.public_bytes(Encoding.DER):
            raise Refused(Refusal(Reason.CARD_CERTIFICATE, "the certificate on the card is not that of the sign-in"))
        with refusing(Reason.CHUID_MALFORMED):
            fasc_n, uuid = FASC_N + core.OctetString(chuid.fasc_n).dump().hex(), f"urn:uuid:{chuid.guid}"
        for container, der in held.items():
            with refusing(Reason.CARD_CERTIFICATE):
                found = load_certificate(der)
                names = identifiers(found)
            self._compare(container, names, fasc_n, uuid)
            # FIPS 201-3 §2.9: no certificate is valid for longer than the card.
            if found.not_valid_after_utc.date() > chuid.last_day:
                raise Refused(Refusal(Reason.OUTLIVES_CARD, f"{container.name}, the card ends {chuid.last_day}"))

    def _of_the_card_itself(self, signer: x509.Certificate, data: CardData) -> None:
        certificate = load_certificate(certificate_in(data.require(containers.CARD_AUTHENTICATION_CERTIFICATE)))
        if (refusal := self.cards.judge(certificate)) is not None:
            raise Refused(Refusal(refusal.reason, f"Card Authentication certificate: {refusal.detail}"))
        self.expect_to_last(signer, certificate)

    def expect_to_last(self, signer: x509.Certificate, certificate: x509.Certificate) -> None:
        """Refused unless who signs a card's data does so for as long as the card can be used (FIPS 201-3 §4.2.1)."""
        if signer.not_valid_after_utc < certificate.not_valid_after_utc:
            detail = f"it ends {signer.not_valid_after_utc.isoformat()}, before the Card Authentication certificate"
            raise Refused(Refusal(Reason.CHUID_SIGNER, detail))

    def _compare(self, container: Container, names: tuple[str, ...], fasc_n: str, uuid: str) -> None:
        numbers = {name for name in names if name.startswith(FASC_N)}
        # Certificates on cards made before FIPS 201-2 carry no UUID.
        uuids = set(names) - numbers
        if numbers - {fasc_n} or not numbers:
            raise Refused(Refusal(Reason.FASC_N_MISMATCH, f"CHUID and {container.name} have different FASC-Ns"))
        if uuids - {uuid}:
            raise Refused(Refusal(Reason.UUID_MISMATCH, f"CHUID and {container.name} have different UUIDs"))


@dataclass(frozen=True)
class SecurityObjectJudge:
    """Signed by the CHUID's signer, and each listed container hashes to what was signed (SP 800-73-5 §3.1.7)."""

    def judge(self, chuid: Chuid, signer: x509.Certificate, data: CardData) -> None:  # noqa: ARG002
        """See SignedDataJudge."""
        with refusing(Reason.SECURITY_OBJECT):
            security = SecurityObject(data.require(containers.SECURITY_OBJECT))
            self.expect_signed(security, signer)
            self.expect_hashes(security, data)

    def expect_signed(self, security: SecurityObject, signer: x509.Certificate) -> None:
        """ValueError unless `signer` signed the hashes."""
        security.signed.verify(signer, LDS_SECURITY_OBJECT)

    def expect_hashes(self, security: SecurityObject, data: CardData) -> None:
        """ValueError unless every listed container has the hash that is listed; Refused where one was not sent."""
        if (algorithm := security.hashes[0]) not in HASHES:
            raise ValueError(f"the hash {algorithm} does not protect a card's data")
        for container_id, expected in security.listed().items():
            if (container := containers.by_id(container_id)) is None:
                raise ValueError(f"no container has the id {container_id:04X}")
            content = data.require(container)
            # Of an object with a tag of its own, issuers hash the content; the whole object is the other reading.
            forms = (inside(content), content) if container.own_tag else (content,)
            if expected not in [hashlib.new(algorithm, form).digest() for form in forms]:
                raise ValueError(f"the hash of {container.name} is not that of what is on the card")


@contextmanager
def refusing(reason: Reason) -> Iterator[None]:
    """What turns out not to be well-formed or not to hold is a refusal for that reason."""
    try:
        yield
    except ValueError as problem:
        raise Refused(Refusal(reason, str(problem))) from None
