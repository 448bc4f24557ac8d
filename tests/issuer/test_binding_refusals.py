"""What does not turn into an enrolment token: at the kiosk, and with the code."""

import threading
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from joserfc.jwk import ECKey

from dpc_conformance.protocols.enrolment import EnrolmentRefused
from dpc_conformance.protocols.qr_payload import QrPayload
from dpc_conformance.roles.reasons import Reason


def refused(stage, payload, phone, **parts):
    """Redeem, expect a refusal, and check that program and auditor got the same reason."""
    with pytest.raises(EnrolmentRefused) as caught:
        stage.redeem(payload, phone, **parts)
    record = stage.decisions("redeem")[-1]
    assert (record.outcome, record.reason) == ("refused", caught.value.reason)
    assert caught.value.message
    assert stage.issuer.credentials_of(stage.ALEX) == ()
    return Reason(caught.value.reason)


def test_obligations_not_accepted(stage, card):
    browser = stage.browser()
    browser.sign_in(card)
    answer = browser.request_id(obligations=None)
    assert answer.status_code == 403
    assert "<img" not in answer.text
    assert stage.last_refusal().reason == Reason.OBLIGATIONS
    assert stage.decisions("accept-obligations") == []
    assert "<img" in browser.request_id().text


def test_nobody_approved(stage):
    certificate = stage.card()
    stage.parts.accounts.open(stage.ALEX, certificate, sponsor=None)
    browser = stage.browser()
    browser.sign_in(certificate)
    assert browser.request_id().status_code == 403
    assert stage.last_refusal().reason == Reason.NOT_APPROVED
    stage.parts.accounts.approve(stage.ALEX.account, "a sponsor")
    assert browser.request_id().status_code == 200


def test_a_profile_that_does_not_exist(stage, card):
    browser = stage.browser()
    browser.sign_in(card)
    assert browser.request_id("Everything").status_code == 400


def test_request_without_signing_in(stage):
    assert stage.browser().request_id().status_code == 401
    assert stage.last_refusal().action == "request"


def test_a_guessed_secret(stage, card, phone):
    payload = stage.qr_code(card)
    guess = QrPayload(payload.enrolment_address, bytes(20))
    assert refused(stage, guess, phone) is Reason.SECRET_UNKNOWN
    assert stage.redeem(payload, phone).token


def test_the_secret_of_another_issuer(stage, phone):
    assert (
        refused(stage, QrPayload("https://other-issuer.dpc.example/enrol", b"x" * 20), phone) is Reason.SECRET_UNKNOWN
    )


def test_ten_minutes_and_a_second_later(stage, card, phone):
    late, early = stage.qr_code(card), stage.qr_code(card)
    stage.clock.advance(timedelta(minutes=10))
    assert stage.redeem(early, phone).token
    stage.clock.advance(timedelta(seconds=1))
    assert refused(stage, late, phone) is Reason.SECRET_EXPIRED


def test_a_second_time(stage, card, phone):
    payload = stage.qr_code(card)
    stage.redeem(payload, phone)
    assert refused(stage, payload, phone) is Reason.SECRET_USED
    assert refused(stage, payload, stage.Phone(stage.ALEX.account, "phone-2")) is Reason.SECRET_USED


def test_a_new_code_replaces_the_old_one_of_the_same_sign_in(stage, card, phone):
    browser = stage.browser()
    browser.sign_in(card)
    old, new = (stage.read_qr(browser.request_id().text) for _ in range(2))
    assert refused(stage, old, phone) is Reason.SECRET_EXPIRED
    assert stage.redeem(new, phone).token


