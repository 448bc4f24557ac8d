"""Whose cards the issuer derives from, by the copy of the card's certificate in its records."""

import pytest
from timelines import AT, CARD, credential, facts

from dpc_conformance.checks.finding import CannotTell, Finding
from dpc_conformance.checks.flow.home_agency import served_by_right
from dpc_conformance.evidence.agencies import AgenciesStated, ServedAgency

STATED = AgenciesStated(AT, (ServedAgency("9999", "The agency", own=True),))


@pytest.mark.parametrize(("card", "answer"), [(CARD, Finding), (b"", CannotTell), (b"\x30\x00", CannotTell)])
def test_no_copy_of_the_card_is_no_verdict(card, answer):
    issued = credential(piv_authentication_certificate=card)
    assert isinstance(served_by_right(facts([STATED], credentials=[issued])), answer)
