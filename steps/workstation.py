"""What happens at the workstation during the sign-in of the phone."""

from pytest_bdd import given, then, when


@when("the cardholder opens the device login page at the workstation", target_fixture="page")
def _(cast):
    return cast.workstation.browse(cast.identity_provider.device_login_address)


@then("the workstation shows a page that asks for a code")
def _(page):
    assert page.status == 200
    assert "code" in page.text.lower()


@when("the cardholder enters the code on the device login page", target_fixture="page")
@given("the cardholder has entered the code on the device login page", target_fixture="page")
def _(phone_sign_in, cast):
    phone_sign_in.ask_for_a_code()
    return phone_sign_in.enter(cast.phone.user_code())


@then("the workstation shows a page that asks for the smart card")
def _(page):
    assert "smart card" in page.text.lower()


@when("the cardholder enters a wrong code on the device login page", target_fixture="page")
def _(phone_sign_in):
    return phone_sign_in.enter("BBBB-BBBB")


@then("the device login page says that it does not know the code")
def _(page):
    assert page.status >= 400
    assert "code" in page.text.lower()


@when("the cardholder signs in with the card and its PIN", target_fixture="outcome")
def _(phone_sign_in):
    return phone_sign_in.with_card()


@then("the workstation shows a page that asks to confirm the sign-in of the phone")
def _(outcome):
    assert {"Continue", "Cancel"} <= set(outcome.screen.choices)


@when("the cardholder tries to sign in without a card", target_fixture="outcome")
def _(cast, phone_sign_in):
    cast.workstation.remove_card()
    return phone_sign_in.with_card()


@then("the workstation asks for the card")
def _(outcome):
    assert outcome.error == "CardRemoved"


@when("the cardholder types a wrong PIN", target_fixture="outcome")
def _(phone_sign_in, card_in_hand):
    return phone_sign_in.with_card(card_in_hand.wrong_pin)


@when("the cardholder types a wrong PIN at the kiosk", target_fixture="outcome")
def _(kiosk, card_in_hand):
    return kiosk.sign_in(pin=card_in_hand.wrong_pin)


@then("the card does not accept the PIN and has one attempt less")
def _(outcome, card_in_hand):
    assert outcome.error == "WrongPin"
    assert card_in_hand.attempts_left() == card_in_hand.attempts_at_first - 1


@when("the cardholder types a wrong PIN until the card blocks it")
def _(phone_sign_in, card_in_hand):
    for _ in range(card_in_hand.attempts_at_first):
        phone_sign_in.with_card(card_in_hand.wrong_pin)


@then("the right PIN is not accepted either")
def _(phone_sign_in, judge):
    answer = phone_sign_in.with_card().error
    judge.expect(
        "PIV-SRC-AUTHCERT-04", answer == "PinBlocked", "a card without tries", "no use of the right PIN", answer
    )


@given("the cardholder has signed in at the workstation for the phone")
def _(phone_sign_in):
    phone_sign_in.approve()


@when("the cardholder signs in with the card but cancels the sign-in of the phone")
def _(phone_sign_in, cast):
    phone_sign_in.with_card()
    cast.workstation.choose("Cancel")


@then("the identity provider refuses the sign-in because the certificate is revoked")
def _(outcome, cast):
    assert outcome.refused
    assert cast.identity_provider.audit()[-1].reason == "revoked"
