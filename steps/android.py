"""What only a phone with Android Enterprise has."""

from pytest_bdd import given, parsers, then, when


@given("the phone runs Android Enterprise")
def _(phone_platform):
    phone_platform.take("android")


@given(parsers.parse("the phone runs Android {version:d} and is {kind}"))
def _(phone_platform, version, kind):
    phone_platform.take_android(version, work_profile=kind == "owned by the organisation, with a work profile")


@when("the cardholder switches the phone on", target_fixture="screen")
def _(cast):
    return cast.phone.switch_on()


@when('the cardholder taps "Welcome" five times and scans the organisation\'s QR code', target_fixture="screen")
def _(android_setup):
    return android_setup.scan_organisations_code()


@when(parsers.parse('the cardholder types "{text}" in place of an e-mail address'), target_fixture="screen")
def _(android_setup, cast, text):
    android_setup.to_account()
    return cast.phone.type_text(text)


@when("the cardholder enters the organisation's enrolment token", target_fixture="screen")
def _(android_setup):
    return android_setup.enter_token()


@given("the cardholder has entered an enrolment token that the organisation did not issue", target_fixture="screen")
def _(android_setup):
    android_setup.ask_for_token()
    return android_setup.enter_token("0123456789ABCDEF0123")


@given("the phone waits for the sign-in with the work account", target_fixture="screen")
def _(android_setup):
    return android_setup.to_account()


@then(parsers.parse('the phone offers "{caption}"'))
def _(screen, caption):
    assert caption in screen.choices


@then(parsers.parse('the phone does not offer "{caption}"'))
def _(screen, caption):
    assert caption not in screen.choices


@given("the organisation's policy requires a screen lock")
def _(cast):
    cast.device_manager.require_screen_lock()


@when("the cardholder takes the phone to its code and signs in at the workstation")
def _(android_setup, phone_sign_in):
    android_setup.ask_for_code()
    phone_sign_in.approve_code()


@when("the cardholder confirms the sign-in of the phone")
def _(phone_sign_in):
    phone_sign_in.confirm()


@when("the cardholder opens the scanner")
def _(phone_setup):
    phone_setup.open_scanner()


@then("the app says that the phone is managed")
def _(screen, cast):
    assert screen.title == cast.captions.enrolled


@when("the cardholder returns to the phone", target_fixture="screen")
def _(cast):
    return cast.phone.continue_enrolment()


@then("the phone runs at least Android 8")
def _(android_setup):
    assert android_setup.version() >= 8


@when('the cardholder opens the smart card setup and taps "BEGIN"', target_fixture="screen")
def _(phone_setup):
    return phone_setup.begin()


@when("the cardholder chooses an activation secret", target_fixture="screen")
def _(phone_setup, outcome):
    return phone_setup.answer_for_secret(outcome.screen)


@then("it says that the app must not be closed")
def _(screen):
    assert "do not close the app" in screen.text.lower()


@when("the cardholder closes the app and opens it again")
def _(cast):
    cast.phone.open_company_portal()


@then("the phone holds no derived credential")
def _(cast):
    assert not cast.phone.credentials()


@when("the cardholder goes through the setup with another QR code")
def _(journey):
    journey.set_up_again()


@then("the account of the cardholder holds what is on the phone")
def _(journey):
    assert journey.holds_what_is_on_record()


@when(parsers.re(r"by hand, (?P<words>.+)"), target_fixture="screen")
def _(android_setup, words):
    return android_setup.by_hand(words)
