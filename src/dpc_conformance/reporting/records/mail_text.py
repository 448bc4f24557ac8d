"""Signed and encrypted mail as readers of a report see it."""

from collections.abc import Callable

from dpc_conformance.evidence.mail import EncryptionAsked, SignedMailJudged
from dpc_conformance.formats.certificate import read_certificate

LONGEST = 1500
"""Characters of a message that are shown: heading, text, and the beginning of the signature."""


def _judged(record: SignedMailJudged) -> str:
    outcome = "accepts it" if record.accepted else f"refuses it: {record.reason}"
    shown = record.message.decode("utf-8", "replace").replace("\r\n", "\n")[:LONGEST]
    parts = {"says": record.words, "the mail": shown}
    lines = [f"{record.at:%d %H:%M:%S} signed mail: {record.program} {outcome}"]
    return "\n".join([*lines, *(f"  {name}:\n{_indented(text)}" for name, text in parts.items())]) + "\n"


def _asked(record: EncryptionAsked) -> str:
    outcome = f"refused: {record.reason}\n{_indented(record.words)}" if record.reason else "done"
    serial = f"{read_certificate(record.certificate).serial:x}"
    return f"{record.at:%d %H:%M:%S} {record.author} is to encrypt to {serial} ({record.cipher}): {outcome}\n"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())


MAIL: dict[type, Callable[..., str]] = {SignedMailJudged: _judged, EncryptionAsked: _asked}
