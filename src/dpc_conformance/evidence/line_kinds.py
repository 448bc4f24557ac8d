"""The kinds of lines that the evidence of a scenario has, by the names that they have in its file."""

import re
from collections.abc import Iterator
from types import UnionType
from typing import Any, get_args

from dpc_conformance.evidence.card_kept import CardRead
from dpc_conformance.evidence.decisions import AuditRecord, CardLink, IssuedCredential
from dpc_conformance.evidence.escrow import EscrowedKey
from dpc_conformance.evidence.hardware import AssetRecord, KeyAttestation
from dpc_conformance.evidence.lines import (
    CardholderKnown,
    EvidenceJudged,
    ObjectJudged,
    Published,
    Raised,
    ScenarioClosed,
    ScenarioOpened,
    StepBegan,
    TextShown,
)
from dpc_conformance.evidence.records import Record
from dpc_conformance.evidence.registration import KeptSample, Registration

OWN = (
    ScenarioOpened,
    StepBegan,
    ObjectJudged,
    EvidenceJudged,
    CardRead,
    TextShown,
    Published,
    CardholderKnown,
    Raised,
    ScenarioClosed,
)
HARDWARE = (Registration, KeptSample, KeyAttestation, AssetRecord)
SERVERS = (AuditRecord, IssuedCredential, CardLink, EscrowedKey, *HARDWARE)
"""What a server has on record; the judge of flows looks at it beside the timeline."""


def name_of(kind: type) -> str:
    """A kind as it is called in the file: http-exchange, audit-record, step-began and so on."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower()


def _members(union: Any) -> Iterator[type]:
    for each in get_args(union):
        yield from _members(each) if isinstance(each, UnionType) else (each,)


RECORDS = tuple(dict.fromkeys(_members(Record)))
"""Every kind of record that a timeline can hold."""
KINDS: dict[str, type] = {name_of(kind): kind for kind in (*RECORDS, *SERVERS, *OWN)}
