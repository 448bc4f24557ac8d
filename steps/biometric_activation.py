"""Activation of the derived key by a finger."""

from pytest_bdd import given, then, when


@given("the cardholder has added a finger that activates its key")
def _(fingers):
    fingers.add_own()


@when("strangers put their fingers on the sensor as often as is allowed, and then the cardholder does")
def _(fingers):
    fingers.miss_as_often_as_allowed()


@when("half a minute later a stranger tries again, and another half a minute after that")
def _(fingers):
    fingers.miss_after_half_a_minute()
    fingers.miss_after_half_a_minute()


@when("strangers try the sensor day after day, and then the cardholder does")
def _(fingers):
    fingers.miss_day_after_day()


@when("the cardholder enters the activation secret and uses the finger again")
def _(fingers):
    fingers.enter_secret_and_use_own()


@then("no more fingers were looked at than is allowed")
def _(judge):
    judge.flow("DPC-ACT-BIO-02")


@when("somebody adds another finger to the unlocked phone and to the app, without the activation secret")
def _(fingers):
    fingers.add_without_secret()


@when("the key is activated with that finger and with the activation secret")
def _(fingers):
    fingers.use_added_and_secret()


@when("the cardholder uses the finger")
def _(fingers):
    fingers.use_own_as_activation()
