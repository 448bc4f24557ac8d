"""What ends while a certificate is being signed takes the certificate with it: nobody gets it, and it is revoked."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.evidence.lifecycle import AgencyNotice
from dpc_conformance.protocols.enrolment import EnrolmentRefused
from dpc_conformance.roles.reasons import Reason


class Signing:
    """The way to the certification authority; `meanwhile` happens while a certificate is being signed."""

    def __init__(self, stage, meanwhile):
        self.made, self._certify, self._meanwhile = [], stage.parts.signer.certify, meanwhile

    def certify(self, *request):
        self.made.append(self._certify(*request))
        self._meanwhile()
        return self.made[-1]


@pytest.fixture
def refused(stage, card, phone):
    """How a request ended during which that happened, and the certificate that was signed for it."""

    def request(meanwhile):
        token = stage.redeem(stage.qr_code(card), phone).token
        signing = Signing(stage, meanwhile)
        stage.parts.signer.certify = signing.certify
        with pytest.raises(EnrolmentRefused) as caught:
            stage.est(token).simpleenroll(stage.request_for(stage.new_key()))
        [certificate] = signing.made
        return caught.value.reason, certificate

    return request


def tell(stage, kind, account, subject):
    stage.parts.backend.announce(AgencyNotice(stage.clock.now(), kind, account, subject))
    stage.parts.maintenance.watch.read()


def expect_that_nobody_has_it(stage, certificate):
    assert stage.issuer.credentials_of(stage.ALEX) == ()
    assert [each.outcome for each in stage.decisions("issue")] == ["refused"]
    assert stage.mails == []
    assert stage.parts.renewal_judge.judge(certificate).reason is Reason.REVOKED
    assert [record.subject for record in stage.decisions("revoke")] == [f"{certificate.serial_number:x}"]
    stage.clock.advance(timedelta(days=8))
    assert stage.decisions("re-check") == []


def test_an_account_that_is_terminated(stage, refused):
    reason, certificate = refused(lambda: stage.issuer.terminate_account(stage.ALEX))
    assert reason == Reason.ACCOUNT_TERMINATED
    expect_that_nobody_has_it(stage, certificate)


def test_an_account_that_is_terminated_before_the_agency_tells(stage, refused):
    reason, certificate = refused(lambda: stage.issuer.lose_eligibility(stage.ALEX))
    assert reason == Reason.ACCOUNT_TERMINATED
    expect_that_nobody_has_it(stage, certificate)


@pytest.mark.parametrize("kind", ["device-lost", "device-collected", "device-reassigned"])
def test_a_phone_that_is_lost_or_given_back(stage, refused, phone, kind):
    reason, certificate = refused(lambda: tell(stage, kind, stage.ALEX.account, phone.device_id))
    assert reason == Reason.TOKEN
    expect_that_nobody_has_it(stage, certificate)
    assert [record.subject for record in stage.decisions("withdraw")] == [f"device {phone.device_id}"]


def test_another_phone_that_is_lost_is_of_no_concern(stage, card, phone):
    token = stage.redeem(stage.qr_code(card), phone).token
    tell(stage, "device-lost", stage.ALEX.account, "another phone")
    assert stage.est(token).simpleenroll(stage.request_for(stage.new_key()))
    assert stage.decisions("withdraw") == []


@pytest.mark.parametrize("kind", ["device-lost", "not-needed"])
def test_what_was_begun_before_is_worth_nothing_afterwards(stage, card, phone, kind):
    token = stage.redeem(stage.qr_code(card), phone).token
    tell(stage, kind, stage.ALEX.account, phone.device_id)
    with pytest.raises(EnrolmentRefused) as caught:
        stage.est(token).simpleenroll(stage.request_for(stage.new_key()))
    assert caught.value.reason == Reason.TOKEN


def test_a_code_that_a_compromised_card_authorised_is_worth_nothing(stage, card, phone):
    code = stage.qr_code(card)
    stage.parts.revocations.of_card(card.public_bytes(Encoding.DER), "keyCompromise", "the card was stolen")
    with pytest.raises(EnrolmentRefused) as caught:
        stage.redeem(code, phone)
    assert caught.value.reason == Reason.SECRET_EXPIRED


def test_a_phone_that_is_lost_between_its_token_and_its_place(stage, card, phone):
    token = stage.redeem(stage.qr_code(card), phone).token
    read = stage.parts.requests.read

    def slowly(*request):
        tell(stage, "device-lost", stage.ALEX.account, phone.device_id)
        return read(*request)

    stage.parts.requests.read = slowly
    with pytest.raises(EnrolmentRefused) as caught:
        stage.est(token).simpleenroll(stage.request_for(stage.new_key()))
    assert caught.value.reason == Reason.TOKEN
    assert stage.issuer.credentials_of(stage.ALEX) == ()


def test_a_place_that_was_withdrawn_stays_so_after_a_restart(stage, card, phone):
    token, request = stage.redeem(stage.qr_code(card), phone).token, stage.request_for(stage.new_key())

    def cut(*_):
        tell(stage, "device-lost", stage.ALEX.account, phone.device_id)
        raise ConnectionAbortedError

    stage.parts.signer.certify = cut
    with pytest.raises(EnrolmentRefused, match="500"):
        stage.est(token).simpleenroll(request)
    stage.restart()
    with pytest.raises(EnrolmentRefused) as caught:
        stage.est(token).simpleenroll(request)
    assert caught.value.reason == Reason.TOKEN
    assert stage.issuer.credentials_of(stage.ALEX) == ()
