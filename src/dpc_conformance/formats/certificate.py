"""A certificate, read once from its DER into a view that rules look at (RFC 5280 4.1)."""

from typing import Final

from dpc_conformance.formats import der
from dpc_conformance.formats.certificate_view import CertificateView as CertificateView
from dpc_conformance.formats.der import Defect
from dpc_conformance.formats.extension import by_oid
from dpc_conformance.formats.fields import Fields, read_signed
from dpc_conformance.formats.quick_certificate import read_quickly

MAXIMUM_OCTETS: Final = 1 << 20
"""A certificate longer than this is refused unread: a card's container holds less than 2 kB."""


def read_certificate(data: bytes) -> CertificateView:
    """The view of the certificate whose DER begins `data`; what follows it is a defect. DerError when unreadable."""
    return read_quickly(data) or read_carefully(data)


def read_carefully(data: bytes) -> CertificateView:
    """As `read_certificate`, whatever stands there: every departure from DER is noted with its offset."""
    defects: list[Defect] = []
    signed = read_signed(data, "a certificate", defects, MAXIMUM_OCTETS)
    fields = Fields(data, signed.tbs, defects)
    version = fields.explicit_version()
    serial = fields.take(der.INTEGER, "serialNumber")
    der.note_primitive(data, serial, defects)
    inner = fields.algorithm()
    issuer = fields.name("issuer")
    validity = Fields(data, fields.take(der.SEQUENCE, "validity"), defects)
    not_before, not_after = validity.time(), validity.time()
    validity.finish()
    subject = fields.name("subject")
    public_key = fields.public_key()
    issuer_unique_id = fields.optional(0x81, 0xA1)
    subject_unique_id = fields.optional(0x82, 0xA2)
    extensions = fields.extensions(0xA3)
    octets = data[serial.start : serial.stop]
    return CertificateView(
        der=data,
        tbs=data[signed.tbs.at : signed.tbs.stop],
        version=version,
        serial=int.from_bytes(octets, "big", signed=True),
        serial_octets=octets,
        inner_algorithm=inner,
        outer_algorithm=signed.algorithm,
        signature=signed.signature,
        signature_unused_bits=signed.unused_bits,
        issuer=issuer,
        not_before=not_before,
        not_after=not_after,
        subject=subject,
        public_key=public_key,
        has_issuer_unique_id=issuer_unique_id is not None,
        has_subject_unique_id=subject_unique_id is not None,
        extensions=extensions,
        by_oid=by_oid(extensions),
        defects=tuple(sorted(set(defects))) if defects else (),
    )
