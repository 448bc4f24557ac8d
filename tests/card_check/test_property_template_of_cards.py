"""What a PIV Card says of itself when its application is selected (SP 800-73-5 part 2 §3.1.1)."""

from datetime import UTC, datetime

import pytest

from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.card.judge import judge_card
from dpc_conformance.checks.finding import Outcome
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import ber, containers

START = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
RID, PIX, DERIVED_PIX = "A000000308", "000010000100", "000020000100"
TEMPLATES = {
    "the whole AID": (RID + PIX, RID, Outcome.HOLDS),
    "its PIX": (PIX, RID, Outcome.HOLDS),
    "its PIX and an AID as the authority": (PIX, RID + PIX, Outcome.HOLDS),
    "an authority of no octets": (RID + PIX, "", Outcome.FAILS),
    "the first octet of the authority": (RID + PIX, "A0", Outcome.FAILS),
    "another authority": (RID + PIX, "A000000527", Outcome.FAILS),
    "the PIX of the derived application": (DERIVED_PIX, RID, Outcome.FAILS),
    "the PIX of the derived application, and the PIV AID as the authority": (DERIVED_PIX, RID + PIX, Outcome.FAILS),
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_application_and_its_authority_are_named(name):
    application, authority, expected = TEMPLATES[name]
    named = ber.write(b"\x4f", bytes.fromhex(application))
    template = ber.write(b"\x61", named + ber.write(b"\x79", ber.write(b"\x4f", bytes.fromhex(authority))))
    reading = CardReading(START, containers.PIV_AID, template, {}, selects={containers.PIV_AID: 0x9000})
    made = {each.requirement: each.outcome for each in judge_card(reading, CardContext(START))}
    assert made["PIV-SRC-AID-01"] is expected
