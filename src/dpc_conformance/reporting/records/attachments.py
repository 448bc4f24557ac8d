"""The records of one step as attachments: pictures as pictures, everything else as text a person can follow."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, TypeVar

from dpc_conformance.catalogue.requirement import Requirement
from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.evidence.events import EvaluationMade
from dpc_conformance.evidence.line_kinds import RECORDS
from dpc_conformance.evidence.lines import ObjectJudged, StepBegan, TextShown
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
    ScreenShown,
)
from dpc_conformance.reporting.records.certificate_text import certificate_text
from dpc_conformance.reporting.records.http_text import http_text, refused_text
from dpc_conformance.reporting.records.lifecycle_text import LIFECYCLE
from dpc_conformance.reporting.records.mail_text import MAIL
from dpc_conformance.reporting.records.plain_text import plain_text
from dpc_conformance.reporting.records.received_keys_text import RECEIVED_KEYS
from dpc_conformance.reporting.records.use_text import LOGS, USE
from dpc_conformance.reporting.sources import page_of

Some = TypeVar("Some")


@dataclass(frozen=True)
class Attachment:
    """Something to attach; `extension` is the file's, without a dot."""

    name: str
    body: str | bytes
    mime_type: str = "text/plain"
    extension: str = "txt"


def attachments_of(records: Sequence[Any]) -> list[Attachment]:
    """What a step leaves behind, in the order a reader wants it. Records hold no secrets any more."""
    return [
        *_of_the_step(records),
        *_pictures(records),
        *_text("what the people saw", records, _PEOPLE_SEE),
        *_text("APDU transcript", records, {ApduExchange: _apdu}),
        *_text("logs of third-party programs", records, LOGS),
        *_text("HTTP exchanges", records, {HttpExchange: http_text, HandshakeRefused: refused_text}),
        *_text("records of the issuer", records, {AuditRecord: _decision}),
        *_certificates(records),
        *(Attachment(each.name, each.text, each.mime_type, each.extension) for each in _of(records, TextShown)),
    ]


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


def _of(records: Iterable[Any], kind: type[Some]) -> Iterator[Some]:
    return (record for record in records if isinstance(record, kind))


def _of_the_step(records: Iterable[Any]) -> Iterator[Attachment]:
    for step in _of(records, StepBegan):
        if step.docstring:
            yield Attachment("text of the step", step.docstring)
        if step.table:
            yield Attachment("table of the step", _csv(step.table), "text/csv", "csv")


def _pictures(records: Iterable[Any]) -> list[Attachment]:
    codes = (record for record in _of(records, QrCodeShown) if record.picture)
    return [Attachment(f"QR code on the {record.device}", record.picture, "image/png", "png") for record in codes]


def _certificates(records: Iterable[Any]) -> Iterator[Attachment]:
    for record in records:
        if isinstance(record, CertificateInstalled):
            yield Attachment(f"certificate: {record.usage}", certificate_text(record.der))
        elif isinstance(record, ObjectJudged) and "certificate" in record.name:
            yield Attachment(record.name, certificate_text(record.content))


def _text(name: str, records: Iterable[Any], writers: dict[type, Callable[..., str]]) -> list[Attachment]:
    parts = [writers[type(record)](record) for record in records if type(record) in writers]
    return [Attachment(name, "\n".join(parts) + "\n")] if parts else []


def _apdu(record: ApduExchange) -> str:
    data = record.response.removesuffix(f"{record.status:04X}").strip()
    return f"{record.name}\n  > {record.command}\n  < {data or '(no data)'}\n  {record.status:04X} {record.meaning}\n"


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


def _decision(record: AuditRecord) -> str:
    why = f" ({record.reason})" if record.reason else ""
    told = ", ".join(each for each in (record.subject, record.detail) if each)
    return f"{record.at:%d %H:%M:%S} {record.actor}: {record.action} {record.outcome}{why}: {told}"


def _csv(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _note(record: Note) -> str:
    return f"{record.at:%H:%M:%S} {record.text}\n"


def _indented(text: str) -> str:
    return text.strip().replace("\n", "\n  ")


_ELSEWHERE = (ApduExchange, HttpExchange, HandshakeRefused, QrCodeShown, CertificateInstalled)
_PEOPLE_SEE: dict[type, Callable[..., str]] = {
    **dict.fromkeys((kind for kind in RECORDS if kind not in _ELSEWHERE), plain_text),
    ScreenShown: _screen,
    NotificationShown: _notification,
    MailReceived: _mail,
    CardKeyUsed: _key_used,
    ActivationAttempted: _activation,
    Note: _note,
    **LIFECYCLE,
    **USE,
    **RECEIVED_KEYS,
    **MAIL,
}
