"""Whose cardholders the issuer serves."""

from pytest_bdd import given, parsers, then, when

KINDS = {
    "of an agency that the issuer does not serve": "other-agency",
    "of an agency that has authorised the issuer": "served-agency",
    "whose holder has no PIV identity account here": "no-account",
}


@given(parsers.parse("a valid card {whose}"))
def _(card_in_hand, whose):
    card_in_hand.take(KINDS[whose])


@when("the issuer states which agencies it serves")
def _(home_agency):
    home_agency.ask_whom_the_issuer_serves()


@then("each of them is its own, or has authorised the issuer in writing")
def _(judge):
    judge.flow("DPC-ISS-HOME-01")


@then("the kiosk has signed that person in")
def _(home_agency, outcome):
    assert home_agency.is_signed_in(outcome)
