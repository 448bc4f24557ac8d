"""The exported audit log, `dpc-audit-log/1`: JSON lines, each bound to the one before, a signed seal at the end.

The first line is `{"format": "dpc-audit-log/1"}`. Each line after it is a record with `number` (from 1), the FIELDS,
and `hash`: SHA-256, hexadecimal, over the JSON array [hash of the record before or "", number, FIELDS...]. The last
line is the seal: `{"seal": {"records": ..., "head": ..., "at": ..., "signature": ...}}`, where the signature (base64,
ECDSA with SHA-256) is over the JSON array [format, records, head, at] and `head` is the last record's hash. These
arrays are written without spaces, in UTF-8 (RFC 8785). Actions and outcomes are in the words of `AuditRecord`.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

FORMAT = "dpc-audit-log/1"
FIELDS = ("at", "actor", "action", "subject", "outcome", "reason", "detail")
MEMBERS = {"number", *FIELDS, "hash"}
"""What a record has; anything more would not be under its hash."""
SEAL_MEMBERS = {"records", "head", "at", "signature"}


class NotAnAuditLog(ValueError):
    """The bytes do not begin like an exported audit log."""


@dataclass(frozen=True)
class Misfit:
    """The first record (`number`, from 1) that does not fit; the seal has the number after the last record."""

    number: int
    expected: str
    actual: str

    def __str__(self) -> str:
        return f"record {self.number}: expected {self.expected}, found {self.actual}"


@dataclass(frozen=True)
class AuditChain:
    """An export as read: the records up to the first misfit, the moment of the seal, and that misfit if any."""

    records: tuple[dict[str, str], ...]
    sealed_at: str
    head: str
    misfit: Misfit | None


def read_audit_chain(content: bytes, seal_key: ec.EllipticCurvePublicKey | None = None) -> AuditChain:
    """Read and verify an export. Without `seal_key` the seal's signature is not looked at. Raises NotAnAuditLog."""
    lines = content.splitlines()
    if not lines or _object(lines[0]).get("format") != FORMAT:
        raise NotAnAuditLog(f'the first line is not {{"format": "{FORMAT}"}}')
    records: list[dict[str, str]] = []
    previous = ""
    for position, line in enumerate(lines[1:], start=2):
        number, entry = len(records) + 1, _object(line)
        if set(entry) == {"seal"} and isinstance(entry["seal"], dict):
            misfit = _of_seal(entry["seal"], number, previous, seal_key)
            if misfit is None and position < len(lines):
                misfit = Misfit(number, "nothing after the seal", f"{len(lines) - position} more lines")
            return AuditChain(tuple(records), str(entry["seal"].get("at", "")), previous, misfit)
        misfit = _of_record(entry, number, previous)
        if misfit is not None:
            return AuditChain(tuple(records), "", previous, misfit)
        records.append({name: entry[name] for name in FIELDS})
        previous = entry["hash"]
    cut = Misfit(len(records) + 1, "a further record or the seal", "the end of the log")
    return AuditChain(tuple(records), "", previous, cut)


def record_hash(previous: str, number: int, fields: list[str]) -> str:
    """What binds a record to the one before it: SHA-256 in hexadecimal."""
    return hashlib.sha256(_canonical([previous, number, *fields])).hexdigest()


def _of_record(entry: dict[str, Any], number: int, previous: str) -> Misfit | None:
    if set(entry) != MEMBERS or not all(isinstance(entry[name], str) for name in (*FIELDS, "hash")):
        return Misfit(number, f"a record with {', '.join(('number', *FIELDS))} and hash", "another line")
    if entry.get("number") != number:
        return Misfit(number, f"record {number} in its place", f"record {str(entry.get('number'))[:20]}")
    if record_hash(previous, number, [entry[name] for name in FIELDS]) != entry["hash"]:
        return Misfit(number, "the hash of its content and the record before", "another hash")
    return None


def _of_seal(seal: dict[str, Any], number: int, head: str, seal_key: ec.EllipticCurvePublicKey | None) -> Misfit | None:
    if set(seal) != SEAL_MEMBERS:
        return Misfit(number, "a seal with records, head, at and signature", "another line")
    if seal.get("records") != number - 1 or seal.get("head") != head:
        return Misfit(number, f"{str(seal.get('records'))[:20]} records, as the seal says", f"{number - 1} records")
    if seal_key is not None and not _signed(seal, seal_key):
        return Misfit(number, "a seal signed by the issuer", "a signature that does not hold")
    return None


def _signed(seal: dict[str, Any], seal_key: ec.EllipticCurvePublicKey) -> bool:
    statement = _canonical([FORMAT, seal.get("records"), seal.get("head"), seal.get("at")])
    try:
        signature = base64.b64decode(str(seal.get("signature")), validate=True)
        seal_key.verify(signature, statement, ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def _object(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(members)) < len(members):
        raise ValueError("a member stands there twice")
    return dict(members)


def _canonical(value: list[Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")
