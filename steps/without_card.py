"""Issuance at a supervised desk, without the PIV Card."""

from pytest_bdd import given, parsers, then, when


@given("the cardholder has left the card at home")
def _(without_card):
    without_card.leave_card_at_home()


@when("an operator decides to issue to the cardholder, with everything on record")
def _(without_card):
    without_card.decide_with_everything()


@given("an operator has decided to issue to the cardholder, and a phone has got its credential")
def _(without_card):
    without_card.decide_with_everything()
    without_card.finish_phone()


@when("both phones of the cardholder get their credentials in that visit")
def _(without_card):
    without_card.finish_both_phones()


@then("the record shows the operator, the evidence and the credentials of one visit")
def _(without_card, judge):
    without_card.look()
    judge.flow("DPC-ISS-NOCARD-01", "DPC-ISS-NOCARD-02")


@when("the cardholder asks for a credential by telephone", target_fixture="outcome")
def _(without_card):
    return without_card.decide(channel="telephone")


@when(parsers.parse("an operator decides to issue to the cardholder while {what}"), target_fixture="outcome")
def _(without_card, what):
    return without_card.decide_while(what)


@when("an operator decides to issue to somebody without an account", target_fixture="outcome")
def _(without_card):
    return without_card.decide_about_nobody()


@when(parsers.parse("a week later {what} is asked for"), target_fixture="outcome")
def _(without_card, what):
    return without_card.come_back(what)
