"""What happens to accounts, cards and phones after the enrolment."""

from datetime import timedelta

from pytest_bdd import given, parsers, then, when


@given("the cardholder has a derived credential on another phone, too")
def _(journey):
    journey.enrol_another_phone()


@when("the agency terminates the PIV identity account")
def _(lifecycle):
    lifecycle.tell("account-terminated")


@when(parsers.re("the agency terminates the card because of (?P<reason>.+)"))
def _(lifecycle, reason):
    lifecycle.card_ends(reason)


@when("the agency terminates the card after a decision against the cardholder's will")
def _(lifecycle):
    lifecycle.card_ends_after_a_case()


@given("the PIV Authentication certificate on the card is revoked")
@when("the PIV Authentication certificate on the card is revoked")
def _(card_in_hand):
    card_in_hand.revoke()


@given("the cardholder has got a new card for the same account")
@when("the cardholder gets a new card for the same account")
def _(lifecycle):
    lifecycle.card_is_replaced()


@when("the agency reports the card as lost")
def _(lifecycle):
    lifecycle.tell("card-lost", lifecycle.card)


@when("the agency reports that the key of the card may have been used by somebody else since yesterday")
def _(lifecycle):
    lifecycle.card_was_compromised()


@when("the agency decides that the cardholder no longer needs a derived credential")
def _(lifecycle):
    lifecycle.tell("not-needed")


@when("the agency reports the phone as lost")
def _(lifecycle):
    lifecycle.device("device-lost")


@when("the phone is given back and wiped")
def _(lifecycle):
    lifecycle.device("device-collected")


@when("the phone is to go to another person")
def _(lifecycle):
    lifecycle.device("device-reassigned")


@when("the cardholder signs in at the kiosk and reports the phone as lost")
def _(lifecycle):
    lifecycle.holder_reports_phone()


@when("a security officer asks for the revocation of a certificate")
def _(lifecycle):
    assert not lifecycle.officer_asks().refused


@when("somebody who does not authenticate asks for the revocation of a certificate", target_fixture="outcome")
def _(lifecycle):
    return lifecycle.nobody_asks()


@when(
    parsers.re("a security officer asks for a revocation without the (?P<what>serial number|reason)"),
    target_fixture="outcome",
)
def _(lifecycle, what):
    return lifecycle.officer_forgets(what)


@when("eighteen hours pass")
def _(cast):
    cast.clock.advance(timedelta(hours=18))


@when("four days pass")
def _(cast):
    cast.clock.advance(timedelta(days=4))


@when("a security officer confirms the recent bindings")
def _(lifecycle):
    lifecycle.officer_closes_reviews()


@then(
    parsers.re(
        "(?:every derived credential|what is on that phone and nothing else|that certificate) is revoked"
        "|every derived credential is still good|the cardholder is told"
    )
)
def _(lifecycle, judge):
    lifecycle.look_at_everything()
    judge.flow()


@then(
    parsers.re(
        "the audit record shows (?:the case in every revocation|an unbroken watch and the end of the account"
        "|that nobody waited with the revocation|that each recent binding was reviewed"
        "|a disposition of each credential that the key authorised since|requester, certificate, issuer and reason)"
    )
)
def _(judge):
    judge.flow()


@then("the issuer knows the card behind each derived credential, and that the card has ended")
def _(lifecycle, judge):
    judge.flow("DPC-LC-LINK-02", facts=lifecycle.facts_with_links())


@then("no certificate is revoked")
def _(public_status, judge):
    judge.state(public_status.all_good(), "every certificate is still good")


@then("the key store of the phone holds no key of a revoked certificate")
def _(lifecycle, judge):
    lifecycle.look_at_everything()
    lifecycle.look_into_key_store()
    judge.flow("DPC-LC-DESTROY-01")


@then("every certificate on the phone is revoked, that of the archived key included")
def _(lifecycle, public_status, judge):
    lifecycle.look_at_everything()
    judge.flow("DPC-ISS-7DAY-01")
    judge.expect("DPC-ISS-7DAY-01", public_status.none_good(), "OCSP and CRL", "each certificate on the phone revoked")


@given("the certificate on the card is in its last year")
def _(lifecycle):
    lifecycle.wait_for_the_last_year_of_the_card()


@when("the certificate on the card has expired")
def _(lifecycle):
    lifecycle.wait_for_the_end_of_the_card()
