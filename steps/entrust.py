"""What only the journey at Entrust's issuer has: IdentityGuard instead of a kiosk, and a password under the QR code."""

from dataclasses import replace

from pytest_bdd import given, parsers, then, when


@when("the cardholder opens IdentityGuard and looks for the sign-in with a smart credential")
def _(identity_guard):
    assert identity_guard.offers_sign_in()


@when("the cardholder picks the PIV Authentication certificate and types the PIN of the card", target_fixture="outcome")
def _(identity_guard):
    return identity_guard.sign_in()


@when("somebody picks the PIV Authentication certificate at IdentityGuard and types no PIN", target_fixture="outcome")
def _(identity_guard):
    return identity_guard.sign_in_without_pin()


@then("IdentityGuard shows a list of actions")
def _(identity_guard, outcome):
    assert not outcome.refused
    assert identity_guard.lists_actions()


@when("the cardholder asks for a derived mobile smart credential and confirms that the app is installed")
def _(kiosk):
    kiosk.request()


@when("the cardholder gives the credential a name and goes on", target_fixture="qr_code")
def _(kiosk):
    return kiosk.describe()


@given("the cardholder has signed in at IdentityGuard and got a QR code with a password", target_fixture="qr_code")
def _(kiosk):
    code = kiosk.sign_in_and_show_qr_code()
    assert code.password
    return code


@given("another person has signed in at IdentityGuard and got a QR code with a password")
def _(identity_guard):
    identity_guard.get_another_persons_code()


@then("IdentityGuard shows a QR code with a password under it")
def _(qr_code, judge):
    assert qr_code.password
    judge.flow("DPC-ISS-MULTI-01")


@then("the QR code and the password hold a binding secret of at least 112 bits")
def _(qr_code, kiosk, judge):
    judge.check(["DPC-ISS-MULTI-02"], kiosk.read(qr_code))


@then("the password does not stand in the QR code")
def _(identity_guard, qr_code):
    assert not identity_guard.password_in_code(qr_code)


@when("the cardholder asks for another QR code at IdentityGuard")
def _(identity_guard):
    assert identity_guard.another_code().told_password


@then("neither the secret in the code nor the password is as before")
def _(judge):
    judge.flow("DPC-ISS-MULTI-01")


@given("the phone has read the QR code of the cardholder")
def _(phone_setup, qr_code):
    phone_setup.open_scanner()
    assert phone_setup.asks_password(phone_setup.phone.scan(qr_code.picture))


@when("the cardholder holds the camera at the QR code", target_fixture="screen")
def _(cast, qr_code):
    return cast.phone.scan(qr_code.picture)


@when("the cardholder types the password under the QR code", target_fixture="outcome")
def _(identity_guard, qr_code):
    return identity_guard.type_password(qr_code)


@when(parsers.re("the cardholder types a password that (?P<whose>.+)"), target_fixture="outcome")
def _(identity_guard, qr_code, whose):
    return identity_guard.type_password(qr_code, whose)


@then("the phone asks for the password again, and goes on with the right one")
def _(phone_setup, identity_guard, outcome, qr_code):
    assert phone_setup.asks_password(outcome.screen)
    assert not identity_guard.type_password(qr_code).refused


@when("an attacker presents the secret of the QR code without the password", target_fixture="outcome")
def _(attacker, qr_code):
    return attacker.redeem(replace(qr_code, password=""))


@when("the phone scans a copy of the QR code that asks for no password", target_fixture="outcome")
def _(phone_setup, qr_code_without_mark, qr_code):
    return phone_setup.scan(qr_code_without_mark(qr_code))


@then("IdentityGuard lists the credential under its name")
def _(identity_guard):
    assert identity_guard.lists_identity()
