"""The installed credential signs in at the relying party, once for each entry of the activation secret."""

from datetime import timedelta

import pytest
from cryptography import x509

from dpc_conformance.evidence.records import HttpExchange
from dpc_conformance.reference.phone import captions
from dpc_conformance.roles.phone import WrongActivationSecret

APPLICATION = "https://app.dpc.example:8443/"
SECRET = "plum-orbit-42"


@pytest.fixture
def ready(stage):
    stage.whole_journey()
    return stage


def test_the_right_secret_signs_in(ready):
    screen = ready.phone.open_with_credential(APPLICATION, SECRET)
    assert (screen.status, screen.title) == (200, "Example Agency Application")
    assert screen.text.endswith("Welcome, Alex Archer.")
    (record,) = ready.application.audit()
    assert (record.actor, record.outcome) == (ready.holder.account, "accepted")
    exchange = ready.recorder.of(HttpExchange)[-1]
    assert exchange.tls.client_certificate == ready.phone.credentials()[0].certificate


def test_unlocking_the_phone_is_not_activation(ready):
    ready.phone.unlock("271828")
    screen = ready.phone.open_with_credential(APPLICATION, None)
    assert screen.title == captions.ACTIVATE
    with pytest.raises(WrongActivationSecret):
        ready.phone.open_with_credential(APPLICATION, "271828")
    assert ready.application.audit() == ()


def test_a_wrong_passcode_does_not_unlock(ready):
    with pytest.raises(ValueError, match="passcode"):
        ready.phone.unlock("000000")
    assert not ready.phone.unlocked


def test_without_a_credential_there_is_nothing_to_open_with(stage):
    with pytest.raises(LookupError):
        stage.phone.open_with_credential(APPLICATION, SECRET)


def test_a_revoked_credential_is_refused_with_the_reason_in_the_audit(ready):
    ready.status.revoke(ready.phone.credentials()[0].certificate)
    screen = ready.phone.open_with_credential(APPLICATION, SECRET)
    assert screen.status == 403
    assert "revoked" in screen.text
    assert ready.application.audit()[-1].reason == "revoked"


def test_an_expired_credential_is_refused(ready):
    certificate = x509.load_der_x509_certificate(ready.phone.credentials()[0].certificate)
    ready.clock.advance(certificate.not_valid_after_utc - ready.clock.now() + timedelta(seconds=1))
    assert ready.phone.open_with_credential(APPLICATION, SECRET).status == 403
    assert ready.application.audit()[-1].reason == "expired"
