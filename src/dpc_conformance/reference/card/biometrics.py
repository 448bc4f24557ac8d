"""Synthetic fingerprints and facial image in CBEFF, signed by the content signer (SP 800-76-2, FIPS 201-3 §4.2.3)."""

import io
import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from asn1crypto import core
from PIL import Image, ImageDraw

from dpc_conformance.entropy import Entropy
from dpc_conformance.formats import oids
from dpc_conformance.reference.card.content_signing import ENTRY_UUID, ContentSigner
from dpc_conformance.reference.card.wire import template, tlv

RECORD, HEADER_BYTES = 0xBC, 88
HEADER_VERSION, SIGNED_NOT_ENCRYPTED = 0x03, 0x0D
FORMAT_OWNER = 0x001B
MINUTIAE_FORMAT, FACE_FORMAT = 0x0201, 0x0501
FINGERPRINT, FACE = 0x000008, 0x000002
PROCESSED, INTERMEDIATE = 0x80, 0x20
QUALITY_NOT_SUPPORTED = 0xFE
CREATOR = b"DPC reference card"
RIGHT_INDEX, LEFT_INDEX = 2, 7
WIDTH, HEIGHT = 300, 400


@dataclass(frozen=True)
class Enrollment:
    """Whose biometrics they are and how long they count; times in UTC."""

    fasc_n: bytes
    card_uuid: uuid.UUID
    created: datetime
    expires: datetime


def fingerprints(enrollment: Enrollment, signer: ContentSigner, entropy: Entropy) -> bytes:
    """Content of container 6010: two views of random minutiae (INCITS 378)."""
    views = b"".join(_view(finger, entropy) for finger in (RIGHT_INDEX, LEFT_INDEX))
    sizes = b"".join(number.to_bytes(2, "big") for number in (512, 480, 197, 197))
    rest = b"\0\x01\0\x01\x80\x01" + sizes + b"\x02\0" + views
    record = b"FMR\0 20\0" + (len(rest) + 10).to_bytes(2, "big") + rest
    return _object(enrollment, signer, record, MINUTIAE_FORMAT, FINGERPRINT, PROCESSED)


def facial_image(enrollment: Enrollment, signer: ContentSigner) -> bytes:
    """Content of container 6030: a drawing of a face as JPEG (INCITS 385)."""
    picture = _drawing()
    full_frontal, jpeg, rgb = 1, 0, 1
    image = bytes([full_frontal, jpeg]) + WIDTH.to_bytes(2, "big") + HEIGHT.to_bytes(2, "big")
    image += bytes([rgb, 2, 0, 0, 0, 0]) + picture
    block = (20 + len(image)).to_bytes(4, "big") + bytes(16) + image
    record = b"FAC\x00010\0" + (len(block) + 14).to_bytes(4, "big") + b"\0\x01" + block
    return _object(enrollment, signer, record, FACE_FORMAT, FACE, INTERMEDIATE)


def renewed(content: bytes, enrollment: Enrollment, signer: ContentSigner) -> bytes:
    """The record in that content with other dates, signed anew."""
    cbeff = template(content)[RECORD]
    length, record_format = int.from_bytes(cbeff[2:6], "big"), int.from_bytes(cbeff[10:12], "big")
    kind, processing = int.from_bytes(cbeff[36:39], "big"), cbeff[39]
    record = cbeff[HEADER_BYTES : HEADER_BYTES + length]
    return _object(enrollment, signer, record, record_format, kind, processing)


def _object(
    enrollment: Enrollment, signer: ContentSigner, record: bytes, record_format: int, kind: int, processing: int
) -> bytes:
    attributes: dict[str, core.Asn1Value] = {
        oids.PIV_FASC_N: core.OctetString(enrollment.fasc_n),
        ENTRY_UUID: core.OctetString(enrollment.card_uuid.bytes),
        **signer.signer_name(),
    }

    def signed(signature_length: int) -> bytes:
        return _header(enrollment, len(record), signature_length, record_format, kind, processing) + record

    def signature(covered: bytes) -> bytes:
        return signer.detached(oids.PIV_BIOMETRIC_OBJECT, covered, attributes, certificate=False)

    # The header counts the signature that covers it, and ECDSA signatures vary by a few bytes: try until it fits.
    length = len(signature(signed(0)))
    made = signature(signed(length))
    while len(made) != length:
        made = signature(signed(length))
    return tlv(bytes([RECORD]), signed(length) + made) + tlv(b"\xfe", b"")


def _header(
    enrollment: Enrollment, record: int, signature: int, record_format: int, kind: int, processing: int
) -> bytes:
    return b"".join(
        (
            bytes([HEADER_VERSION, SIGNED_NOT_ENCRYPTED]),
            record.to_bytes(4, "big"),
            signature.to_bytes(2, "big"),
            FORMAT_OWNER.to_bytes(2, "big"),
            record_format.to_bytes(2, "big"),
            _moment(enrollment.created),
            _moment(enrollment.created),
            _moment(enrollment.expires),
            kind.to_bytes(3, "big"),
            bytes([processing, QUALITY_NOT_SUPPORTED]),
            CREATOR.ljust(18, b"\0"),
            enrollment.fasc_n,
            bytes(4),
        )
    )


def _moment(at: datetime) -> bytes:
    return bytes([at.year // 100, at.year % 100, at.month, at.day, at.hour, at.minute, at.second]) + b"Z"


def _view(finger: int, entropy: Entropy) -> bytes:
    count = 20 + entropy.below(20)
    minutiae = b""
    for _ in range(count):
        ending, x, y = 0x4000, entropy.below(512), entropy.below(480)
        minutiae += (ending | x).to_bytes(2, "big") + y.to_bytes(2, "big") + bytes([entropy.below(180), 60])
    return bytes([finger, 0, 60, count]) + minutiae + b"\0\0"


@cache
def _drawing() -> bytes:
    picture = Image.new("RGB", (WIDTH, HEIGHT), "lightsteelblue")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((70, 60, 230, 290), fill="bisque", outline="saddlebrown", width=3)
    for left in (112, 168):
        pen.ellipse((left, 150, left + 20, 162), fill="saddlebrown")
    pen.line((150, 175, 143, 210, 155, 210), fill="saddlebrown", width=3)
    pen.arc((120, 215, 180, 250), 20, 160, fill="saddlebrown", width=4)
    pen.rectangle((60, 330, 240, HEIGHT), fill="darkslategray")
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=75)
    return file.getvalue()
