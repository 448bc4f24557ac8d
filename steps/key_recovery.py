"""Keys in escrow, and who gets them back."""

from datetime import timedelta

from pytest_bdd import given, parsers, then, when

REASONS = {
    "the key is that of another subscriber": "key-of-another-subscriber",
    "the credential is of lower assurance than the key": "assurance-too-low",
    "there is no certificate": "no-certificate",
    "the account has no address": "no-address",
    "a second agent has to approve": "second-agent-missing",
    "no module of the device vouches for the key": "key-attestation",
}


@given("an earlier key of the cardholder is in escrow", target_fixture="earlier_key")
def _(key_recovery):
    return key_recovery.earlier_key()


@given("a key is in escrow whose certificate expired 364 days ago", target_fixture="expired_key")
def _(key_recovery):
    return key_recovery.earlier_key(expired=timedelta(days=364))


@given("the cardholder has recovered the earlier key with it")
def _(key_recovery, earlier_key):
    assert not key_recovery.recover(earlier_key).refused
    key_recovery.wait()
    key_recovery.remember()


@given("the account has no e-mail address any more")
def _(cast):
    cast.issuer.escrow.forget_address(cast.cardholder)


@given("two key recovery agents have released it once")
def _(key_recovery, earlier_key):
    assert not key_recovery.release_by_two(earlier_key).refused
    key_recovery.remember()


@when("the phone recovers every key that the escrow offers")
def _(key_recovery):
    key_recovery.recover_all()


@when("the cardholder opens the mail that was encrypted to each key")
def _(key_recovery):
    key_recovery.read_all_mail()


@when("the phone asks for the earlier key", target_fixture="outcome")
def _(key_recovery, earlier_key):
    return key_recovery.recover(earlier_key)


@when("the phone asks for the expired key", target_fixture="outcome")
def _(key_recovery, expired_key):
    return key_recovery.recover(expired_key)


@when("the phone asks for the key of a colleague", target_fixture="outcome")
def _(key_recovery):
    return key_recovery.recover(key_recovery.key_of_a_colleague())


@when("the phone asks for a key of the cardholder that was certified for hardware", target_fixture="outcome")
def _(key_recovery):
    return key_recovery.recover(key_recovery.earlier_key(hardware=True))


@when("the phone asks for the earlier key without a credential", target_fixture="outcome")
def _(key_recovery, earlier_key):
    return key_recovery.recover(earlier_key, None)


@when("one agent alone approves another release, twice", target_fixture="outcome")
def _(key_recovery, earlier_key):
    return key_recovery.release_by_one(earlier_key)


@when("two key recovery agents release it")
def _(key_recovery, earlier_key):
    key_recovery.release_by_two(earlier_key)


@then(parsers.parse("the recovery is refused because {reason}"))
def _(outcome, ledger, judge, reason):
    judge.refusal(outcome.refused, ledger.refusal(), REASONS[reason])


@then("no key left the escrow")
def _(key_recovery, judge):
    judge.state(key_recovery.nothing_left_the_escrow(), "no key left the escrow")


@then("each key on the phone belongs to the certificate beside it")
def _(key_recovery):
    key_recovery.judge("DPC-KM-MATCH-01")


@then("the current key and the earlier ones are on the phone")
def _(key_recovery):
    key_recovery.judge("DPC-KM-REC-07")


@then("the key came in an envelope and in TLS, each as strong as the key")
def _(key_recovery):
    key_recovery.judge("DPC-KM-REC-04")


@then("a key was recovered whose certificate expired almost a year ago")
def _(key_recovery):
    key_recovery.judge("DPC-KM-ESCROW-02")


@then("an e-mail told the subscriber of each attempt")
def _(key_recovery):
    key_recovery.judge("DPC-KM-REC-03")


@then("each release was approved by two agents before")
def _(key_recovery):
    key_recovery.judge("DPC-KM-REC-05")


@then("the escrow holds no key of an authentication or signature certificate")
def _(key_recovery):
    key_recovery.judge("DPC-SIG-ESCROW-01", "DPC-ACT-ARCHIVE-01")
