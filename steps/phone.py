"""What happens on the phone."""

from datetime import timedelta

from pytest_bdd import given, parsers, then, when


@when("the cardholder opens the app and signs in with the work account", target_fixture="screen")
@given("the phone shows a code", target_fixture="screen")
def _(phone_sign_in):
    return phone_sign_in.ask_for_a_code()


@then("the phone shows a code")
def _(screen, cast):
    assert cast.phone.user_code() in screen.text


@then("the code has at least eight characters and none that look alike")
def _(cast):
    characters = cast.phone.user_code().replace("-", "")
    assert len(characters) >= 8
    assert not set(characters) & set("01OIl")


@then("the phone is still waiting for the sign-in")
def _(cast):
    assert not cast.device_manager.devices_of(cast.cardholder)


@when("the cardholder returns to the phone and follows the prompts", target_fixture="screen")
def _(phone_sign_in):
    return phone_sign_in.follow_prompts()


@when("an hour passes")
def _(cast):
    cast.clock.advance(timedelta(hours=1))


@then("the phone says that the sign-in did not succeed")
def _(screen, cast):
    assert screen.title == cast.captions.sign_in_failed


@given("the phone is enrolled")
def _(phone_sign_in, cast):
    phone_sign_in.complete()
    assert cast.device_manager.devices_of(cast.cardholder)


@then("the phone shows no notification and no e-mail about a smart card")
def _(cast):
    assert not cast.phone.notifications()
    assert not cast.phone.mail()


@then("the phone shows no notification")
def _(cast):
    assert not cast.phone.notifications()


@then("the phone shows one notification and the mailbox one e-mail about the smart card")
def _(cast):
    assert len(cast.phone.notifications()) == 1
    assert len(cast.phone.mail()) == 1


@when("the cardholder taps the notification", target_fixture="screen")
@given("the cardholder has opened the smart card setup", target_fixture="screen")
def _(phone_setup):
    return phone_setup.open()


@when("the cardholder follows the link in the e-mail", target_fixture="screen")
def _(cast):
    return cast.phone.open_mail_link()


@then(parsers.parse('the phone shows "{title}"'))
def _(screen, title):
    assert screen.title == title


@when("the cardholder taps the link to the instructions", target_fixture="screen")
def _(phone_setup):
    return phone_setup.instructions()


@then("the phone shows the organisation's instructions")
def _(screen, cast):
    assert screen.address == cast.device_manager.setting().help_url


@then("the phone shows the default article")
def _(screen, cast):
    assert screen.address.startswith(cast.device_manager.service_address)


@when(parsers.parse('the cardholder taps "{caption}"'), target_fixture="screen")
def _(cast, caption):
    return cast.phone.choose(caption)


@given(parsers.parse('the phone is enrolled and waits at "{title}"'))
def _(journey, title):
    assert journey.wait_at_qr_step().title == title


@then("the phone asks to use the camera")
def _(phone_setup, screen):
    assert phone_setup.asks_for_camera(screen)


@when("the cardholder allows the camera", target_fixture="screen")
def _(phone_setup, screen):
    return phone_setup.allow_camera(screen)


@when("the cardholder refuses the camera", target_fixture="screen")
def _(phone_setup, screen):
    return phone_setup.refuse_camera(screen)


@then("the phone shows the scanner")
def _(screen, cast):
    assert screen.title == cast.captions.scanner


@then("the phone says that it needs the camera")
def _(screen, cast):
    assert "camera" in screen.text.lower()
    assert screen.title != cast.captions.scanner


@given("the scanner is open")
def _(phone_setup):
    phone_setup.open_scanner()


@when("the phone scans the QR code", target_fixture="outcome")
def _(phone_setup, qr_code):
    return phone_setup.scan(qr_code)


@when(parsers.parse("the phone scans a QR code that holds {content}"), target_fixture="outcome")
def _(phone_setup, foreign_qr_code, content):
    return phone_setup.scan(foreign_qr_code(content))


@given("the phone has scanned the QR code")
def _(phone_setup, qr_code):
    assert not phone_setup.scan(qr_code).refused


@when("the phone scans the same QR code again", target_fixture="outcome")
def _(phone_setup, qr_code):
    return phone_setup.scan_again(qr_code)


@then("the app offers to try again")
def _(screen, cast):
    assert cast.captions.try_again in screen.choices


@then("the phone says that the QR code cannot be used")
@then("the phone says that the QR code is not one of the organisation's issuer")
def _(outcome, cast):
    assert outcome.screen.title == cast.captions.code_not_accepted


@then("the phone asks for an activation secret")
def _(phone_setup, outcome):
    assert phone_setup.asks_as_claimed(outcome)


@when("another phone of the cardholder scans the same QR code", target_fixture="outcome")
def _(journey, qr_code):
    return journey.scan_with_another_phone(qr_code)


@when("eleven minutes pass")
def _(cast):
    cast.clock.advance(timedelta(minutes=11))


@when("eight days pass")
def _(cast):
    cast.clock.advance(timedelta(days=8))
