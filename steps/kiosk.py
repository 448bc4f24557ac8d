"""What happens at the issuer's kiosk: sign-in, request, QR code."""

from pytest_bdd import given, then, when

from dpc_conformance.roles.workstation import CARD_AUTHENTICATION


@given("the cardholder has signed in at the kiosk with the card and its PIN", target_fixture="outcome")
@when("the cardholder signs in at the kiosk with the card and its PIN", target_fixture="outcome")
@when("the cardholder signs in at the kiosk again", target_fixture="outcome")
@when("somebody signs in at the kiosk with that card", target_fixture="outcome")
def _(kiosk):
    return kiosk.sign_in()


@when("somebody without a card opens the kiosk's certificate sign-in", target_fixture="outcome")
def _(kiosk):
    return kiosk.sign_in_without_certificate()


@when("the cardholder signs in at the kiosk with the Card Authentication key", target_fixture="outcome")
def _(kiosk):
    return kiosk.sign_in(key_reference=CARD_AUTHENTICATION)


@when("the phone opens the kiosk's certificate sign-in with the derived credential", target_fixture="outcome")
def _(kiosk, activation):
    return kiosk.sign_in_with_derived_credential(activation)


@then("the kiosk shows the cardholder's home page")
def _(outcome, cast):
    assert not outcome.refused
    assert cast.cardholder.common_name in outcome.screen.text


@then("the address that ended the sign-in does not sign in anybody else")
def _(kiosk, judge):
    works = kiosk.signed_in_address_works_elsewhere()
    judge.expect("DPC-ISS-PKIAUTH-05", not works, "the address that ended the sign-in", "of no use to anybody else")


@when("the cardholder chooses to request the ID", target_fixture="page")
def _(kiosk):
    return kiosk.request()


@then("the kiosk asks which profile to issue")
def _(page):
    assert "Activate with a mobile credential" in page.text


@when("the cardholder chooses the profile that activates with a mobile credential", target_fixture="qr_code")
def _(kiosk):
    return kiosk.show_qr_code()


@given("the cardholder has signed in at the kiosk and got a QR code", target_fixture="qr_code")
def _(kiosk):
    return kiosk.sign_in_and_show_qr_code()


@given("the cardholder has signed in at the kiosk anew and got another QR code")
def _(kiosk):
    kiosk.sign_in_and_show_qr_code()


@given("the cardholder has reported that phone as lost at the kiosk")
def _(kiosk):
    kiosk.report_newest_phone()


@given("the cardholder has as many derived credentials as the issuer allows")
def _(credential_limit):
    credential_limit.reach()


@when("the cardholder asks for a further one at the kiosk", target_fixture="outcome")
def _(credential_limit):
    return credential_limit.ask_for_more()


@then("the issuer refuses it where it sets a limit")
def _(credential_limit, outcome):
    credential_limit.judge(outcome)


@then("the kiosk shows a QR code again after one of them was revoked")
def _(credential_limit):
    credential_limit.ask_after_a_revocation()


@given("the kiosk shows a QR code to another person", target_fixture="qr_code")
def _(kiosk, card_in_hand):
    card_in_hand.take("another-person")
    return kiosk.sign_in_and_show_qr_code()


@given("another issuer's kiosk shows a QR code", target_fixture="qr_code")
def _(kiosk):
    return kiosk.show_qr_code_of_another_issuer()


@then("the kiosk shows a QR code")
def _(qr_code, judge):
    assert qr_code.picture
    judge.flow("DPC-ISS-MULTI-01")


@then("the QR code carries the issuer's https address and a binding secret of at least 112 bits")
def _(qr_code, kiosk, cast, judge):
    judge.check(["DPC-ISS-MULTI-02"], kiosk.read(qr_code))
    assert kiosk.read(qr_code).address == cast.issuer.enrolment_address


@when("the cardholder asks for a QR code twice")
def _(kiosk):
    kiosk.show_qr_code()
    kiosk.open_home()
    kiosk.show_qr_code()


@when("the cardholder asks for the credential without accepting the obligations", target_fixture="outcome")
def _(kiosk):
    return kiosk.request_without_obligations()


@when("the cardholder signs in with the card where an impostor answers in the kiosk's place", target_fixture="outcome")
def _(kiosk):
    return kiosk.sign_in_at_impostor()
