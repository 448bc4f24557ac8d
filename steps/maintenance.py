"""A derived credential that lives on: re-key, correction, suspension."""

from datetime import timedelta

from pytest_bdd import given, parsers, then, when

REKEYS = {"without a certificate": "no-certificate", "with a name and a password": "password"}


@when("the phone replaces the derived credential", target_fixture="outcome")
@given("the phone has replaced the derived credential", target_fixture="outcome")
def _(maintenance, ledger):
    outcome = maintenance.rekey()
    ledger.remember()
    return outcome


@when("the phone tries to replace the derived credential", target_fixture="outcome")
def _(maintenance):
    return maintenance.rekey()


@then("the phone holds a certificate for a new key")
def _(outcome, cast):
    assert not outcome.refused, outcome
    assert len([held for held in cast.phone.credentials() if held.usage == "authentication"]) == 1


@then("whatever changed something went through a session that both ends had authenticated")
def _(judge):
    judge.flow("DPC-LC-REMOTE-01")


@then("everything was encrypted")
def _(judge):
    judge.flow("DPC-LC-REMOTE-02")


@when("the phone tries to replace the derived credential while somebody changes a byte on the way")
def _(maintenance):
    maintenance.rekey_over_damaged_wire()


@then("nobody goes on with what was changed")
def _(judge):
    judge.flow("DPC-LC-REMOTE-02")


@given("the agency no longer holds the cardholder eligible for a PIV credential")
def _(cast):
    cast.issuer.lose_eligibility(cast.cardholder)


@given("the derived credential has expired")
def _(cast, maintenance):
    _, end = maintenance.validity()
    cast.clock.advance(end - cast.clock.now() + timedelta(days=1))


@given("the derived credential was revoked")
def _(maintenance):
    maintenance.revoke()


@given(parsers.parse("the identity of the cardholder was last proofed {years:d} years ago"))
def _(cast, years):
    cast.issuer.record_proofing(cast.cardholder, cast.clock.now() - timedelta(days=366 * years))


@then("the identity was proofed in the twelve years before each certificate")
def _(judge):
    judge.flow("DPC-LC-REKEY-04")


@when(
    parsers.parse("an attacker asks for a new certificate in place of the cardholder's {how}"), target_fixture="outcome"
)
def _(attacker, how):
    return attacker.rekey(REKEYS[how])


@when("four fifths of the certificate's lifetime have passed")
def _(maintenance):
    maintenance.pass_part_of_lifetime(0.8)


@when(parsers.parse("{percent:d} percent of the certificate's lifetime have passed"))
def _(maintenance, news, percent):  # noqa: ARG001  what was told before is not new
    maintenance.pass_part_of_lifetime(percent / 100)


@then("nobody has asked the cardholder for anything")
def _(news):
    assert news.since_last_look() == news.one("in no way")


@then(parsers.re("the cardholder is asked once to renew, (?P<ways>in the app only|by e-mail only)"))
def _(news, ways):
    assert news.since_last_look() == news.one(ways)


@when("the holder does nothing until the certificate has expired")
def _(maintenance):
    maintenance.let_it_expire()


@then("nothing was issued without a new request")
def _(ledger, judge):
    expected = "no certificate without a new request of the holder, with the card"
    judge.expect("DPC-LC-REKEY-07", ledger.nothing_issued(), "the issuer's audit record", expected)


@when("the cardholder repeats the whole request with the card")
def _(maintenance):
    maintenance.renew_with_card()


@then("the new credential has taken the place of the former one")
def _(judge):
    judge.flow("DPC-LC-REKEY-07")


@when("the cardholder's name changes in the PIV identity account")
def _(maintenance):
    maintenance.change_name()


@then("the certificate shows the name in the account and the former one is revoked")
@then("no certificate with the former name is good any more")
def _(public_status, judge):
    public_status.look()
    judge.flow("DPC-LC-MOD-01")


@when('the PIV Card is reissued with "(affiliate)" behind the name')
def _(lifecycle):
    lifecycle.card_is_replaced("affiliate")


@then("the certificate shows the name on the new card and the former one is revoked")
def _(public_status, judge):
    public_status.look()
    judge.flow("DPC-LC-MOD-03")


@when("thirty-one days pass")
def _(cast):
    cast.clock.advance(timedelta(days=31))


@given("the derived credential is suspended")
def _(maintenance):
    maintenance.suspend()


@given("the next CRL is out")
@when("the next CRL is out")
def _(maintenance):
    maintenance.wait_for_crl()


@then("the CRL has shown a hold with its reason and shows nothing any more")
def _(maintenance):
    maintenance.judge_holds()


@when("the longest suspension is over")
def _(maintenance):
    maintenance.pass_longest_suspension()
    maintenance.look_at_crl()


@given("the derived credential expires in ten days")
def _(cast, maintenance):
    _, end = maintenance.validity()
    cast.clock.advance(end - timedelta(days=10) - cast.clock.now())


@when("the certificate has expired")
def _(cast, maintenance):
    _, end = maintenance.validity()
    cast.clock.advance(end - cast.clock.now() + timedelta(hours=1))
    maintenance.look_at_crl()


@then("the suspension has become a revocation")
@then("the suspension ended before the certificate did")
def _(judge):
    judge.flow("DPC-LC-SUSP-02")


@when("the phone tries to end the suspension with the suspended credential", target_fixture="outcome")
def _(maintenance):
    return maintenance.restore_with_suspended_credential()


@then("the issuer does not end the suspension")
def _(outcome, ledger, judge, maintenance):
    judge.refusal(outcome.refused, ledger.refusal())
    judge.state(maintenance.look_at_crl() is not None, "the certificate is still on hold")


@when("the cardholder ends the suspension with the card", target_fixture="outcome")
def _(maintenance, card_in_hand):
    return maintenance.restore_with_card(card_in_hand.pin)


@then("the suspension has ended")
def _(outcome, maintenance):
    assert not outcome.refused, outcome
    assert maintenance.look_at_crl() is None
