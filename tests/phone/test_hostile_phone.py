"""The hostile phone is a phone like any other, until it deviates; then it is the issuer that says no, and why."""

import pytest

from dpc_conformance.roles.errors import NotSupported


@pytest.fixture
def ready(stage):
    """A targeted cardholder and a hostile phone of theirs."""
    stage.target()
    return stage, stage.hostile()


REDEMPTIONS = {
    "guessed-secret": "secret-unknown",
    "another-device-key": "device-statement",
    "statement-of-another-manager": "device-statement",
    "no-statement": "device-statement",
    "expired-statement": "device-statement",
}
REQUESTS = {
    "broken-signature": "request-signature",
    "signature-of-another-key": "request-signature",
    "another-persons-name": "request-subject",
    "weak-rsa-primes": "key-weak",
    "rsa-exponent-3": "key-weak",
    "rsa-1024": "key-type",
    "curve-p521": "key-type",
    "card-key": "key-reused",
    "malformed": "request-malformed",
    "no-token": "enrolment-token",
    "guessed-token": "enrolment-token",
}


def test_without_deviation_it_gets_a_certificate(ready):
    stage, hostile = ready
    assert hostile.redeem(stage.qr()).accepted
    attempt = hostile.request_certificate()
    assert (attempt.accepted, attempt.status) == (True, 200)
    assert len(stage.issuer.credentials_of(stage.holder)) == 1


@pytest.mark.parametrize(("deviation", "reason"), REDEMPTIONS.items())
def test_a_deviating_redemption_is_refused(ready, deviation, reason):
    stage, hostile = ready
    attempt = hostile.redeem(stage.qr(), deviation)
    assert not attempt.accepted
    assert 400 <= attempt.status < 500
    assert stage.issuer.audit()[-1].reason == reason


@pytest.mark.parametrize(("deviation", "reason"), REQUESTS.items())
def test_a_deviating_request_is_refused(ready, deviation, reason):
    stage, hostile = ready
    assert hostile.redeem(stage.qr()).accepted
    attempt = hostile.request_certificate(deviation)
    assert not attempt.accepted
    assert stage.issuer.audit()[-1].reason == reason
    assert stage.issuer.credentials_of(stage.holder) == ()


def test_an_unknown_deviation_is_a_mistake_of_the_caller(ready):
    stage, hostile = ready
    with pytest.raises(LookupError):
        hostile.request_certificate()
    picture = stage.qr()
    with pytest.raises(ValueError, match="rsa-7"):
        hostile.redeem(picture, "rsa-7")
    hostile.redeem(picture)
    with pytest.raises(ValueError, match="rsa-7"):
        hostile.request_certificate("rsa-7")


def test_the_cards_key_needs_the_card(ready):
    stage, hostile = ready
    hostile.redeem(stage.qr())
    hostile.parts.requests._card_key = None
    with pytest.raises(NotSupported):
        hostile.request_certificate("card-key")


def test_its_secrets_are_not_in_the_records(ready):
    stage, hostile = ready
    hostile.redeem(stage.qr())
    assert hostile._token not in repr(stage.recorder.timeline())
