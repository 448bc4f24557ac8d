"""What a token says of itself in the application property template and in Discovery (SP 800-73-5 part 1 §3.3.2)."""

from typing import Final

from dpc_conformance.checks.finding import CannotTell
from dpc_conformance.checks.token.presence import is_there
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import ber, containers
from dpc_conformance.formats.ber import Malformed, Tlv
from dpc_conformance.formats.discovery import PIN_USAGE_POLICY

TEMPLATE: Final = b"\x61"
ALGORITHMS, ALGORITHM = b"\xac", b"\x80"
CIPHER_SUITES: Final = frozenset({b"\x27", b"\x2e"})
"""CS2 (P-256) and CS7 (P-384), as tag AC lists them when there is secure messaging."""
VCI, NO_PAIRING_CODE = 0x08, 0x04
"""Bits 4 and 3 of the first policy byte: the virtual contact interface is there; it takes no pairing code."""


def listed_algorithms(reading: CardReading) -> tuple[bytes, ...] | None:
    """The algorithm identifiers under tag AC; None when the template has no AC. Raises Malformed."""
    outer = Tlv.from_bytes(reading.property_template)
    if outer.tag != TEMPLATE:
        raise Malformed(f"expected tag 61, found {outer.tag.hex().upper()}")
    algorithms = ber.find(outer.children(), ALGORITHMS)
    if algorithms is None:
        return None
    return tuple(each.value for each in algorithms.children() if each.tag == ALGORITHM)


def secure_messaging(reading: CardReading) -> frozenset[bytes]:
    """The cipher suites that tag AC lists; none where the template cannot be read, which its own rule reports."""
    try:
        return CIPHER_SUITES.intersection(listed_algorithms(reading) or ())
    except Malformed:
        return frozenset()


def pin_usage_policy(reading: CardReading) -> bytes:
    """The two policy bytes of Discovery; empty when there are none that can be read."""
    try:
        elements = ber.read_all(reading.content(containers.DISCOVERY) or b"")
    except Malformed:
        return b""
    policy = ber.find(elements, PIN_USAGE_POLICY)
    return policy.value if policy is not None and len(policy.value) == 2 else b""


def virtual_contact_interface(reading: CardReading) -> bool | CannotTell:
    """Whether the token has one: Discovery says so. With secure messaging and no Discovery it cannot be told."""
    policy = pin_usage_policy(reading)
    if policy:
        return bool(policy[0] & VCI)
    if secure_messaging(reading):
        return CannotTell("there is secure messaging, but no Discovery that says whether it is used for a VCI")
    there = is_there(reading, containers.DISCOVERY)
    return there if isinstance(there, CannotTell) else False


def takes_pairing_code(reading: CardReading) -> bool | CannotTell:
    """Whether the virtual contact interface opens with a pairing code."""
    has_it = virtual_contact_interface(reading)
    return has_it if has_it is not True else not pin_usage_policy(reading)[0] & NO_PAIRING_CODE
