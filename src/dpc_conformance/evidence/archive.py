"""What an issuer had on record at a moment, to be compared with what it has later."""

from dataclasses import dataclass
from datetime import datetime

from dpc_conformance.evidence.decisions import AuditRecord, IssuedCredential


@dataclass(frozen=True)
class RecordsSeen:
    """The issuer's decisions so far, and the credentials in the cardholder's account."""

    at: datetime
    decisions: tuple[AuditRecord, ...]
    credentials: tuple[IssuedCredential, ...]


ArchiveRecord = RecordsSeen
