"""Evidence in files that a person names: certificates as PEM or DER, saved e-mails."""

import email
import email.policy
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path

from dpc_conformance.evidence.questions import paths_in
from dpc_conformance.evidence.records import MailReceived
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.pem import certificates_in_pem, is_pem


def certificates_in(answer: str) -> tuple[bytes, ...]:
    """The certificates (DER) in the files of an answer. Raises OSError, ValueError."""
    return tuple(der for path in paths_in(answer) for der in certificates_of(path))


def certificates_of(path: Path) -> tuple[bytes, ...]:
    """The certificates (DER) in a file, octet by octet: what is wrong with one the judge says.

    Raises OSError; ValueError where there is none.
    """
    content = path.read_bytes()
    found = certificates_in_pem(content) if is_pem(content) else (content,)
    for der in found:
        read_certificate(der)
    return found


def mails_in(answer: str) -> tuple[MailReceived, ...]:
    """The saved e-mails of an answer. Raises OSError, ValueError."""
    return tuple(mail_in(path) for path in paths_in(answer))


def mail_in(path: Path) -> MailReceived:
    """A saved e-mail. Raises OSError; ValueError where it has no sender and no recipient."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    written = {name.lower(): str(text) for name, text in message.raw_items()}  # the library breaks on some addresses
    sender, recipient = (parseaddr(written.get(name, ""))[1] for name in ("from", "to"))
    if not sender or not recipient:
        raise ValueError(f"{path}: expected a saved e-mail with From and To")
    return MailReceived(_date(written.get("date")), sender, recipient, str(message["Subject"] or ""), _body(message))


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except LookupError:  # nobody knows its character set
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        return content.decode(errors="replace")


def _date(text: object) -> datetime:
    try:
        found = parsedate_to_datetime(str(text))
    except ValueError:
        raise ValueError("expected a saved e-mail with a Date") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
