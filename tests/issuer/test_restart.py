"""A process that ends at the worst moment: what was promised is kept, nothing is issued twice."""

import threading
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.protocols.enrolment import EnrolmentRefused
from dpc_conformance.protocols.key_envelope import open_key_envelope
from dpc_conformance.roles.reasons import Reason


class PowerCut(Exception):
    """The process is gone."""


def test_killed_between_signing_and_delivery(stage, card, phone):
    token, request = stage.redeem(stage.qr_code(card), phone).token, stage.request_for(stage.new_key())
    first = stage.est(token).simpleenroll(request)
    stage.restart()
    assert stage.est(token).simpleenroll(request) == first
    assert len(stage.decisions("issue")) == 1
    assert len(stage.mails) == 1
    stage.acknowledge(token, first)
    stage.acknowledge(token, first)
    assert [record.status for record in stage.issuer.credentials_of(stage.ALEX)] == ["delivered"]
    assert len(stage.decisions("deliver")) == 1


def test_killed_between_reservation_and_signing(stage, card, phone):
    token, request = stage.redeem(stage.qr_code(card), phone).token, stage.request_for(stage.new_key())

    def cut(*_):
        raise PowerCut

    stage.parts.signer.certify = cut
    with pytest.raises(EnrolmentRefused, match="500"):
        stage.est(token).simpleenroll(request)
    assert stage.issuer.credentials_of(stage.ALEX) == ()
    stage.restart()
    with pytest.raises(EnrolmentRefused):
        stage.est(token).simpleenroll(stage.request_for(stage.new_key()))
    certificate = stage.est(token).simpleenroll(request)
    assert [record.certificate for record in stage.issuer.credentials_of(stage.ALEX)] == [
        certificate.public_bytes(Encoding.DER)
    ]


def test_a_generated_key_is_delivered_again_until_it_is_acknowledged(stage, card, phone, pki):
    token, transport_key = stage.redeem(stage.qr_code(card), phone).token, stage.new_key()
    request = stage.request_for(transport_key)
    first = stage.est(token).serverkeygen(request)
    stage.restart()
    again = stage.est(token).serverkeygen(request)
    assert (again.certificate, again.key_part) == (first.certificate, first.key_part)
    assert open_key_envelope(again.key_part, transport_key, pki.tls_roots)
    stage.acknowledge(token, first.certificate)
    with pytest.raises(EnrolmentRefused) as caught:
        stage.est(token).serverkeygen(request)
    assert caught.value.reason == Reason.TOKEN
    assert stage.parts.store.read().execute("SELECT count(envelope) FROM credential").fetchone()[0] == 0
    stage.issuer.close()
    # A page of the file may hold the middle of it without the beginning.
    assert first.key_part[500:600] not in stage.parts.store_path.read_bytes()


def test_a_mail_that_could_not_be_sent_is_sent_after_the_restart(stage, card, phone):
    token = stage.redeem(stage.qr_code(card), phone).token
    send = stage.parts.send_mail

    def fail(*_):
        raise ConnectionRefusedError

    stage.parts.notice_sender._send_mail = fail
    stage.est(token).simpleenroll(stage.request_for(stage.new_key()))
    assert stage.mails == []
    stage.parts.send_mail = send
    stage.restart()
    assert [mail[0] for mail in stage.mails] == [stage.ALEX.mail]


def test_the_second_look_is_not_forgotten(stage, card, phone):
    stage.enrolled(card, phone)
    stage.restart()
    before = len(stage.decisions("re-check"))
    stage.clock.advance(timedelta(days=7))
    assert len(stage.decisions("re-check")) > before


def test_the_same_request_twice_at_the_same_moment_is_one_certificate(stage, card, phone):
    token, request = stage.redeem(stage.qr_code(card), phone).token, stage.request_for(stage.new_key())
    start, got = threading.Barrier(3), []

    def run():
        start.wait(timeout=10)
        got.append(stage.est(token).simpleenroll(request))

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len(got) == 3
    assert len(set(got)) == 1
    assert len(stage.issuer.credentials_of(stage.ALEX)) == 1
    assert len(stage.decisions("issue")) == 1


def test_four_tokens_at_the_same_moment_stay_within_the_limit(stage, card):
    tokens = [stage.redeem(stage.qr_code(card), stage.Phone(stage.ALEX.account, f"p{n}")).token for n in range(4)]
    start, outcomes = threading.Barrier(4), []

    def run(token):
        request = stage.request_for(stage.new_key())
        start.wait(timeout=10)
        try:
            stage.est(token).simpleenroll(request)
            outcomes.append("issued")
        except EnrolmentRefused as refusal:
            outcomes.append(refusal.reason)

    threads = [threading.Thread(target=run, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(outcomes) == ["issued", "issued", "issued", Reason.LIMIT]


def test_a_seeded_issuer_does_not_repeat_its_secrets_after_a_restart(stage, card):
    first = stage.qr_code(card)
    stage.restart()
    assert stage.qr_code(card).secret != first.secret
