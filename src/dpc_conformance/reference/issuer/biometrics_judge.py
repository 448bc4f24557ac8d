"""Fingerprints, facial and iris images as far as the card gave them away: signature, holder, dates (SP 800-76-2 §9)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from cryptography import x509

from dpc_conformance.clock import RunClock
from dpc_conformance.formats import containers, oids
from dpc_conformance.reference.issuer.card_data_judge import (
    CardDataJudge,
    JudgeOfCards,
    SecurityObjectJudge,
    refusing,
)
from dpc_conformance.reference.issuer.card_objects import CardData, Chuid, value_of
from dpc_conformance.reference.issuer.path_judge import CertificateJudge
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.signed_objects import SignedObject
from dpc_conformance.roles.reasons import Reason

BIOMETRICS = (containers.FINGERPRINTS, containers.FACIAL_IMAGE, containers.IRIS)
RECORD, ENTRY_UUID = 0xBC, "1.3.6.1.1.16.4"
HEADER_BYTES = 88
VALID_FROM, VALID_UNTIL, FASC_N = slice(20, 28), slice(28, 36), slice(59, 84)


@dataclass(frozen=True)
class Biometric:
    """A CBEFF record: header, data and signature (SP 800-76-2 Table 14). Every attribute raises ValueError."""

    record: bytes

    @property
    def parts(self) -> tuple[bytes, SignedObject]:
        """What is signed, and the signature."""
        data, signature = int.from_bytes(self.record[2:6], "big"), int.from_bytes(self.record[6:8], "big")
        if len(self.record) != HEADER_BYTES + data + signature:
            raise ValueError("the lengths in the header are not those of the record")
        covered = self.record[: HEADER_BYTES + data]
        return covered, SignedObject.from_bytes(self.record[len(covered) :])

    def moment(self, where: slice) -> datetime:
        """A date of the header: century, year, month, day, hour, minute, second, Z."""
        *numbers, zone = self.record[where]
        if zone != ord("Z"):
            raise ValueError("a date of the header is not in UTC")
        century, year, *rest = numbers
        return datetime(century * 100 + year, *rest, tzinfo=UTC)  # type: ignore[misc, arg-type]


@dataclass(frozen=True)
class BiometricsJudge:
    """Judges only what the Security Object had the workstation read; `signers` judges a signer of its own."""

    signers: CertificateJudge
    clock: RunClock

    def judge(self, chuid: Chuid, signer: x509.Certificate, data: CardData) -> None:
        """See SignedDataJudge."""
        for container in BIOMETRICS:
            # An empty container is no object.
            if container in data.contents and data.contents[container]:
                with refusing(Reason.BIOMETRIC):
                    self._judge(Biometric(value_of(RECORD, data.contents[container])), chuid, signer)

    def _judge(self, biometric: Biometric, chuid: Chuid, signer: x509.Certificate) -> None:
        covered, signature = biometric.parts
        if not signature.names(signer):
            signer = self._own_signer(signature)
        signature.verify(signer, (oids.PIV_BIOMETRIC_OBJECT,), [covered])
        number, uuid = signature.octets(oids.PIV_FASC_N), signature.octets(ENTRY_UUID)
        if {biometric.record[FASC_N], number} != {chuid.fasc_n}:
            raise Refused(Refusal(Reason.FASC_N_MISMATCH, "CHUID and biometric object have different FASC-Ns"))
        if uuid is not None and UUID(bytes=uuid) != chuid.guid:
            raise Refused(Refusal(Reason.UUID_MISMATCH, "CHUID and biometric object have different UUIDs"))
        self.expect_to_count(biometric, chuid)

    def expect_to_count(self, biometric: Biometric, chuid: Chuid) -> None:
        """ValueError unless the record counts now, and for as long as the card does (SP 800-76-2 §9.3)."""
        if not biometric.moment(VALID_FROM) <= self.clock.now() <= biometric.moment(VALID_UNTIL):
            raise ValueError("the biometric record is not valid now")
        if biometric.moment(VALID_UNTIL).date() < chuid.last_day:
            raise ValueError("the biometric record ends before the card")

    def _own_signer(self, signature: SignedObject) -> x509.Certificate:
        own = signature.signer_certificate()
        if (refusal := self.signers.judge(own)) is not None:
            raise ValueError(f"its signer: {refusal.reason.value}")
        return own


def judge_of_cards(signers: CertificateJudge, cards: CertificateJudge, clock: RunClock) -> JudgeOfCards:
    """Judges everything on a card that is signed.

    `signers` judges the certificates of content signers, `cards` the Card Authentication certificates.
    """
    return CardDataJudge(signers, cards, (SecurityObjectJudge(), BiometricsJudge(signers, clock)), clock)
