"""What happens to a credential after it was issued: second look, end of the account, renewal."""

from datetime import timedelta

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.protocols.enrolment import EnrolmentRefused
from dpc_conformance.protocols.est import EstClient
from dpc_conformance.reference.pki.naming import CRL_HOST, OCSP_HOST
from dpc_conformance.roles.reasons import Reason


def serial(certificate):
    return f"{certificate.serial_number:x}"


def test_seven_days_later_the_card_is_still_good(stage, card, phone):
    issued = stage.enrolled(card, phone)
    stage.clock.advance(timedelta(days=6, hours=23))
    assert stage.decisions("re-check") == []
    stage.clock.advance(timedelta(days=1))
    (record,) = stage.decisions("re-check")
    assert (record.subject, record.outcome) == (serial(issued), "accepted")
    assert record.at - stage.decisions("issue")[0].at == timedelta(days=7)
    assert stage.issuer.credentials_of(stage.ALEX)[0].status == "delivered"


def test_a_card_revoked_on_day_three_takes_the_credential_with_it(stage, card, phone):
    issued = stage.enrolled(card, phone)
    stage.clock.advance(timedelta(days=3))
    stage.status.revoke(card)
    stage.clock.advance(timedelta(days=4))
    (record,) = stage.decisions("re-check")
    assert (record.outcome, record.reason) == ("refused", Reason.REVOKED)
    assert stage.issuer.credentials_of(stage.ALEX)[0].status == "revoked"
    assert stage.decisions("revoke")[0].subject == serial(issued)
    recipient, subject, body = stage.mails[-1]
    assert (recipient, "revoked" in subject, serial(issued) in body) == (stage.ALEX.mail, True, True)
    assert stage.parts.renewal_judge.judge(issued).reason is Reason.REVOKED


def test_no_status_on_day_seven_is_asked_again_within_a_day(stage, card, phone):
    stage.enrolled(card, phone)
    for host in (CRL_HOST, OCSP_HOST):
        stage.status.silence(host)
    stage.clock.advance(timedelta(days=7, hours=2))
    assert {record.reason for record in stage.decisions("re-check")} == {Reason.STATUS_UNAVAILABLE}
    for host in (CRL_HOST, OCSP_HOST):
        stage.status.let_speak(host)
    stage.clock.advance(timedelta(days=1))
    assert [record.outcome for record in stage.decisions("re-check")] == ["refused"] * 3 + ["accepted"]


def test_a_status_that_never_comes_is_left_for_review(stage, card, phone):
    stage.enrolled(card, phone)
    for host in (CRL_HOST, OCSP_HOST):
        stage.status.silence(host)
    stage.clock.advance(timedelta(days=9))
    assert "for review" in stage.decisions("re-check")[-1].detail
    assert stage.decisions("re-check")[-1].at <= stage.decisions("issue")[0].at + timedelta(days=8)


def test_the_end_of_the_account_ends_its_credentials(stage, card, phone):
    issued = stage.enrolled(card, phone)
    stage.issuer.terminate_account(stage.ALEX)
    assert stage.issuer.credentials_of(stage.ALEX)[0].status == "revoked"
    assert stage.parts.renewal_judge.judge(issued).reason is Reason.REVOKED
    assert [record.action for record in stage.issuer.audit()][-3:] == ["terminate-account", "revoke", "notify"]


def renewal(stage, certificate):
    """An EST client on the certificate port with this certificate in its TLS layer."""

    def app(environ, start_response):
        environ["dpc.client_certificate"] = certificate and certificate.public_bytes(Encoding.DER)
        return stage.issuer.sign_in_app(environ, start_response)

    return EstClient(httpx.Client(transport=httpx.WSGITransport(app)), "https://issuer.dpc.example:8443")


def test_renewal_with_the_derived_certificate_and_a_new_key(stage, card, phone):
    old = stage.enrolled(card, phone)
    new = renewal(stage, old).simplereenroll(stage.request_for(stage.new_key(), card.subject))
    assert new.subject == old.subject
    assert new.public_key() != old.public_key()
    assert len(stage.mails) == 2


@pytest.mark.parametrize(
    ("usage", "own_key"), [("signature", False), ("authentication", True)], ids=["another usage", "the same key"]
)
def test_renewals_that_are_refused(stage, card, phone, usage, own_key):
    key = stage.new_key()
    old = stage.enrolled(card, phone, key)
    with pytest.raises(EnrolmentRefused) as caught:
        renewal(stage, old).simplereenroll(stage.request_for(key if own_key else stage.new_key()), usage)
    assert caught.value.reason == (Reason.KEY_REUSED if own_key else Reason.TOKEN)
    assert stage.last_refusal().action == "renew"


def test_renewal_with_the_card_with_nothing_or_with_a_revoked_certificate(stage, card, phone):
    old = stage.enrolled(card, phone)
    stage.status.revoke(old)
    for certificate, reason in ((card, Reason.POLICY), (None, Reason.NO_CERTIFICATE), (old, Reason.REVOKED)):
        with pytest.raises(EnrolmentRefused) as caught:
            renewal(stage, certificate).simplereenroll(stage.request_for(stage.new_key()))
        assert caught.value.reason == reason
