"""Keys that the issuer makes: into escrow, to the phone, and gone."""

from pytest_bdd import given, then, when


@given("the phone has redeemed a QR code")
def _(journey, ledger):
    assert not journey.redeem().refused
    ledger.remember()


@given("the key escrow does not answer")
def _(cast):
    cast.issuer.escrow.go_offline()


@when("the phone fetches its credentials", target_fixture="outcome")
def _(key_delivery):
    return key_delivery.fetch()


@then("the issuance is refused because the key escrow is not available")
def _(outcome, ledger, judge):
    judge.refusal(outcome.refused, ledger.refusal(), "escrow-unavailable")


@then("no key management certificate was issued")
def _(key_delivery, judge):
    judge.state(not key_delivery.certified(), "no key management certificate was issued")


@then("the key management key was in escrow before its certificate was issued")
def _(key_recovery):
    key_recovery.judge("DPC-KM-ESCROW-01")


@then("the subscriber was told that the encryption key is kept in escrow")
def _(key_recovery, cast):
    cast.phone.mail()
    key_recovery.judge("DPC-KM-ESCROW-03")


@then("the key came to an authenticated phone, protected as strongly as the key itself")
def _(key_recovery):
    key_recovery.judge("DPC-ISS-KEY-05")


@then("the issuer keeps no copy of the delivered key")
def _(key_recovery):
    key_recovery.judge("DPC-ISS-KEY-06")


@given("it has fetched and acknowledged the key management key")
def _(attacker, ledger):
    assert not attacker.fetch_key().refused
    ledger.remember()


@when("it fetches the key management key again", target_fixture="outcome")
def _(attacker):
    return attacker.fetch_key()


@then("the second answer holds no key")
def _(outcome, judge):
    judge.state(outcome.refused, "no key was handed out a second time")
