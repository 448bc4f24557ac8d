"""Everything that is known about a scenario at the moment a flow is judged."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from dpc_conformance.evidence.decisions import AuditRecord, CardLink, IssuedCredential
from dpc_conformance.evidence.escrow import EscrowedKey
from dpc_conformance.evidence.hardware import HardwareFacts
from dpc_conformance.evidence.records import Record

Some = TypeVar("Some")


@dataclass(frozen=True)
class ScenarioFacts:
    """The timeline of the clients, the records of the issuer, and who the cardholder is.

    `card_certificate` is the PIV Authentication certificate on the card (DER); `account` and `mail` belong to the
    PIV identity account; `secret_in_mail` says whether a known secret stood in an e-mail; `published` holds every
    certificate of the issuer's public repository (DER).
    """

    now: datetime
    timeline: tuple[Record, ...]
    audit: tuple[AuditRecord, ...]
    credentials: tuple[IssuedCredential, ...]
    published: tuple[bytes, ...]
    account: str
    mail: str
    card_certificate: bytes
    secret_in_mail: bool
    name: str = ""
    """The cardholder's name as the PIV identity account has it now."""
    links: tuple[CardLink, ...] = ()
    """The issuer's links from derived credentials to the card, where the scenario asked for them."""
    escrow: tuple[EscrowedKey, ...] = ()
    """What the issuer's key escrow holds, for whomever, where the scenario asked for it."""
    hardware: HardwareFacts = field(default_factory=HardwareFacts)
    """What is on record about hardware credentials, where the scenario asked for it."""

    def of(self, kind: type[Some]) -> tuple[Some, ...]:
        """The records of one kind, in order."""
        return tuple(record for record in self.timeline if isinstance(record, kind))

    def decided(self, action: str, outcome: str = "accepted") -> tuple[AuditRecord, ...]:
        """The issuer's decisions of that kind, oldest first."""
        return tuple(record for record in self.audit if record.action == action and record.outcome == outcome)
