"""Use of the derived credential, and its activation."""

from pytest_bdd import then, when


@when("the cardholder opens the web application with the activation secret", target_fixture="page")
def _(activation):
    return activation.right()


@then("the web application greets the cardholder")
def _(page, cast, judge):
    assert page.status == 200
    assert cast.cardholder.common_name in page.text
    judge.control("sign-in at the web application with a valid credential")


@then("the web application refuses because the certificate is revoked")
def _(page, cast, judge):
    judge.refusal(page.status >= 400, cast.relying_party.audit()[-1].reason, "revoked")
    judge.state("Welcome" not in page.text, "no page of the application")


@when("the cardholder unlocks the phone and opens the web application without the activation secret")
def _(activation):
    activation.unlock_phone()
    activation.without_secret()


@then("the key is not used")
def _(judge):
    judge.flow("DPC-ACT-UNLOCK-01")


@then("the key is not used without a new activation after a successful one")
def _(activation, judge):
    activation.right()
    activation.without_secret()
    judge.flow("DPC-ACT-EACH-01")


@when("a wrong activation secret is typed ten times")
def _(activation):
    activation.wrong(10)


@when("a wrong activation secret is typed five times, the app is restarted, and it is typed five times more")
def _(activation, cast):
    activation.wrong(5)
    cast.phone.restart()
    activation.wrong(5)


@when("a wrong activation secret is typed nine times")
def _(activation):
    activation.wrong(9)


@when("the right activation secret is typed")
def _(activation):
    activation.right()


@then("the right activation secret is not accepted either")
def _(activation, judge):
    activation.right()
    judge.flow("DPC-ACT-RETRY-01")


@then("the attempts before the restart still count")
def _(activation, judge):
    activation.right()
    judge.flow("DPC-ACT-RETRY-02")


@then("nine more wrong ones do not disable the key")
def _(activation, judge):
    activation.wrong(9)
    activation.right()
    judge.flow("DPC-ACT-RETRY-03")
