"""The records of one step as attachments: pictures as pictures, everything else as text a person can follow."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

import allure

from dpc_conformance.catalogue.requirement import Requirement
from dpc_conformance.evidence.events import EvaluationMade
from dpc_conformance.evidence.records import (
    ActivationAttempted,
    ApduExchange,
    CardKeyUsed,
    CertificateInstalled,
    HandshakeRefused,
    HttpExchange,
    MailReceived,
    Note,
    NotificationShown,
    QrCodeShown,
    Record,
    Screenshot,
    ScreenShown,
)
from dpc_conformance.suite.certificate_text import certificate_text
from dpc_conformance.suite.lifecycle_text import LIFECYCLE
from dpc_conformance.suite.mail_text import MAIL
from dpc_conformance.suite.plain_text import PLAIN
from dpc_conformance.suite.received_keys_text import RECEIVED_KEYS
from dpc_conformance.suite.sources import page_of

BODY_LIMIT = 4000
"""Characters of an HTTP body that are shown; pages are for browsers, not for reports."""


@dataclass(frozen=True)
class Attachment:
    """Something to attach; `extension` is the file's, without a dot."""

    name: str
    body: str | bytes
    mime_type: str = "text/plain"
    extension: str = "txt"


def attachments_of(records: Sequence[Record]) -> list[Attachment]:
    """What a step leaves behind, in the order a reader wants it. Records hold no secrets any more."""
    return [
        *_pictures(records),
        *_text("what the people saw", records, _PEOPLE_SEE),
        *_text("APDU transcript", records, {ApduExchange: _apdu}),
        *_text("HTTP exchanges", records, {HttpExchange: _http, HandshakeRefused: _refused}),
        *[
            certificate_attachment(f"certificate: {record.usage}", record.der)
            for record in records
            if isinstance(record, CertificateInstalled)
        ],
    ]


def certificate_attachment(name: str, der: bytes) -> Attachment:
    """A certificate as text, its PEM at the end."""
    return Attachment(name, certificate_text(der))


def finding_attachment(evaluation: EvaluationMade, requirement: Requirement) -> Attachment:
    """A finding as a table, with the requirement in words and a link to the page of its source."""
    page, source = page_of(requirement.source), escape(requirement.source)
    rows = {
        "requirement": escape(f"{requirement.id}: {requirement.text}"),
        "where": escape(evaluation.where),
        "expected": escape(evaluation.expected),
        "actual": escape(evaluation.actual),
        "source": f'<a href="{escape(page)}">{source}</a>' if page else source,
    }
    lines = "".join(f"<tr><th align=left>{name}</th><td>{value}</td></tr>" for name, value in rows.items())
    body = f'<!doctype html><meta charset="utf-8"><table border=1 cellpadding=6>{lines}</table>'
    return Attachment(f"finding: {requirement.id}", body, "text/html", "html")


def attach(attachment: Attachment) -> None:
    """Attach to the running step; does nothing where no Allure results are written."""
    allure.attach(
        attachment.body, name=attachment.name, attachment_type=attachment.mime_type, extension=attachment.extension
    )


def _pictures(records: Iterable[Record]) -> list[Attachment]:
    names = {QrCodeShown: "QR code on the", Screenshot: "screenshot of the"}
    return [
        Attachment(f"{names[type(record)]} {record.device}", record.picture, "image/png", "png")
        for record in records
        if isinstance(record, QrCodeShown | Screenshot)
    ]


def _text(name: str, records: Iterable[Record], writers: dict[type, Callable[..., str]]) -> list[Attachment]:
    parts = [writers[type(record)](record) for record in records if type(record) in writers]
    return [Attachment(name, "\n".join(parts) + "\n")] if parts else []


def _apdu(record: ApduExchange) -> str:
    data = record.response.removesuffix(f"{record.status:04X}").strip()
    return f"{record.name}\n  > {record.command}\n  < {data or '(no data)'}\n  {record.status:04X} {record.meaning}\n"


def _http(record: HttpExchange) -> str:
    tls = record.tls
    lines = [f"{record.at:%H:%M:%S} {record.client}: {record.method} {record.url} -> {record.status}"]
    if tls:
        shown = " with a client certificate" if tls.client_certificate else ""
        lines.append(f"  {tls.version} {tls.cipher}, {tls.server_key_type} {tls.server_key_bits} bits{shown}")
    if record.secrets_in:
        lines.append(f"  secrets, redacted here, travelled in: {', '.join(record.secrets_in)}")
    lines += _message(">", record.request_headers, record.request_body)
    lines += _message("<", record.response_headers, record.response_body)
    return "\n".join(lines) + "\n"


def _message(mark: str, headers: dict[str, str], body: str) -> list[str]:
    shown = body if len(body) <= BODY_LIMIT else f"{body[:BODY_LIMIT]} ... ({len(body)} characters)"
    return [f"  {mark} {name}: {value}" for name, value in headers.items()] + [
        f"  {mark} {line}" for line in shown.splitlines()
    ]


def _refused(record: HandshakeRefused) -> str:
    return f"{record.at:%H:%M:%S} {record.client}: {record.url} ended the TLS connection: {record.reason}\n"


def _screen(record: ScreenShown) -> str:
    choices = "".join(f"\n  [{choice}]" for choice in record.choices)
    return f"{record.at:%H:%M:%S} {record.device}: {record.title}\n  {_indented(record.text)}{choices}\n"


def _notification(record: NotificationShown) -> str:
    return f"{record.at:%H:%M:%S} notification: {record.title}\n  {_indented(record.text)}\n"


def _mail(record: MailReceived) -> str:
    return (
        f"{record.at:%H:%M:%S} mail from {record.sender} to {record.recipient}\n"
        f"  Subject: {record.subject}\n  {_indented(record.body)}\n"
    )


def _key_used(record: CardKeyUsed) -> str:
    answer = "signed" if record.signature else f"refused with {record.status:04X}"
    pin = "verified" if record.pin_verified else "not verified"
    return f"{record.at:%H:%M:%S} card: key {record.key_reference:02X} with the PIN {pin}: {answer}\n"


def _activation(record: ActivationAttempted) -> str:
    secret = "right" if record.right_secret else "wrong"
    return f"{record.at:%H:%M:%S} activation with the {secret} secret: {record.outcome}\n"


def _note(record: Note) -> str:
    return f"{record.at:%H:%M:%S} {record.text}\n"


def _indented(text: str) -> str:
    return text.strip().replace("\n", "\n  ")


_PEOPLE_SEE: dict[type, Callable[..., str]] = {
    ScreenShown: _screen,
    NotificationShown: _notification,
    MailReceived: _mail,
    CardKeyUsed: _key_used,
    ActivationAttempted: _activation,
    Note: _note,
    **LIFECYCLE,
    **RECEIVED_KEYS,
    **MAIL,
    **PLAIN,
}
