"""The file behind the URL of the Key History: retired certificates by key reference (SP 800-73-5 part 1 §3.3.3)."""

import hashlib
from collections.abc import Mapping

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.reference.card.wire import tlv

HOST = "retired-keys.dpc.example"
SEQUENCE, OCTET_STRING = b"\x30", b"\x04"


def off_card_key_history(certificates: Mapping[int, x509.Certificate]) -> bytes:
    """OffCardKeyHistoryFile: a SEQUENCE of pairs of key reference and certificate, in DER."""
    entries = (
        tlv(SEQUENCE, tlv(OCTET_STRING, bytes([reference])) + certificate.public_bytes(Encoding.DER))
        for reference, certificate in sorted(certificates.items())
    )
    return tlv(SEQUENCE, b"".join(entries))


def url_of(file: bytes) -> str:
    """Where the file is published: its name is its own SHA-256."""
    return f"http://{HOST}/{hashlib.sha256(file).hexdigest()}"
