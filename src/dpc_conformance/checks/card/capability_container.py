"""The Card Capability Container (SP 800-73-5 part 1 §3.1.1, App. A table 9)."""

from typing import Final

from dpc_conformance.checks.card.parts import content_of, refused, unreadable
from dpc_conformance.checks.finding import Answer, unexpected
from dpc_conformance.checks.registry import card_check
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import ccc, containers
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.ccc import CardCapabilityContainer

WHERE: Final = "CCC"
REMOVED: Final = frozenset({b"\xe3", b"\xb4"})
"""Elements that older editions had besides: extended application CardURL, security object buffer."""
LENGTHS: Final = {b"\xf0": (0, 21), b"\xf6": (0, 17), b"\xfe": (0,)}
"""Bytes of card identifier, access control rules and error detection code (SP 800-73-5 part 1 table 9)."""


@card_check("PIV-SRC-CCC-01")
def capability_container_is_that_of_piv(reading: CardReading) -> Answer:
    """The Card Capability Container is there, its elements in order, with data model 10."""
    try:
        if reading.content(containers.CCC) is None:
            return refused(reading, containers.CCC)
        container = CardCapabilityContainer.from_bytes(content_of(reading, containers.CCC))
    except Malformed as problem:
        return unreadable(WHERE, problem)
    tags = tuple(tag for tag in container.tags if tag not in REMOVED)
    if tags != ccc.ORDER:
        return unexpected(f"{WHERE} elements", b"".join(ccc.ORDER).hex(" ").upper(), b"".join(tags).hex(" ").upper())
    for element in container.elements:
        lengths = LENGTHS.get(element.tag, (len(element.value),))
        if len(element.value) not in lengths:
            where = f"{WHERE} {element.tag.hex().upper()}"
            return unexpected(where, f"{' or '.join(map(str, lengths))} bytes", f"{len(element.value)} bytes")
    if container.data_model != ccc.PIV_DATA_MODEL:
        return unexpected(f"{WHERE} F5", "10", container.data_model.hex().upper())
    return None
