"""Made property templates of tokens, and what each is found to break."""

from dataclasses import replace

import pytest

from dpc_conformance.formats import ber


def template(*elements):
    """An application property template with those elements, in hex."""
    return ber.write(b"\x61", bytes.fromhex("".join(elements)))


def listed(reading, algorithms):
    """The same reading with that content of tag AC, in hex."""
    named = "4F0B" + reading.aid.hex() + "79074F05A000000308"
    return replace(reading, property_template=template(named, f"AC{len(algorithms) // 2:02X}", algorithms))


PROPERTY_TEMPLATES = {
    "an empty answer": (lambda read: replace(read, property_template=b""), {"DPC-APP-APT-01"}),
    "a truncated AID": (
        lambda read: replace(read, property_template=template("4F09", read.aid[:9].hex(), "79074F05A000000308")),
        {"DPC-APP-APT-01"},
    ),
    "its PIX only": (
        lambda read: replace(read, property_template=template("4F06", read.aid[5:].hex(), "79074F05A000000308")),
        set(),
    ),
    "another authority": (
        lambda read: replace(read, property_template=template("4F0B", read.aid.hex(), "79074F05A000000527")),
        {"DPC-APP-APT-01"},
    ),
    "the first octet of an authority": (
        lambda read: replace(read, property_template=template("4F0B", read.aid.hex(), "79034F01A0")),
        {"DPC-APP-APT-01"},
    ),
    "the whole AID as the authority": (
        lambda read: replace(read, property_template=template("4F0B", read.aid.hex(), "790D4F0B", read.aid.hex())),
        set(),
    ),
    "algorithms without 06 01 00": (lambda read: listed(read, "800111"), {"DPC-APP-APT-02"}),
    "algorithms with 06 01 05": (lambda read: listed(read, "800111060105"), {"DPC-APP-APT-02"}),
    "two algorithms in one 80": (lambda read: listed(read, "80021114060100"), {"DPC-APP-APT-02"}),
    "one algorithm twice": (lambda read: listed(read, "800111800111060100"), {"DPC-APP-APT-02"}),
    "nothing listed": (lambda read: listed(read, "060100"), {"DPC-APP-APT-02"}),
    "one cipher suite": (lambda read: listed(read, "80011180012E060100"), set()),
    "no tag AC": (
        lambda read: replace(read, property_template=template("4F0B", read.aid.hex(), "79074F05A000000308500144")),
        set(),
    ),
}


@pytest.mark.parametrize("name", PROPERTY_TEMPLATES)
def test_property_template(tokens, good, name):
    change, expected = PROPERTY_TEMPLATES[name]
    assert tokens.found(change(good)) == expected
