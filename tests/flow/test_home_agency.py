"""Whose cards the issuer derives from, by the copy of the card's certificate in its records."""

from datetime import date

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


def test_an_authorisation_holds_from_the_day_on_which_it_was_signed():
    def answer(signed_on):
        agency = ServedAgency("1234", "Another agency", False, "MoU 7", "Its director", signed_on)
        return served_by_right(facts([AgenciesStated(AT, (*STATED.agencies, agency))], credentials=[credential()]))

    assert "authorisation" in answer(date(2027, 6, 1)).expected
    assert "authorisation" not in answer(date(2026, 6, 1)).expected
