"""Numbers as long as an object: read as no number, whatever Python makes of them."""

import pytest

from dpc_conformance.faults.certificates.encoding import context, octets, oid, sequence, set_of, tlv
from dpc_conformance.formats import oids
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
