"""Seeded defects of a kiosk that reads the card: what it does not look at, or believes all the same."""

from dataclasses import dataclass, replace

from cryptography import x509

from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.biometrics_judge import Biometric, BiometricsJudge
from dpc_conformance.reference.issuer.card_data_judge import CardDataJudge, JudgeOfCards, SecurityObjectJudge
from dpc_conformance.reference.issuer.card_objects import CardData, Chuid, SecurityObject
from dpc_conformance.reference.issuer.card_readings import CardReadings
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.sign_ins import SignIn
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.reasons import Reason


@dataclass(frozen=True)
class Lenient:
    """Judges as `judge_of_old` does, but what would be refused for `reason` is accepted."""

    judge_of_old: JudgeOfCards
    reason: Reason

    def judge(self, certificate: x509.Certificate, data: CardData) -> Refusal | None:
        """See JudgeOfCards."""
        refusal = self.judge_of_old.judge(certificate, data)
        return None if refusal is not None and refusal.reason is self.reason else refusal


def _forgive(scene: Scene, reason: Reason) -> None:
    scene.issuer.card_reading.data_judge = Lenient(scene.issuer.card_reading.data_judge, reason)


def _card_data_judge(scene: Scene) -> CardDataJudge:
    judge = scene.issuer.card_reading.data_judge
    if not isinstance(judge, CardDataJudge):
        raise TypeError("another defect has taken the place of the judge of cards")
    return judge


@fault("kiosk accepts a card that expired yesterday", {"PIV-SRC-CHUID-03"})
def expired(scene: Scene) -> None:
    _forgive(scene, Reason.CHUID_EXPIRED)


@fault("kiosk accepts a CHUID that was altered after it was signed", {"PIV-SRC-CHUID-05"})
def altered(scene: Scene) -> None:
    _forgive(scene, Reason.CHUID_SIGNATURE)


@fault("kiosk does not compare the FASC-N of CHUID and certificate", {"PIV-SRC-CHUID-07"})
def another_fasc_n(scene: Scene) -> None:
    _forgive(scene, Reason.FASC_N_MISMATCH)


@fault("kiosk does not compare the UUID of CHUID and certificate", {"PIV-SRC-CHUID-04"})
def another_uuid(scene: Scene) -> None:
    _forgive(scene, Reason.UUID_MISMATCH)


@dataclass(frozen=True)
class Trusting:
    """Takes every certificate for that of a content signer."""

    def judge(self, certificate: x509.Certificate, sent: object = ()) -> Refusal | None:  # noqa: ARG002
        """See CertificateJudge."""
        return None


@fault("kiosk takes anybody's certificate for that of a content signer", {"PIV-SRC-CHUID-06"})
def any_signer(scene: Scene) -> None:
    scene.issuer.card_reading.data_judge = replace(_card_data_judge(scene), signers=Trusting())


@fault("kiosk does not look at the Card Authentication certificate", {"PIV-SRC-CARDAUTH-01"})
def card_authentication(scene: Scene) -> None:
    scene.issuer.card_reading.data_judge = replace(_card_data_judge(scene), cards=Trusting())


class Shortsighted(CardDataJudge):
    """Does not look until when the content signer signs for the card."""

    def expect_to_last(self, signer: x509.Certificate, certificate: x509.Certificate) -> None:
        """See CardDataJudge."""


@fault("kiosk does not look when the content signer of a card ends", {"PIV-SRC-CHUID-06"})
def signer_ends(scene: Scene) -> None:
    scene.issuer.card_reading.data_judge = Shortsighted(**vars(_card_data_judge(scene)))


class Timeless(BiometricsJudge):
    """Does not look when biometrics end."""

    def expect_to_count(self, biometric: Biometric, chuid: Chuid) -> None:
        """See BiometricsJudge."""


@fault("kiosk does not look when the biometrics on a card end", {"PIV-SRC-BIO-01"})
def biometrics_end(scene: Scene) -> None:
    judge = _card_data_judge(scene)
    others = tuple(Timeless(**vars(each)) if isinstance(each, BiometricsJudge) else each for each in judge.others)
    scene.issuer.card_reading.data_judge = replace(judge, others=others)


class BelievesAnySigner(SecurityObjectJudge):
    """Compares the hashes, whoever signed them."""

    def expect_signed(self, security: SecurityObject, signer: x509.Certificate) -> None:
        """See SecurityObjectJudge."""


@fault("kiosk does not ask who signed the Security Object", {"PIV-SRC-SO-01"})
def hashes_by_anybody(scene: Scene) -> None:
    _look_at_security_objects_with(scene, BelievesAnySigner())


class ComparesNothing(SecurityObjectJudge):
    """Verifies the signature and leaves it at that."""

    def expect_hashes(self, security: SecurityObject, data: CardData) -> None:
        """See SecurityObjectJudge."""


@fault("kiosk does not compare the hashes in the Security Object", {"PIV-SRC-SO-02"})
def hashes_not_compared(scene: Scene) -> None:
    _look_at_security_objects_with(scene, ComparesNothing())


def _look_at_security_objects_with(scene: Scene, instead: SecurityObjectJudge) -> None:
    judge = _card_data_judge(scene)
    others = tuple(instead if isinstance(each, SecurityObjectJudge) else each for each in judge.others)
    scene.issuer.card_reading.data_judge = replace(judge, others=others)


class NeverOutstanding(CardReadings):
    """Lets everybody pass who has signed in."""

    def outstanding(self, sign_in: SignIn) -> Refusal | None:  # noqa: ARG002
        """See CardReadings."""
        return None


@fault(
    "kiosk goes on without having read the card",
    {
        "PIV-SRC-CHUID-03",
        "PIV-SRC-CHUID-04",
        "PIV-SRC-CHUID-05",
        "PIV-SRC-CHUID-06",
        "PIV-SRC-CHUID-07",
        "PIV-SRC-SO-01",
        "PIV-SRC-SO-02",
        "PIV-SRC-CARDAUTH-01",
        "PIV-SRC-BIO-01",
    },
    breaks={"The data on the cardholder's card are read and found good": "nobody reads it"},
)
def unread(scene: Scene) -> None:
    parts = scene.issuer
    parts.card_reading.readings = NeverOutstanding(
        parts.store, parts.audit, parts.card_reading.data_judge, parts.clock, wanted=False
    )
