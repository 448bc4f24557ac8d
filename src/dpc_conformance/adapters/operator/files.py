"""Evidence in files that a person names: certificates as PEM or DER, saved e-mails."""

import email
import email.policy
from datetime import UTC, datetime
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.evidence.questions import paths_in
from dpc_conformance.evidence.records import MailReceived

PEM = b"-----BEGIN CERTIFICATE-----"


def certificates_in(answer: str) -> tuple[bytes, ...]:
    """The certificates (DER) in the files of an answer. Raises OSError, ValueError."""
    return tuple(der for path in paths_in(answer) for der in certificates_of(path))


def certificates_of(path: Path) -> tuple[bytes, ...]:
    """The certificates (DER) in a file; a DER file is taken octet by octet. Raises OSError, ValueError."""
    content = path.read_bytes()
    if PEM in content:
        return tuple(each.public_bytes(Encoding.DER) for each in x509.load_pem_x509_certificates(content))
    x509.load_der_x509_certificate(content)
    return (content,)


def mails_in(answer: str) -> tuple[MailReceived, ...]:
    """The saved e-mails of an answer. Raises OSError, ValueError."""
    return tuple(mail_in(path) for path in paths_in(answer))


def mail_in(path: Path) -> MailReceived:
    """A saved e-mail. Raises OSError; ValueError where it has no sender and no recipient."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    sender, recipient = (parseaddr(str(message[name] or ""))[1] for name in ("From", "To"))
    if not sender or not recipient:
        raise ValueError(f"{path}: expected a saved e-mail with From and To")
    part = message.get_body(("plain", "html"))
    body = part.get_content() if part is not None else ""
    return MailReceived(_date(message["Date"]), sender, recipient, str(message["Subject"] or ""), body)


def _date(text: object) -> datetime:
    try:
        found = parsedate_to_datetime(str(text))
    except ValueError:
        raise ValueError("expected a saved e-mail with a Date") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
