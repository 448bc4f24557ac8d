"""What a kiosk that reads cards is made of; like IssuerParts, each part can be swapped before its first use."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.biometrics_judge import judge_of_cards
from dpc_conformance.reference.issuer.card_data_judge import JudgeOfCards
from dpc_conformance.reference.issuer.card_readings import CardReadings
from dpc_conformance.reference.issuer.path_judge import CertificateJudge, PathJudge
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.store import Store


@dataclass
class CardReadingParts:
    """`path_judge` makes a judge that accepts certificates with one of the given policies."""

    store: Store
    audit: AuditLog
    path_judge: Callable[[frozenset[str]], PathJudge]
    clock: RunClock
    settings: IssuerSettings

    @cached_property
    def content_signer_judge(self) -> CertificateJudge:
        """Judges the certificates of content signers on cards."""
        return self.path_judge(self.settings.content_signing_policies).of_content_signers()

    @cached_property
    def card_authentication_judge(self) -> CertificateJudge:
        """Judges the Card Authentication certificates, which the workstation reads."""
        return self.path_judge(self.settings.card_policies).of_cards_themselves()

    @cached_property
    def data_judge(self) -> JudgeOfCards:
        """Judges what the workstation reads from a card."""
        return judge_of_cards(self.content_signer_judge, self.card_authentication_judge, self.clock)

    @cached_property
    def readings(self) -> CardReadings:
        """Which cards were read and found good."""
        return CardReadings(self.store, self.audit, self.data_judge, self.clock, self.settings.reads_card)
