"""What a package says of an object that it does not hold: its hash, its kind, and what can be said with pseudonyms."""

import json
from typing import Any

from cryptography import x509

from dpc_conformance.reporting.package.object_kinds import KnownObject
from dpc_conformance.reporting.package.pseudonyms import Pseudonyms
from dpc_conformance.reporting.records.certificate_text import certificate_lines, request_lines


def description_of(digest: str, content: bytes, known: KnownObject, pseudonyms: Pseudonyms) -> bytes:
    """The description as JSON; every text in it went through the pseudonyms."""
    values: dict[str, Any] = {
        "sha256": digest,
        "bytes": len(content),
        "kind": known.kind,
        "heading": [pseudonyms.text(line) for line in known.heading],
        "holds": [[pseudonyms.text(line) for line in _lines(each)] for each in known.holders],
    }
    return json.dumps(values, indent=1, ensure_ascii=False).encode() + b"\n"


def _lines(holder: x509.Certificate | x509.CertificateSigningRequest) -> list[str]:
    lines = certificate_lines(holder) if isinstance(holder, x509.Certificate) else request_lines(holder)
    return [line for line in lines if line]
