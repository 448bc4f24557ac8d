"""What happens to accounts, cards and phones after the enrolment, and what anybody sees of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class AgencyNotice:
    """What the agency's back-end tells the issuer about an account, a card, a device or a need.

    `kind` is account-terminated, card-terminated, card-replaced, card-lost, card-compromised, device-lost,
    device-collected, device-reassigned or not-needed. `subject` is an account, a card (its UUID as a URN) or a device
    id. `since` is when a compromise began, `case` the file of an involuntary decision, `certificate` (DER) that of the
    new or of the compromised card.
    """

    at: datetime
    kind: str
    account: str
    subject: str
    reason: str = ""
    since: datetime | None = None
    case: str = ""
    certificate: bytes = b""


@dataclass(frozen=True)
class InvalidationAsked:
    """Somebody asked the issuer for an invalidation: `requester` is holder or officer, `subject` a device or serial."""

    at: datetime
    requester: str
    subject: str
    reason: str


@dataclass(frozen=True)
class StatusSeen:
    """What anybody sees of a certificate (DER): OCSP says good, revoked, unknown or nothing; whether a CRL has it."""

    at: datetime
    certificate: bytes
    ocsp: str
    on_crl: bool


@dataclass(frozen=True)
class KeysSeen:
    """What lies in a phone's key store: the installed certificates (DER), and how many derived private keys."""

    at: datetime
    certificates: tuple[bytes, ...]
    private_keys: int


LifecycleRecord = AgencyNotice | InvalidationAsked | StatusSeen | KeysSeen
