"""Who does not get past the certificate port, why, and that nothing comes of it."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.formats import oids
from dpc_conformance.reference.pki import profiles
from dpc_conformance.reference.pki.naming import CRL_HOST, OCSP_HOST
from dpc_conformance.roles.reasons import Reason


def refused(stage, certificate, *more):
    """Sign in, expect a page that says no, and hand back the reason in the audit record."""
    browser = stage.browser()
    answer = browser.sign_in(certificate, *more)
    assert answer.status_code in (403, 503)
    assert "Request refused" in answer.text
    assert browser.http.get("/home").status_code == 401
    assert stage.decisions("sign-in")[-1].outcome == "refused"
    return Reason(stage.decisions("sign-in")[-1].reason)


def opened(stage, certificate):
    stage.issuer.open_account(stage.ALEX, certificate.public_bytes(Encoding.DER))
    return certificate


def test_without_a_certificate(stage, card):
    assert refused(stage, None) is Reason.NO_CERTIFICATE
    assert stage.browser().sign_in(card).status_code == 200


def test_a_failed_handshake_is_on_record(stage):
    stage.issuer.on_tls_refused("bad signature")
    record = stage.last_refusal()
    assert (record.action, record.reason, record.detail) == ("sign-in", Reason.PROOF_OF_POSSESSION, "bad signature")


def test_expired_one_second_ago(stage):
    now = stage.clock.now()
    certificate = opened(stage, stage.card(now=now - timedelta(days=9), no_later_than=now))
    assert stage.browser().sign_in(certificate).status_code == 200
    stage.clock.advance(timedelta(seconds=1))
    assert refused(stage, certificate) is Reason.EXPIRED


def test_valid_from_the_next_second_on(stage):
    certificate = opened(stage, stage.card(now=stage.clock.now() + timedelta(seconds=1)))
    assert refused(stage, certificate) is Reason.NOT_YET_VALID
    stage.clock.advance(timedelta(seconds=1))
    assert stage.browser().sign_in(certificate).status_code == 200


@pytest.mark.parametrize("hold", [False, True], ids=["revoked", "suspended"])
def test_revoked_or_suspended(stage, card, hold):
    stage.status.revoke(card, hold=hold)
    assert refused(stage, card) is Reason.REVOKED


@pytest.mark.parametrize("host", [CRL_HOST, OCSP_HOST])
def test_one_of_two_status_sources_is_enough_for_either_answer(stage, card, host):
    stage.status.silence(host)
    # The authorities above have a CRL and an OCSP responder each, so one source is enough for them too.
    assert stage.browser().sign_in(card).status_code == 200
    stage.status.revoke(card)
    assert refused(stage, card) is Reason.REVOKED


def test_no_status_source_answers(stage, card):
    for host in (CRL_HOST, OCSP_HOST):
        stage.status.silence(host)
    assert refused(stage, card) is Reason.STATUS_UNAVAILABLE
    for host in (CRL_HOST, OCSP_HOST):
        stage.status.let_speak(host)
    assert stage.browser().sign_in(card).status_code == 200


@pytest.mark.parametrize(
    "policy",
    [oids.PIVI_AUTHENTICATION, oids.COMMON_HARDWARE, oids.DERIVED_PIV_AUTH, oids.COMMON_CARD_AUTH],
)
def test_another_policy(stage, policy):
    assert refused(stage, opened(stage, stage.card(policy=policy))) is Reason.POLICY


def test_the_card_authentication_certificate(stage, card, pki):
    entropy = stage.entropy.branch("9E")
    builder = profiles.card_authentication(
        pki.piv_authority, card.public_key(), stage.random_uuid(entropy), entropy.bytes(25), stage.clock.now(), entropy
    )
    assert refused(stage, opened(stage, pki.piv_authority.sign(builder))) is Reason.POLICY


def test_a_derived_credential_does_not_make_another(stage, card, phone):
    derived = stage.enrolled(card, phone)
    assert refused(stage, derived) is Reason.POLICY
    assert len(stage.issuer.credentials_of(stage.ALEX)) == 1


def test_another_authority_of_the_same_name(stage, pki):
    certificate = opened(stage, stage.card(authority=pki.foreign_authority))
    assert refused(stage, certificate) is Reason.CERTIFICATE_SIGNATURE
    # Sending that authority's certificate along makes the signature verify, not the authority trusted.
    assert refused(stage, certificate, pki.foreign_authority.certificate) is Reason.PATH


def test_an_issuer_that_nobody_knows(stage, pki):
    self_signed = pki.tls_roots[0]
    assert refused(stage, self_signed) is Reason.PATH


def test_a_card_without_an_account(stage, card):
    assert refused(stage, stage.card(stage.BLAKE)) is Reason.UNKNOWN_ACCOUNT
    assert stage.browser().sign_in(card).status_code == 200


def test_a_terminated_account_whatever_the_certificates_say(stage, card):
    stage.issuer.terminate_account(stage.ALEX)
    assert refused(stage, card) is Reason.ACCOUNT_TERMINATED


def test_bytes_that_are_no_certificate(stage):
    answer = stage.parts.authenticator.authenticate(b"\x30\x03\x02\x01\x00")
    assert answer.reason is Reason.PATH


def test_a_ticket_is_good_once(stage, card):
    browser = stage.browser()
    browser.sign_in(card)
    ticket = stage.parts.sign_ins.begin(stage.parts.authenticator.authenticate(card.public_bytes(Encoding.DER)))
    assert stage.parts.sign_ins.exchange(ticket)
    assert stage.parts.sign_ins.exchange(ticket) is None


def test_a_session_ends_after_fifteen_minutes(stage, card):
    browser = stage.browser()
    browser.sign_in(card)
    stage.clock.advance(timedelta(minutes=15))
    assert browser.http.get("/home").status_code == 401
    assert browser.request_id().status_code == 401
    assert stage.last_refusal().reason == Reason.TOKEN
