"""What happens to the card, and with its keys outside TLS."""

from datetime import timedelta

from pytest_bdd import given, parsers, then, when

KINDS = {
    "expired": "expired",
    "not yet valid": "not-yet-valid",
    "issued by an unknown CA": "unknown-ca",
    "revoked": "revoked",
    "suspended": "suspended",
    "altered after it was signed": "broken-signature",
}


@given("the cardholder has typed the PIN of the card")
def _(card_keys):
    card_keys.verify_pin()


@when("the card signs a challenge with the PIV Authentication key")
@when("the PIV Authentication key is used before the PIN was typed")
def _(card_keys):
    card_keys.use(0x9A)


@when("the Card Authentication key is used before the PIN was typed")
def _(card_keys):
    card_keys.use(0x9E)


@then("the signature verifies under the PIV Authentication certificate")
def _(judge):
    judge.flow("PIV-SRC-AUTHCERT-02")


@then("the card answers that the security status is not satisfied")
def _(card_keys, judge):
    status = card_keys.last_status
    judge.expect("PIV-SRC-AUTHCERT-03", status == 0x6982, "key 9A before the PIN", "6982", f"{status:04X}")


@then("the same use succeeds after the PIN was typed")
def _(card_keys, judge):
    card_keys.verify_pin()
    card_keys.use(0x9A)
    judge.flow("PIV-SRC-AUTHCERT-03")


@then("the signature verifies under the Card Authentication certificate")
def _(judge):
    judge.flow("PIV-SRC-CARDAUTH-02")


@given("the card is revoked")
def _(card_in_hand):
    card_in_hand.revoke()


@given("a card whose PIV Authentication key does not belong to its certificate")
def _(card_in_hand):
    card_in_hand.take("key-mismatch")


@given(parsers.parse("a card whose PIV Authentication certificate is {state}"))
def _(card_in_hand, state):
    card_in_hand.take(KINDS[state])


@given("a card whose status services do not answer")
def _(card_in_hand):
    card_in_hand.take("no-status")


@given("a PIV-I card")
def _(card_in_hand):
    card_in_hand.take("piv-i")


@given("the card is revoked three days later")
def _(cast, card_in_hand):
    cast.clock.advance(timedelta(days=3))
    card_in_hand.revoke()


@then("the card signed nothing")
def _(card_keys, judge):
    judge.expect("DPC-ISS-CHAN-01", not card_keys.used_in_tls(), "the APDU transcript", "no use of key 9A")
