"""Issuance to an applicant who has no PIV Card at hand (SP 800-157r1 fpd §2.2.3)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class NoCardEvent:
    """An operator's decision, and what was on record for it.

    `channel` is in-person, supervised-remote or telephone. `proofed_at` is when identity proofing was completed (None:
    it was not), `adjudication` favorable, pending or unfavorable, `biometric` the result of the comparison with the
    enrolment record: match, no-match or empty. `serials` are those of the certificates that came of it (hexadecimal).
    """

    number: str
    at: datetime
    account: str
    operator: str
    channel: str
    proofed_at: datetime | None
    adjudication: str
    biometric: str
    justification: str
    serials: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoCardEventsSeen:
    """What the issuer has on record about issuances to the cardholder without a card, oldest first."""

    at: datetime
    events: tuple[NoCardEvent, ...]


NoCardRecord = NoCardEventsSeen
