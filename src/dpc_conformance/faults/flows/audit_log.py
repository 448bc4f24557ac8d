"""Seeded defects of the audit log: what it forgets, and how its records can be changed unseen."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.audit import FIELDS, AuditLog
from dpc_conformance.reference.issuer.audit_export import AuditExporter
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.reference.scene import Scene


class AcceptedOnly(AuditLog):
    """Keeps no entry of a rejected enrolment."""

    def refuse(self, action: str, refusal: Refusal, actor: str = "unknown", subject: str = "") -> None:
        """See AuditLog."""


@fault("rejected enrolments leave no log entry", {"DPC-ISS-AUDIT-01"})
def accepted_only(scene: Scene) -> None:
    parts = scene.issuer
    parts.audit = AcceptedOnly(parts.store, parts.clock)


class ChainedLate(AuditExporter):
    """Makes the chain when it exports, over whatever the records say by then."""

    def entries(self) -> Iterator[dict[str, Any]]:
        """See AuditExporter."""
        yield from _chained(super().entries())


class WithoutIssuance(AuditExporter):
    """Leaves out of the export what was issued, and hides the gaps."""

    def entries(self) -> Iterator[dict[str, Any]]:
        """See AuditExporter."""
        yield from _chained(entry for entry in super().entries() if entry["action"] != "issue")


def _chained(entries: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    previous = ""
    for number, entry in enumerate(entries, start=1):
        values = [previous, number, *(entry[name] for name in FIELDS)]
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        previous = hashlib.sha256(text.encode()).hexdigest()
        yield {**entry, "number": number, "hash": previous}


def _seal_key(scene: Scene) -> ec.EllipticCurvePrivateKey:
    return ec_key(scene.entropy.branch("audit seal"), ec.SECP256R1())


@fault("audit log is chained when it is exported", {"DPC-ISS-AUDIT-01"})
def chained_late(scene: Scene) -> None:
    parts = scene.issuer
    parts.audit_exporter = ChainedLate(parts.store, parts.clock, _seal_key(scene))


@fault("exported audit log leaves out issuances", {"DPC-ISS-AUDIT-01"})
def without_issuance(scene: Scene) -> None:
    parts = scene.issuer
    parts.audit_exporter = WithoutIssuance(parts.store, parts.clock, _seal_key(scene))
