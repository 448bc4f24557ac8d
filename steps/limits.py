"""How many credentials the cardholder gets."""

from pytest_bdd import given, then, when


@given("the cardholder has derived credentials on as many phones as the issuer allows but one")
def _(limits):
    limits.fill_up_but_one()


@when("the cardholder enrols one more phone, and another beyond the limit")
def _(limits):
    limits.try_another_phone()
    limits.try_another_phone()


@when("the cardholder reports the first phone as lost and enrols one more")
def _(limits, lifecycle):
    lifecycle.holder_reports_phone()
    limits.try_another_phone()


@when("two more phones of the cardholder finish their enrolment at the same moment")
def _(limits):
    limits.race_for_the_last_place()


@then("a credential was issued exactly when there was a place for it")
@then("no more credentials are active than the issuer allows")
def _(limits, judge):
    limits.look()
    judge.flow("DPC-ISS-LIMIT-01")
