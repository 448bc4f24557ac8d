"""Documents that an issuer lays before a reviewer, and what of them a machine can read."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class MaintenancePractice:
    """What is practised about issued certificates: Common Policy CP §4.6 to §4.9, as stated or as configured.

    `policies` are the OIDs for which it holds. `renewal` tells whether a key is certified anew, `rekey` whether the
    current key fetches a certificate for another one, `former_is_revoked` what becomes of the certificate that was
    replaced. A certificate whose data no longer hold is revoked after `modification_days`, one on hold after
    `suspension_days` (None: nothing is put on hold); the agency's notices are read every `feed_hours`.
    """

    policies: tuple[str, ...]
    renewal: bool
    rekey: bool
    former_is_revoked: bool
    modification_days: int
    suspension_days: int | None
    feed_hours: int


@dataclass(frozen=True)
class ProcessDocument:
    """A document in the issuer's register.

    `processes` are those that it describes: issuance, re-key, modification, reset, invalidation, device-authorisation,
    device-capabilities, certification-practice. `device_models` are those whose capabilities it establishes,
    `practice` is what it states on CP §4.6 to §4.9. `approved_digest` is the SHA-256 (hexadecimal) of what was
    approved, `digest` that of what is handed out at `location`. What a document does not say is empty or None.
    """

    location: str
    title: str
    version: str
    dated: date | None
    approved_by: str
    approved_on: date | None
    approved_digest: str
    digest: str
    processes: tuple[str, ...] = ()
    device_models: tuple[str, ...] = ()
    practice: MaintenancePractice | None = None


@dataclass(frozen=True)
class DocumentsShown:
    """The issuer laid its register of documents before a reviewer."""

    at: datetime
    documents: tuple[ProcessDocument, ...]


@dataclass(frozen=True)
class ConfigurationShown:
    """The issuer showed what it is configured to do about issued certificates."""

    at: datetime
    practice: MaintenancePractice


@dataclass(frozen=True)
class DeviceInUse:
    """A managed device of the cardholder and its model, as the device manager knows them."""

    at: datetime
    device_id: str
    model: str


@dataclass(frozen=True)
class RenewalAsked:
    """The holder of a derived credential asked for another certificate for the same key."""

    at: datetime
    granted: bool


DocumentRecord = DocumentsShown | ConfigurationShown | DeviceInUse | RenewalAsked
