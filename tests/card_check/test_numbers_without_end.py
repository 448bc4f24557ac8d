"""Numbers as long as an object: read as no number, whatever Python makes of them."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.judgement import findings, judge_certificate
from dpc_conformance.faults.certificates.encoding import bits, context, null, octets, oid, sequence, set_of, tlv
from dpc_conformance.formats import ber, oids
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.security_object import LdsSecurityObject
from dpc_conformance.formats.signed_data import SignedData

LONG = b"\x7f" + b"\xff" * 2500
"""More digits than Python writes in decimal."""
HUGE, ENDLESS = tlv(0x02, LONG), tlv(0x06, b"\xff" * 2500 + b"\x7f")
NUMBER = b"\x02\x01\x03"


def signed_data(version=NUMBER, kind=None):
    fields = (version, set_of(), sequence(kind or oid(oids.PIV_BIOMETRIC_OBJECT)), set_of())
    return sequence(oid(oids.SIGNED_DATA), context(0, sequence(*fields)))


def hashes(version=b"\x02\x01\x00", kind=None, group=b"\x02\x01\x01"):
    algorithm = sequence(kind or oid(oids.SHA256))
    return sequence(version, algorithm, sequence(sequence(group, octets(bytes(32)))))


@pytest.mark.parametrize(
    ("reader", "data"),
    [
        (SignedData, signed_data(version=HUGE)),
        (SignedData, signed_data(kind=ENDLESS)),
        (LdsSecurityObject, hashes(version=HUGE)),
        (LdsSecurityObject, hashes(kind=ENDLESS)),
        (LdsSecurityObject, hashes(group=HUGE)),
    ],
    ids=["version", "content type", "version of the hashes", "hash algorithm", "data group"],
)
def test_a_number_that_nobody_can_write_down_is_malformed(reader, data):
    with pytest.raises(Malformed):
        reader.from_bytes(data)


def test_good_ones_are_read():
    assert SignedData.from_bytes(signed_data()).version == 3
    assert LdsSecurityObject.from_bytes(hashes()).values == {1: bytes(32)}


@pytest.mark.parametrize(
    ("place", "changed", "requirement"),
    [
        (0, context(0, HUGE), "DPC-CERT-VER-01"),
        (-1, context(3, sequence(sequence(oid(oids.BASIC_CONSTRAINTS), octets(sequence(HUGE))))), "DPC-CERT-BC-01"),
        (
            6,
            sequence(sequence(oid(oids.RSA_ENCRYPTION), null()), bits(sequence(tlv(0x02, bytes(1) + LONG), HUGE))),
            "DPC-CERT-SPKI-05",
        ),
    ],
    ids=["version", "path length", "exponent"],
)
def test_a_certificate_with_a_number_without_end_is_judged(pki, place, changed, requirement):
    certificate = pki.content_signer.certificate.public_bytes(Encoding.DER)
    signed, *rest = ber.Tlv.from_bytes(certificate).children()
    fields = [bytes(each) for each in signed.children()]
    fields[place] = changed
    found = findings(
        judge_certificate(
            sequence(sequence(*fields), *map(bytes, rest)), CertificateContext(datetime(2027, 3, 1, tzinfo=UTC))
        )
    )
    assert "a number of" in found[requirement].actual