def test_two_phones_at_the_same_moment(stage, card):
    """Exactly one wins, in each of several races."""
    for race in range(5):
        payload = stage.qr_code(card)
        start, outcomes = threading.Barrier(2), []

        def run(number, payload=payload, start=start, outcomes=outcomes, race=race):
            phone = stage.Phone(stage.ALEX.account, f"phone-{race}-{number}")
            statement, proof = (
                stage.statement(phone, jti=f"s{race}{number}"),
                stage.proof(phone, payload.secret, jti=f"p{race}{number}"),
            )
            start.wait(timeout=10)
            try:
                outcomes.append(stage.redeem(payload, phone, statement, proof).token)
            except EnrolmentRefused as refusal:
                outcomes.append(refusal.reason)

        threads = [threading.Thread(target=run, args=(number,)) for number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=20)
        assert outcomes.count(Reason.SECRET_USED) == 1
        assert len(outcomes) == 2
    assert stage.parts.audit.intact()


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://other-mdm.example"},
        {"aud": "https://other-issuer.dpc.example/enrol"},
        {"exp": 0},
        {"iat": 99999999999},
        {"device_id": ""},
        {"cnf": {}},
        {"exp": "never"},
    ],
    ids=str,
)
def test_a_statement_that_does_not_fit(stage, card, phone, changes):
    payload = stage.qr_code(card)
    assert refused(stage, payload, phone, statement=stage.statement(phone, **changes)) is Reason.DEVICE_STATEMENT
    assert stage.redeem(payload, phone).token


@pytest.mark.parametrize(
    "changes", [{"aud": "https://elsewhere.example"}, {"secret_sha256": "x"}, {"iat": 0}, {"jti": None}], ids=str
)
def test_a_proof_that_does_not_fit(stage, card, phone, changes):
    payload = stage.qr_code(card)
    proof = stage.proof(phone, payload.secret, **changes)
    assert refused(stage, payload, phone, proof=proof) is Reason.DEVICE_STATEMENT


@pytest.mark.parametrize("statement", ["", "x.y.z", "eyJhbGciOiJub25lIn0.e30."])
def test_a_statement_that_is_none(stage, card, phone, statement):
    payload = stage.qr_code(card)
    assert refused(stage, payload, phone, statement=statement or "-") is Reason.DEVICE_STATEMENT


def test_a_statement_of_another_manager_or_another_devices_key(stage, card, phone):
    payload, stranger = stage.qr_code(card), ECKey.generate_key("P-256")
    manager, stage.manager = stage.manager, stranger
    forged = stage.statement(phone)
    stage.manager = manager
    assert refused(stage, payload, phone, statement=forged) is Reason.DEVICE_STATEMENT
    other = stage.Phone(stage.ALEX.account, key=stranger)
    assert refused(stage, payload, phone, proof=stage.proof(other, payload.secret)) is Reason.DEVICE_STATEMENT


def test_a_statement_is_good_once(stage, card, phone):
    statement = stage.statement(phone)
    stage.redeem(stage.qr_code(card), phone, statement)
    assert refused(stage, stage.qr_code(card), phone, statement=statement) is Reason.DEVICE_STATEMENT


def test_the_phone_of_somebody_else(stage, card):
    payload = stage.qr_code(card)
    assert refused(stage, payload, stage.Phone(stage.BLAKE.account)) is Reason.DEVICE_NOT_REGISTERED
    assert stage.redeem(payload, stage.Phone(stage.ALEX.account)).token


def test_an_account_that_ends_between_kiosk_and_phone(stage, card, phone):
    payload = stage.qr_code(card)
    stage.issuer.terminate_account(stage.ALEX)
    assert refused(stage, payload, phone) is Reason.ACCOUNT_TERMINATED


@pytest.mark.parametrize("body", [b"", b"[]", b'{"secret": 1}', b"{"])
def test_a_body_that_is_no_request(stage, body):
    answer = stage.http().post(f"{stage.issuer.enrolment_address}/sessions", content=body)
    assert (answer.status_code, answer.json()["error"]) == (400, Reason.REQUEST_MALFORMED)
    assert stage.last_refusal().reason == Reason.REQUEST_MALFORMED


def test_at_the_limit(stage, card):
    for number in range(3):
        stage.enrolled(card, stage.Phone(stage.ALEX.account, f"phone-{number}"))
    browser = stage.browser()
    browser.sign_in(card)
    assert browser.request_id().status_code == 403
    assert stage.last_refusal().reason == Reason.LIMIT
    stage.parts.revocations.of_card(card.public_bytes(Encoding.DER), "superseded", "test")
    assert browser.request_id().status_code == 200
