"""How many credentials somebody may have, and what happened at the limit."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class LimitStated:
    """The issuer stated how many derived authentication credentials an account may have active (None: any number)."""

    at: datetime
    limit: int | None


@dataclass(frozen=True)
class EnrolmentTried:
    """The cardholder asked for a credential on one more phone, while so many were active; whether one was issued."""

    at: datetime
    active: int
    issued: bool


@dataclass(frozen=True)
class ActiveSeen:
    """So many derived authentication credentials of the cardholder were active."""

    at: datetime
    active: int


LimitRecord = LimitStated | EnrolmentTried | ActiveSeen
