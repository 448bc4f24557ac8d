"""What can happen in a scenario, as data: the only thing the judge of a flow looks at.

Every record says when it happened (`at`, the run's clock) and is free of secrets before it is made.
"""

from dataclasses import dataclass, field
from datetime import datetime

from dpc_conformance.evidence.agencies import AgencyRecord
from dpc_conformance.evidence.archive import ArchiveRecord
from dpc_conformance.evidence.assertions import AssertionRecord
from dpc_conformance.evidence.audit_log import AuditLogRecord
from dpc_conformance.evidence.biometric_activation import BiometricRecord
from dpc_conformance.evidence.documents import DocumentRecord
from dpc_conformance.evidence.hardware import HardwareRecord
from dpc_conformance.evidence.key_store import KeyStoreRecord
from dpc_conformance.evidence.lifecycle import LifecycleRecord
from dpc_conformance.evidence.limits import LimitRecord
from dpc_conformance.evidence.mail import MailRecord
from dpc_conformance.evidence.maintenance import MaintenanceRecord
from dpc_conformance.evidence.no_card import NoCardRecord
from dpc_conformance.evidence.non_pki import NonPkiRecord
from dpc_conformance.evidence.received_keys import ReceivedKeyRecord
from dpc_conformance.evidence.use import UseRecord

TESTER = "the tester"
"""The client of an HttpExchange in which the suite asks a product something; it belongs to no scenario's story."""


@dataclass(frozen=True)
class ApduExchange:
    """A command to a card and its answer; `name` reads like `SELECT PIV`, secrets in `command` are redacted."""

    at: datetime
    name: str
    command: str
    response: str
    status: int
    meaning: str


@dataclass(frozen=True)
class TlsFacts:
    """What was negotiated on a connection. `server_key_bits` counts bits of the server's public key."""

    version: str
    cipher: str
    server_key_type: str
    server_key_bits: int
    server_name: str
    client_certificate: bytes | None = None


@dataclass(frozen=True)
class HttpExchange:
    """A request and its answer, seen by the client. Bodies and headers are text without secrets."""

    at: datetime
    client: str
    method: str
    url: str
    status: int
    tls: TlsFacts | None
    request_headers: dict[str, str] = field(default_factory=dict)
    request_body: str = ""
    response_headers: dict[str, str] = field(default_factory=dict)
    response_body: str = ""
    secrets_in: tuple[str, ...] = ()
    """Where a registered secret was found before redaction: `url`, `headers`, `body`."""
    request_object: bytes = b""
    """What the request carries of certificates' business (DER): a PKCS #10 request, a question about status."""
    response_object: bytes = b""
    """The same of the answer: a certificate, certificates in CMS, a CRL, an OCSP response; never a private key."""


@dataclass(frozen=True)
class HandshakeRefused:
    """A TLS connection that ended before the first byte of an answer."""

    at: datetime
    client: str
    url: str
    reason: str


@dataclass(frozen=True)
class ScreenShown:
    """What a person saw on the phone or the workstation."""

    at: datetime
    device: str
    title: str
    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class QrCodeShown:
    """A QR code on a screen; `picture` is a PNG in which the secret was replaced, `address` has no fragment.

    `secret_digest` is the SHA-256 of the secret in hexadecimal: enough to tell two secrets apart. Of a password under
    the code not even that is kept: whether it stood under an earlier code, too, and whether it stands in the code.
    """

    at: datetime
    device: str
    address: str
    picture: bytes
    secret_digest: str
    password_repeated: bool = False
    password_in_code: bool = False


@dataclass(frozen=True)
class Screenshot:
    """A picture (PNG) of a device, taken by a person or a browser, or drawn where `device` says so.

    It shows no QR code: its secret has no place in a report.
    """

    at: datetime
    device: str
    picture: bytes


@dataclass(frozen=True)
class NotificationShown:
    """A notification of the device manager's app on the phone."""

    at: datetime
    title: str
    text: str


@dataclass(frozen=True)
class MailReceived:
    """An e-mail that arrived in the cardholder's mailbox."""

    at: datetime
    sender: str
    recipient: str
    subject: str
    body: str


@dataclass(frozen=True)
class CertificateInstalled:
    """A certificate that arrived on the phone. `usage` is authentication, signature or key-management."""

    at: datetime
    usage: str
    der: bytes
    key_generated_on_device: bool


@dataclass(frozen=True)
class CertificateRequested:
    """A certificate for that key (SPKI, DER) was asked for and granted, in an envelope that no HttpExchange shows.

    `request` is the PKCS#10 request (DER); empty where it held a secret, so that it cannot be shown.
    """

    at: datetime
    public_key: bytes
    request: bytes


@dataclass(frozen=True)
class CardKeyUsed:
    """A use of a key on the card outside TLS: what was asked, with the PIN or without, and what came back.

    `digest` is the SHA-256 or SHA-384 digest to be signed, `signature` is empty when the card refused with `status`.
    """

    at: datetime
    key_reference: int
    pin_verified: bool
    certificate: bytes
    digest: bytes
    signature: bytes
    status: int


@dataclass(frozen=True)
class ActivationAttempted:
    """A try to activate the derived key. `outcome` is accepted, refused, disabled or not-given."""

    at: datetime
    right_secret: bool
    outcome: str


@dataclass(frozen=True)
class Note:
    """A fact worth keeping that has no record of its own, such as a permission prompt that was declined."""

    at: datetime
    text: str


Record = (
    ApduExchange
    | HttpExchange
    | HandshakeRefused
    | ScreenShown
    | QrCodeShown
    | Screenshot
    | NotificationShown
    | MailReceived
    | CertificateInstalled
    | CertificateRequested
    | CardKeyUsed
    | ActivationAttempted
    | KeyStoreRecord
    | ReceivedKeyRecord
    | MaintenanceRecord
    | AuditLogRecord
    | LifecycleRecord
    | HardwareRecord
    | MailRecord
    | UseRecord
    | AgencyRecord
    | ArchiveRecord
    | AssertionRecord
    | BiometricRecord
    | DocumentRecord
    | LimitRecord
    | NoCardRecord
    | NonPkiRecord
    | Note
)
