"""The audit log as it leaves the issuer: JSON lines under a signed seal, and who may have changed it before."""

import base64
import json
from collections.abc import Iterator
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.decisions import AuditExport
from dpc_conformance.reference.issuer.audit import FIELDS
from dpc_conformance.reference.issuer.store import Store, stamp

FORMAT = "dpc-audit-log/1"


class AuditExporter:
    """Writes down what the store holds, hashes as they were made; the seal's key is kept apart from the records."""

    def __init__(self, store: Store, clock: RunClock, key: ec.EllipticCurvePrivateKey) -> None:
        self._store, self._clock, self._key = store, clock, key

    def export(self) -> AuditExport:
        """Every record so far, oldest first, and the seal over their number and the last hash."""
        records = list(self.entries())
        lines = [{"format": FORMAT}, *records, {"seal": self._seal(records)}]
        content = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()
        return AuditExport(
            content, self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        )

    def entries(self) -> Iterator[dict[str, Any]]:
        """The records as they stand in the store."""
        for row in self._store.read().execute("SELECT * FROM audit ORDER BY number"):
            yield {name: row[name] for name in ("number", *FIELDS, "hash")}

    def _seal(self, records: list[dict[str, Any]]) -> dict[str, Any]:
        count, head, now = len(records), records[-1]["hash"] if records else "", stamp(self._clock.now())
        statement = json.dumps([FORMAT, count, head, now], ensure_ascii=False, separators=(",", ":")).encode()
        signature = base64.b64encode(self._key.sign(statement, ec.ECDSA(SHA256()))).decode()
        return {"records": count, "head": head, "at": now, "signature": signature}


def tamper(store: Store, how: str) -> int:
    """Change the log as somebody with access to the database would; the number of the first record that cannot fit.

    altered, removed and swapped touch records in the middle. ValueError for anything else, LookupError for a log of
    fewer than two records.
    """
    if how not in TAMPERINGS:
        raise ValueError(f"nobody tampers with a log by {how}")
    with store.write() as connection:
        middle = int(connection.execute("SELECT count(*) FROM audit").fetchone()[0]) // 2
        if not middle:
            raise LookupError("the log is too short to be changed in the middle")
        for statement in TAMPERINGS[how]:
            connection.execute(statement, {"middle": middle, "next": middle + 1})
    return middle


TAMPERINGS = {
    "altered": ("UPDATE audit SET actor='somebody.else' WHERE number=:middle",),
    "removed": ("DELETE FROM audit WHERE number=:middle",),
    "swapped": (
        "UPDATE audit SET number=-1 WHERE number=:middle",
        "UPDATE audit SET number=:middle WHERE number=:next",
        "UPDATE audit SET number=:next WHERE number=-1",
    ),
}
