"""What happens at a kiosk whose workstation reads the data on the card."""

from pytest_bdd import given, parsers, then

KINDS = {
    "whose CHUID expired yesterday": "chuid-expired",
    "whose CHUID was altered after it was signed": "chuid-altered",
    "with the CHUID of another card": "chuid-of-another-card",
    "with another UUID in its CHUID": "chuid-with-another-uuid",
    "whose CHUID the cardholder signed": "chuid-signed-by-cardholder",
    "whose Security Object the cardholder signed": "security-object-signed-by-cardholder",
    "with an object that was altered": "object-altered",
    "whose biometrics counted until yesterday": "biometrics-expired",
    "whose biometrics end before the card": "biometrics-end-first",
    "whose content signer ends before its certificates": "content-signer-ends-first",
    "whose Card Authentication certificate is revoked": "card-authentication-revoked",
}


@given("the kiosk reads the card")
def _(reading_kiosk):
    reading_kiosk.begin()


@given("the data on the cardholder's own card are good")
def _(reading_kiosk):
    reading_kiosk.try_own_card()


@given(parsers.re(f"a card (?P<state>{'|'.join(KINDS)})"))
def _(card_in_hand, state):
    card_in_hand.take(KINDS[state])


@then("the issuer has found the data on the card good")
def _(reading_kiosk):
    assert reading_kiosk.has_read()
