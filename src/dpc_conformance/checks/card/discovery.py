"""The Discovery Object (SP 800-73-5 part 1 §3.3.2)."""

from typing import Final

from dpc_conformance.checks.card.parts import is_on_card, unreadable
from dpc_conformance.checks.finding import Answer, DoesNotApply, unexpected
from dpc_conformance.checks.registry import card_check
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import containers
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.discovery import DiscoveryObject

WHERE: Final = "Discovery Object"
POLICIES: Final = frozenset(bytes.fromhex("40 48 4C 50 58 5C 60 68 6C 70 78 7C"))
GLOBAL_PIN: Final = 0x20
PREFERENCES: Final = frozenset({0x10, 0x20})


@card_check("PIV-SRC-DISC-01")
def pin_usage_policy_is_listed(reading: CardReading) -> Answer:
    """Discovery names the PIV Card Application and one of the listed PIN usage policies."""
    try:
        if not is_on_card(reading, containers.DISCOVERY):
            return DoesNotApply("the card has no Discovery Object, or an empty one")
        answer = reading.answer(containers.DISCOVERY)
        discovery = DiscoveryObject.from_bytes(answer.data if answer else b"")
    except Malformed as problem:
        return unreadable(WHERE, problem)
    if not discovery.aid.startswith(containers.PIV_AID[: -containers.VERSION_BYTES]):
        return unexpected(f"{WHERE} 4F", containers.PIV_AID, discovery.aid or "nothing")
    first, second = discovery.pin_usage_policy
    allowed = PREFERENCES if first & GLOBAL_PIN else frozenset({0})
    if first not in POLICIES or second not in allowed:
        expected = "40, 48, 4C, 50, 58 or 5C with 00; 60, 68, 6C, 70, 78 or 7C with 10 or 20"
        return unexpected(f"{WHERE} 5F2F", expected, f"{first:02X} {second:02X}")
    return None
