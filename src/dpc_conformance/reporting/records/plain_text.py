"""Records without words of their own as readers of a report see them: a line each, and one for every entry."""

from dataclasses import fields, is_dataclass
from typing import Any

from dpc_conformance.evidence.line_kinds import name_of

MOST_ENTRIES = 30
"""Of a list within a record; an audit log is attached elsewhere."""


def plain_text(record: Any) -> str:
    """`12:00:00 authenticator sign in verifier: ..., accepted: True`, and below it what stands in lists."""
    entries = [entry for value in _values(record).values() if isinstance(value, tuple) for entry in value]
    listed = [f"  {_said(entry) if is_dataclass(entry) else entry}" for entry in entries[:MOST_ENTRIES]]
    more = [f"  and {len(entries) - MOST_ENTRIES} more"] if len(entries) > MOST_ENTRIES else []
    name = name_of(type(record)).replace("-", " ")
    return "\n".join([f"{record.at:%H:%M:%S} {name} {_said(record)}".rstrip(), *listed, *more]) + "\n"


def _said(entry: Any) -> str:
    shown = {name: value for name, value in _values(entry).items() if not isinstance(value, tuple | bytes)}
    return ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in shown.items() if value not in ("", None))


def _values(entry: Any) -> dict[str, Any]:
    return {each.name: getattr(entry, each.name) for each in fields(entry) if each.name != "at"}
