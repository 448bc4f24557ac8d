"""The data objects of a new card that are not certificates or biometrics (SP 800-73-5 part 1 §3.1, §3.3)."""

import hashlib
import uuid
from collections.abc import Mapping
from datetime import date

from asn1crypto import algos, core

from dpc_conformance.formats import containers, oids
from dpc_conformance.formats.containers import Container
from dpc_conformance.reference.card.content_signing import LDS_SECURITY_OBJECT, ContentSigner
from dpc_conformance.reference.card.wire import tlv

END = tlv(b"\xfe", b"")
APPLICATION_PIN_ONLY = bytes.fromhex("4000")
GSC_RID = bytes.fromhex("A000000116")
JAVA_CARD = 0x02


def capability_container(serial: bytes) -> bytes:
    """Content of container DB00; `serial` is the card's 14-byte identifier."""
    identifier = GSC_RID + b"\xff" + bytes([JAVA_CARD]) + serial
    elements = {0xF0: identifier, 0xF1: b"\x21", 0xF2: b"\x21", 0xF3: b"", 0xF4: b"\0", 0xF5: b"\x10"}
    tags = (*range(0xF0, 0xF8), 0xFA, 0xFB, 0xFC, 0xFD, 0xFE)
    return b"".join(tlv(bytes([tag]), elements.get(tag, b"")) for tag in tags)


def chuid(fasc_n: bytes, card_uuid: uuid.UUID, expires: date, signer: ContentSigner) -> bytes:
    """Content of container 3000, signed over all of it but the signature, with the signer's certificate."""
    fields = tlv(b"\x30", fasc_n) + tlv(b"\x34", card_uuid.bytes) + tlv(b"\x35", f"{expires:%Y%m%d}".encode())
    covered = fields + END
    signature = signer.detached(oids.PIV_CHUID_SECURITY_OBJECT, covered, signer.signer_name(), certificate=True)
    return fields + tlv(b"\x3e", signature) + END


def certificate_object(der: bytes) -> bytes:
    """Content of a certificate container, not compressed."""
    return tlv(b"\x70", der) + tlv(b"\x71", b"\0") + END


def discovery(aid: bytes, policy: bytes = APPLICATION_PIN_ONLY) -> bytes:
    """Content of the Discovery Object, without its own tag 7E."""
    return tlv(b"\x4f", aid) + tlv(b"\x5f\x2f", policy)


def key_history(on_card: int, off_card: int = 0, url: str = "") -> bytes:
    """Content of container 6060: how many retired keys have their certificate on the card, how many at the URL."""
    counts = tlv(b"\xc1", bytes([on_card])) + tlv(b"\xc2", bytes([off_card]))
    return counts + (tlv(b"\xf3", url.encode("ascii")) if url else b"") + END


def security_object(objects: Mapping[Container, bytes], signer: ContentSigner, with_certificate: bool = False) -> bytes:
    """Content of container 9000 with the hashes of those contents, in that order.

    What is hashed is what stands inside 53, and for Discovery inside 7E. A PIV Card omits the signer's certificate,
    which stands in its CHUID; a derived application has no CHUID and carries it (SP 800-157 B.1.2).
    """
    mapping, hashes = b"", []
    for group, (container, content) in enumerate(objects.items(), start=1):
        mapping += bytes([group]) + container.container_id.to_bytes(2, "big")
        hashes.append(_Hash({"number": group, "value": hashlib.new(signer.hash_name, content).digest()}))
    algorithm = algos.DigestAlgorithm({"algorithm": signer.hash_name})
    listed = _LdsSecurityObject({"version": 0, "algorithm": algorithm, "hashes": hashes}).dump()
    signed = signer.enveloping(LDS_SECURITY_OBJECT, listed, with_certificate)
    return tlv(b"\xba", mapping) + tlv(b"\xbb", signed) + END


class _Hash(core.Sequence):  # type: ignore[misc]  # asn1crypto carries no types
    _fields = [("number", core.Integer), ("value", core.OctetString)]


class _Hashes(core.SequenceOf):  # type: ignore[misc]
    _child_spec = _Hash


class _LdsSecurityObject(core.Sequence):  # type: ignore[misc]
    _fields = [("version", core.Integer), ("algorithm", algos.DigestAlgorithm), ("hashes", _Hashes)]


HASHED = (
    containers.CCC,
    containers.CHUID,
    containers.FINGERPRINTS,
    containers.FACIAL_IMAGE,
    containers.DISCOVERY,
    containers.PRINTED_INFORMATION,
)
"""What the reference lists: every object of the card that carries no signature of its own, and those that do."""
