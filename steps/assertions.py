"""Sign-ins to applications through the identity provider."""

from pytest_bdd import then, when


@when("the cardholder signs in to an application through the identity provider with the derived credential")
def _(application):
    application.sign_in()


@then("the assertion names the cardholder's account and IAL3")
def _(judge):
    judge.flow("DPC-ISS-IAL-01")
