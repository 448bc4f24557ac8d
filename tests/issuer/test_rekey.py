"""A credential that is replaced in place: what becomes of the former one, and what is not granted twice."""

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from dpc_conformance.protocols.enrolment import EnrolmentRefused
from dpc_conformance.protocols.est import EstClient
from dpc_conformance.protocols.rekey import RekeyClient
from dpc_conformance.roles.reasons import Reason

ADDRESS = "https://issuer.dpc.example/enrol"


def over_tls(stage, certificate):
    """A client on the certificate port that proved possession of this certificate's key."""

    def app(environ, start_response):
        environ["dpc.client_certificate"] = certificate.public_bytes(Encoding.DER)
        return stage.issuer.sign_in_app(environ, start_response)

    return httpx.Client(transport=httpx.WSGITransport(app))


def rekeyed(stage, certificate, key=None):
    est = EstClient(over_tls(stage, certificate), "https://issuer.dpc.example:8443")
    return est.simplereenroll(stage.request_for(key or stage.new_key()))


def states(stage):
    return [each.status for each in stage.issuer.credentials_of(stage.ALEX)]


def test_the_former_certificate_goes_when_the_new_one_has_arrived(stage, card, phone):
    old = stage.enrolled(card, phone)
    new = rekeyed(stage, old)
    assert states(stage) == ["delivered", "signed"]
    RekeyClient(over_tls(stage, new), ADDRESS).acknowledge()
    assert states(stage) == ["revoked", "delivered"]
    assert stage.parts.renewal_judge.judge(old).reason is Reason.REVOKED
    assert stage.parts.renewal_judge.judge(new) is None


def test_an_answer_that_was_lost_is_given_again_and_nothing_else(stage, card, phone):
    old, key = stage.enrolled(card, phone), stage.new_key()
    est = EstClient(over_tls(stage, old), "https://issuer.dpc.example:8443")
    request = stage.request_for(key)
    assert est.simplereenroll(request) == est.simplereenroll(request)
    with pytest.raises(EnrolmentRefused) as caught:
        rekeyed(stage, old)
    assert caught.value.reason == Reason.TOKEN


def test_a_replaced_certificate_starts_no_further_rekey(stage, card, phone):
    old = stage.enrolled(card, phone)
    RekeyClient(over_tls(stage, rekeyed(stage, old)), ADDRESS).acknowledge()
    with pytest.raises(EnrolmentRefused) as caught:
        rekeyed(stage, old)
    assert caught.value.reason == Reason.REVOKED


def test_a_rekey_long_after_the_sign_in_is_no_way_around_the_limit(stage, card, phone):
    certificate = stage.enrolled(card, phone)
    for _ in range(2):
        stage.clock.advance(timedelta(days=200))
        certificate = rekeyed(stage, certificate)
        assert stage.parts.credentials.limit(stage.ALEX.account) is None
        RekeyClient(over_tls(stage, certificate), ADDRESS).acknowledge()
    stage.parts.credentials._settings = replace(stage.parts.settings, most_credentials=1)
    assert stage.parts.credentials.limit(stage.ALEX.account).reason is Reason.LIMIT


def test_a_correction_is_due_after_a_restart_too(stage, card, phone):
    old = stage.enrolled(card, phone)
    stage.issuer.change_name(replace(stage.ALEX, surname="Newname"))
    subject, body = stage.mails[-1][1:]
    assert "corrected" in subject
    assert f"{old.serial_number:x}" in body
    stage.restart()
    stage.clock.advance(timedelta(days=31))
    assert states(stage) == ["revoked"]


def test_a_corrected_certificate_differs_in_its_name_only(stage, card, phone):
    old = stage.enrolled(card, phone)
    stage.issuer.change_name(replace(stage.ALEX, surname="Newname"))
    new = rekeyed(stage, old)
    [name] = new.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert name.value.endswith("Newname")
    assert [rdn for rdn in new.subject if rdn.oid != NameOID.COMMON_NAME] == [
        rdn for rdn in old.subject if rdn.oid != NameOID.COMMON_NAME
    ]


def test_eligibility_that_is_lost_stops_a_rekey_before_the_revocation_comes(stage, card, phone):
    old = stage.enrolled(card, phone)
    stage.issuer.lose_eligibility(stage.ALEX)
    assert stage.parts.renewal_judge.judge(old) is None
    with pytest.raises(EnrolmentRefused) as caught:
        rekeyed(stage, old)
    assert caught.value.reason == Reason.ACCOUNT_TERMINATED
    stage.clock.advance(timedelta(hours=18))
    assert states(stage) == ["revoked"]
