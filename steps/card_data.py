"""The data on the cardholder's card, and its PIN."""

from pytest_bdd import given, then, when

SUCCESS, WRONG_DATA = 0x9000, 0x6A80
WRONG = range(0x63C0, 0x63D0)
AT_MOST_NINE = range(0x63C0, 0x63CA)
PIN = "PIV-SRC-AUTHCERT-04"


@given("what the cardholder's card gives away")
def _(card_bench):
    card_bench.show()


@then("the card meets these requirements")
def _(card_bench, datatable):
    card_bench.judge(row[0] for row in datatable[1:])


@when("a PIN that has a letter for its last digit is tried on the card")
def _(pin_trial):
    pin_trial.with_letter()


@then("the card answers 6A80, or 63CX as to a wrong PIN")
def _(pin_trial, judge):
    status = pin_trial.last_status
    judge.expect(PIN, status == WRONG_DATA or status in WRONG, "VERIFY with a letter", "6A80 or 63CX", f"{status:04X}")


@when("a wrong PIN of digits is tried on the card")
def _(pin_trial):
    pin_trial.wrong()


@then("the card answers 63CX and leaves nine tries at most")
def _(pin_trial, judge):
    status = pin_trial.last_status
    judge.expect(PIN, status in AT_MOST_NINE, "VERIFY with a wrong PIN", "63C0 to 63C9", f"{status:04X}")


@then("the right PIN is accepted and puts the tries back")
def _(pin_trial, card_in_hand):
    assert pin_trial.right() == SUCCESS
    assert pin_trial.tries_left() >= card_in_hand.attempts_at_first


@given("a card whose Discovery Object prefers the Global PIN")
def _(card_in_hand):
    card_in_hand.take("global-pin")


@then("the issuer has signed in somebody who typed the Global PIN")
def _(judge):
    judge.flow("PIV-SRC-DISC-02")


@given("the card gives away its PIV Authentication certificate no more")
def _(hide_certificate):
    hide_certificate()
