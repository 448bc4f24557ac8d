"""Writes and reads mail with the standard library, every octet as SMTP carries it (RFC 5322, RFC 8551 §3)."""

import email
import email.base64mime
import email.policy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from dpc_conformance.formats.smime import CMS, SIGNATURE, SIGNED

ENVELOPED, AUTH_ENVELOPED = "enveloped-data", "authEnveloped-data"
POLICY = email.policy.SMTP


@dataclass(frozen=True)
class Heading:
    """Who writes to whom about what, and when. `identifier` is new for each message."""

    sender: str
    recipients: Sequence[str]
    subject: str
    date: datetime
    identifier: str


def text_entity(text: str) -> EmailMessage:
    """A text as the MIME entity that gets signed or encrypted."""
    entity = EmailMessage(policy=POLICY)
    entity.set_content(text, cte="quoted-printable")
    del entity["MIME-Version"]
    return entity


def text_of(entity: bytes) -> str:
    """The text in a MIME entity, with LF line ends. LookupError when there is none in it."""
    part = email.message_from_bytes(entity, policy=POLICY).get_body(("plain",))
    if not isinstance(part, EmailMessage):
        raise LookupError("the message holds no plain text")
    return "\n".join(str(part.get_content()).splitlines()) + "\n"


def signed_mail(heading: Heading, entity: EmailMessage, signature: bytes, micalg: str) -> bytes:
    """A multipart/signed message around `entity` and the CMS object (DER) that signs `entity.as_bytes()`."""
    message = _begun(heading)
    message["Content-Type"] = f'{SIGNED}; protocol="{SIGNATURE}"; micalg="{micalg}"; boundary="=_{heading.identifier}"'
    attached = EmailMessage(policy=POLICY)
    attached["Content-Type"] = f'{SIGNATURE}; name="smime.p7s"'
    _hold(attached, signature, "smime.p7s")
    message.set_payload([entity, attached])
    return message.as_bytes()


def encrypted_mail(heading: Heading, cms: bytes, kind: str = ENVELOPED) -> bytes:
    """An application/pkcs7-mime message around a CMS object (DER); `kind` is its smime-type."""
    message = _begun(heading)
    message["Content-Type"] = f'{CMS}; smime-type="{kind}"; name="smime.p7m"'
    _hold(message, cms, "smime.p7m")
    return message.as_bytes()


def _begun(heading: Heading) -> EmailMessage:
    message = EmailMessage(policy=POLICY)
    message["From"] = heading.sender
    message["To"] = ", ".join(heading.recipients)
    message["Subject"] = heading.subject
    message["Date"] = format_datetime(heading.date)
    message["Message-ID"] = f"<{heading.identifier}@{heading.sender.rpartition('@')[2]}>"
    message["MIME-Version"] = "1.0"
    return message


def _hold(part: EmailMessage, content: bytes, name: str) -> None:
    part["Content-Disposition"] = f'attachment; filename="{name}"'
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(email.base64mime.body_encode(content))
