"""Records without a picture or a protocol as readers of a report see them: a line each, and one for every entry."""

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, get_args

from dpc_conformance.evidence.agencies import AgencyRecord
from dpc_conformance.evidence.archive import ArchiveRecord
from dpc_conformance.evidence.assertions import AssertionRecord
from dpc_conformance.evidence.biometric_activation import BiometricRecord
from dpc_conformance.evidence.documents import DocumentRecord
from dpc_conformance.evidence.hardware import HardwareRecord
from dpc_conformance.evidence.key_store import KeyStoreRecord
from dpc_conformance.evidence.limits import LimitRecord
from dpc_conformance.evidence.no_card import NoCardRecord
from dpc_conformance.evidence.non_pki import NonPkiRecord

KINDS: tuple[Any, ...] = (
    AgencyRecord,
    ArchiveRecord,
    AssertionRecord,
    BiometricRecord,
    DocumentRecord,
    HardwareRecord,
    KeyStoreRecord,
    LimitRecord,
    NoCardRecord,
    NonPkiRecord,
)
MOST_ENTRIES = 30
"""Of a list within a record; an audit log is attached elsewhere."""


def plain(record: Any) -> str:
    """`12:00:00 authenticator sign in verifier: ..., accepted: True`, and below it what stands in lists."""
    entries = [entry for value in _values(record).values() if isinstance(value, tuple) for entry in value]
    listed = [f"  {_said(entry) if is_dataclass(entry) else entry}" for entry in entries[:MOST_ENTRIES]]
    more = [f"  and {len(entries) - MOST_ENTRIES} more"] if len(entries) > MOST_ENTRIES else []
    name = re.sub("(?<!^)(?=[A-Z])", " ", type(record).__name__).lower()
    return "\n".join([f"{record.at:%H:%M:%S} {name} {_said(record)}".rstrip(), *listed, *more]) + "\n"


def _said(entry: Any) -> str:
    shown = {name: value for name, value in _values(entry).items() if not isinstance(value, tuple | bytes)}
    return ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in shown.items() if value not in ("", None))


def _values(entry: Any) -> dict[str, Any]:
    return {each.name: getattr(entry, each.name) for each in fields(entry) if each.name != "at"}


PLAIN: dict[type, Callable[..., str]] = {record: plain for kind in KINDS for record in (get_args(kind) or (kind,))}
