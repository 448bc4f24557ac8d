"""The PIV Card Application itself (SP 800-73-5 part 1 §2.2, part 2 §3.1.1)."""

from typing import Final

from dpc_conformance.checks.card.parts import unreadable
from dpc_conformance.checks.finding import Answer, Finding, missing, unexpected
from dpc_conformance.checks.registry import card_check
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import ber, containers, status_words
from dpc_conformance.formats.ber import Malformed, Tlv

TEMPLATE: Final = b"\x61"
AID, AUTHORITY = b"\x4f", b"\x79"
WHERE: Final = "SELECT of the PIV Card Application"


@card_check("PIV-SRC-AID-01")
def is_a_piv_card(reading: CardReading) -> Answer:
    """SELECT with the PIV AID finds an application whose property template names it."""
    status = reading.selects.get(containers.PIV_AID)
    if reading.aid != containers.PIV_AID or status != status_words.SUCCESS:
        derived = reading.selects.get(containers.DERIVED_PIV_AID) == status_words.SUCCESS
        answered = "the derived PIV application only" if derived or reading.aid != containers.PIV_AID else "none"
        return missing(WHERE, "the PIV Card Application", answered if status is None else f"{status:04X}, {answered}")
    try:
        return _template_names_it(reading.property_template)
    except Malformed as problem:
        return unreadable("application property template", problem)


def _template_names_it(template: bytes) -> Finding | None:
    outer = Tlv.from_bytes(template)
    if outer.tag != TEMPLATE:
        return unexpected("application property template", "tag 61", outer.tag.hex().upper())
    parts = outer.children()
    own = ber.require(parts, AID, "the AID in the application property template")
    authority = ber.require(parts, AUTHORITY, "the tag allocation authority")
    named = ber.require(ber.read_all(authority), AID, "the AID of the tag allocation authority")
    if not named.startswith(containers.PIV_RID):
        return unexpected("tag allocation authority", f"{containers.PIV_RID.hex().upper()} or an AID with it", named)
    # 4F holds the PIX, or the AID whole; the version at its end is the card's own.
    whole = own if own.startswith(containers.PIV_RID) else containers.PIV_RID + own
    known = containers.PIV_AID[: -containers.VERSION_BYTES]
    return None if whole.startswith(known) else unexpected("application property template", known, whole)
