"""Attacks on card, QR code and request."""

from pytest_bdd import given, parsers, then, when

ASKED_FOR = {
    "another person's UUID": b"urn:uuid:99999999-9999-4999-8999-999999999999",
    "the right to issue certificates": bytes.fromhex("30030101FF"),
}
"""What the extra extensions of a hostile request look like in a certificate: a name, basicConstraints with cA."""

LANGUAGES = {"TLS 1.0": "tls-1.0", "TLS 1.1": "tls-1.1", "HTTP without TLS": "plain-http"}


@when("two phones of the cardholder scan the QR code at the same moment", target_fixture="outcomes")
def _(attacks, qr_code):
    return attacks.scan_with_two_phones(qr_code)


@then("the issuer has served exactly one of them")
def _(outcomes, ledger, judge):
    refused = sum(outcome.refused for outcome in outcomes)
    judge.refusal(refused == 1, ledger.refusal(), "secret-used", instead=f"{2 - refused} phones were served")
    judge.state(ledger.secrets_used() == 1, "the secret was used up once")


@given("another phone of the cardholder has got the credential with it")
def _(journey, qr_code):
    journey.finish_with_another_phone(qr_code)


@then("an e-mail has told the cardholder about the credential")
def _(cast):
    assert any("credential" in mail.body for mail in cast.phone.mail())


@given("the kiosk has shown a newer QR code")
def _(kiosk):
    kiosk.open_home()
    kiosk.show_qr_code()


@given("the attacker has requested a certificate")
def _(attacker, ledger):
    assert not attacker.request_certificate("none").refused
    ledger.remember()


@then("the certificate holds neither that UUID nor the right to issue certificates")
def _(cast, outcome, judge):
    assert not outcome.refused
    certificate = cast.issuer.credentials_of(cast.cardholder)[-1].certificate
    taken = [what for what, sign in ASKED_FOR.items() if sign in certificate]
    where, wanted = "the issued certificate", "nothing of the request but its key"
    judge.expect("DPC-ISS-POP-02", not taken, where, wanted, " and ".join(taken))


@given("the cardholder has signed in at the kiosk where an attacker recorded the card's answers")
def _(attacks):
    assert not attacks.record_a_sign_in().refused


@when("the attacker signs in at the kiosk with the recorded answers", target_fixture="outcome")
def _(attacks):
    return attacks.replay_the_sign_in()


@when(
    "an attacker signs in at the kiosk with a copy of the cardholder's certificate on another card",
    target_fixture="outcome",
)
def _(attacks):
    return attacks.sign_in_with_a_copied_certificate()


@when("somebody types a wrong PIN at the kiosk until the card blocks it")
def _(kiosk, card_in_hand):
    for _ in range(card_in_hand.attempts_at_first):
        kiosk.sign_in(pin=card_in_hand.wrong_pin)


@then("the right PIN is not accepted at the kiosk either")
def _(kiosk, judge):
    answer = kiosk.sign_in().error
    judge.expect(
        "PIV-SRC-AUTHCERT-04", answer == "PinBlocked", "a card without tries", "no use of the right PIN", answer
    )


@when("the card is pulled out while it should sign", target_fixture="outcome")
def _(attacks):
    return attacks.pull_out_the_card()


@when(parsers.parse("a client speaks {language} to the issuer"), target_fixture="attempt")
def _(cast, language):
    return cast.old_client.knock(cast.issuer.enrolment_address, LANGUAGES[language])


@then("the issuer does not serve it")
def _(attempt, judge):
    judge.expect("DPC-ISS-CHAN-01", not attempt.accepted, "the issuer's port", "TLS 1.2 or 1.3", "it was served")


@then("the issuer serves a client that speaks TLS 1.2")
def _(cast):
    assert cast.old_client.knock(cast.issuer.enrolment_address, "tls-1.2").accepted


@when(parsers.parse("somebody signs in at the kiosk by {means}"), target_fixture="outcome")
def _(kiosk, means):
    return kiosk.sign_in_with_password("one-time code" in means)
