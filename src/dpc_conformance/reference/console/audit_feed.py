"""The audit logs of all roles in one table, and what has come to it since."""

from dataclasses import dataclass

from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.reference.console.system import System

SHOWN_AT_FIRST = 100


@dataclass(frozen=True)
class Feed:
    """`rows` are the cells of new records, oldest first; `seen` says how many of each log were shown by then."""

    rows: tuple[tuple[str, ...], ...]
    seen: str


def feed(system: System, seen: str = "", at_most: int | None = None) -> Feed:
    """What came after `seen`, as an earlier feed has it. ValueError when no feed had that."""
    logs = system.logs()
    before = [int(number) for number in seen.split(".")] if seen else [0] * len(logs)
    if len(before) != len(logs) or min(before) < 0:
        raise ValueError(f"{seen!r} says nothing about {len(logs)} logs")
    new = [
        (record.at, role, record)
        for (role, records), number in zip(logs.items(), before, strict=True)
        for record in records[number:]
    ]
    ordered = sorted(new, key=lambda each: each[0])
    rows = tuple(_row(role, record) for _, role, record in ordered)
    return Feed(rows[-at_most:] if at_most else rows, ".".join(str(len(records)) for records in logs.values()))


def _row(role: str, record: AuditRecord) -> tuple[str, ...]:
    outcome = f"{record.outcome}: {record.reason}" if record.reason else record.outcome
    moment = f"{record.at:%Y-%m-%d %H:%M:%S}"
    return moment, role, record.actor, record.action, record.subject, outcome, record.detail
