"""What becomes of a forgotten or blocked activation secret."""

from pytest_bdd import given, then, when


@given("a wrong activation secret was typed until the keys were disabled")
def _(activation):
    activation.wrong(10)


@when("the cardholder gets a reset code at the kiosk and chooses a new activation secret with it")
@given(
    "the cardholder gets a reset code at the kiosk and chooses a new activation secret with it",
    target_fixture="reset_code",
)
def _(secret_reset, ledger):
    code = secret_reset.code_at_the_kiosk()
    secret_reset.with_code(code)
    ledger.remember()
    return code


@when("the key is activated with the new activation secret")
def _(activation):
    activation.right()


@then("the reset was released by the issuer after PKI-AUTH with the PIV Card")
def _(judge):
    judge.flow("DPC-ACT-RESET-01", "DPC-ACT-RESET-03")


@when("somebody with the phone scans the same reset code again", target_fixture="outcome")
def _(secret_reset, reset_code):
    return secret_reset.with_code(reset_code, "spent-code")


@when("somebody with the phone scans a reset code that another person got at the kiosk", target_fixture="outcome")
def _(secret_reset, card_in_hand):
    card_in_hand.take("another-person")
    return secret_reset.with_code(secret_reset.code_at_the_kiosk(), "code of another person")


@then("the new activation secret is the right one still")
@then("the activation secret is what it was")
def _(activation, judge):
    judge.state(activation.right() is not None, "the activation secret is what it was")


@when("somebody without a card opens the kiosk's page for resets", target_fixture="outcome")
def _(secret_reset):
    return secret_reset.without_card()


@then("no reset code was made")
def _(ledger, judge):
    judge.state(not ledger.accepted("request"), "no code was made")


@when("the cardholder gives the credential up at the kiosk and enrols the phone again")
def _(secret_reset, public_status):
    secret_reset.give_up()
    public_status.look()
    secret_reset.enrol_again()


@when("the cardholder enrols the phone again")
def _(secret_reset):
    secret_reset.enrol_again()


@then("the former credential is invalid and the new one works")
def _(activation, public_status, judge):
    public_status.look()
    activation.right()
    judge.flow("DPC-ACT-RESET-02")
