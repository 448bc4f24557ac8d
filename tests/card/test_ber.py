"""BER-TLV against bytes written by hand."""

import pytest

from dpc_conformance.formats import ber
from dpc_conformance.formats.ber import Malformed, Tlv


@pytest.mark.parametrize(
    ("tag", "length", "encoded"),
    [
        ("30", 0x19, "3019"),
        ("53", 0x7F, "537F"),
        ("53", 0x80, "538180"),
        ("5FC105", 0xFF, "5FC10581FF"),
        ("BC", 0x100, "BC820100"),
        ("7F61", 3, "7F6103"),
    ],
)
def test_lengths_are_written_in_the_shortest_form_and_read_back(tag, length, encoded):
    whole = bytes.fromhex(encoded) + bytes(length)
    assert ber.write(bytes.fromhex(tag), bytes(length)) == whole
    assert Tlv.from_bytes(whole) == Tlv(bytes.fromhex(tag), bytes(length))


def test_a_length_in_a_longer_form_survives_the_round_trip():
    whole = bytes.fromhex("70820003AABBCC")
    element = Tlv.from_bytes(whole)
    assert element.value == b"\xaa\xbb\xcc"
    assert bytes(element) == whole


@pytest.mark.parametrize(
    ("encoded", "offset", "reason"),
    [
        ("53", 0, "no length"),
        ("5F", 0, "no length"),
        ("5305AABB", 0, "says 5 bytes"),
        ("530200005480", 5, "definite"),
        ("5382FF", 1, "cut off"),
        ("53850000000001AA", 1, "definite"),
        ("5FFFFFFFFF7F00", 0, "a tag of"),
    ],
)
def test_what_is_no_data_object_is_malformed_and_says_where(encoded, offset, reason):
    with pytest.raises(Malformed, match=reason) as problem:
        ber.read_all(bytes.fromhex(encoded))
    assert problem.value.offset == offset


def test_children_are_read_one_level_at_a_time():
    deep = b""
    for _ in range(5000):
        deep = ber.write(b"\x30", deep)
    level = Tlv.from_bytes(deep)
    for _ in range(4999):
        (level,) = level.children()
    assert level.value == b""


def test_a_missing_object_is_named():
    with pytest.raises(Malformed, match=r"the GUID \(tag 34\) is missing"):
        ber.require((), b"\x34", "the GUID")
