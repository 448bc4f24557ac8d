"""An issuer like Entrust's: a name for the credential, and a password under the QR code that binds with it."""

import re
import sqlite3
import threading
from dataclasses import replace
from hashlib import sha256

import pytest

from dpc_conformance.protocols.enrolment import EnrolmentRefused
from dpc_conformance.reference.issuer.kinds import ENTRUST
from dpc_conformance.roles.reasons import Reason

ATTEMPTS = 5


@pytest.fixture
def guard(stage):
    """The stage, with such an issuer."""
    stage.parts.settings = replace(stage.parts.settings, kind=ENTRUST)
    return stage


def ask(stage, card, name="My phone"):
    """Browser and answer of a request."""
    browser = stage.browser()
    browser.sign_in(card)
    form = {"profile": stage.MOBILE, "obligations": "yes", "identity": name}
    return browser, browser.http.post("/request", data=form)


def shown(stage, answer):
    """The code on a page, with the password under it."""
    return replace(stage.read_qr(answer.text), password=re.search(r"<output>(\d{8})</output>", answer.text)[1])


def code(stage, card):
    return shown(stage, ask(stage, card)[1])


def wrong(payload):
    return replace(payload, password=f"{(int(payload.password) + 1) % 10**8:08}")


def refused(stage, payload, phone):
    with pytest.raises(EnrolmentRefused) as caught:
        stage.redeem(payload, phone)
    assert stage.last_refusal().reason == caught.value.reason
    return Reason(caught.value.reason)


def test_code_and_password_are_redeemed_together(guard, phone):
    card = guard.enrol_person()
    payload = code(guard, card)
    assert payload.asks_password
    assert payload.password not in payload.text
    assert refused(guard, replace(payload, password=""), phone) is Reason.BINDING_PASSWORD_MISSING
    assert refused(guard, wrong(payload), phone) is Reason.BINDING_PASSWORD
    assert guard.redeem(payload, phone).token


def test_nothing_tells_the_password_where_records_are_kept(guard, phone):
    payload = code(guard, guard.enrol_person())
    refused(guard, wrong(payload), phone)
    with sqlite3.connect(guard.parts.store_path) as database:
        dump = "\n".join(database.iterdump())
    database.close()
    for text in (payload.password, wrong(payload).password):
        assert text not in dump
        assert sha256(text.encode()).hexdigest() not in dump
    assert guard.mails == []


def test_who_was_wrong_five_times_gets_nothing_more_for_that_code(guard, phone):
    card = guard.enrol_person()
    payload = code(guard, card)
    for _ in range(ATTEMPTS):
        assert refused(guard, wrong(payload), phone) is Reason.BINDING_PASSWORD
    assert refused(guard, payload, phone) is Reason.BINDING_PASSWORD_ATTEMPTS
    guard.restart()
    assert refused(guard, payload, phone) is Reason.BINDING_PASSWORD_ATTEMPTS
    assert guard.redeem(code(guard, card), phone).token


def test_guesses_at_the_same_moment_are_no_more_than_one_after_the_other(guard, phone):
    payload, start, reasons = code(guard, guard.enrol_person()), threading.Barrier(8), []
    tries = [(guard.statement(phone), guard.proof(phone, payload.secret)) for _ in range(8)]

    def guess(statement, proof):
        start.wait()
        with pytest.raises(EnrolmentRefused) as caught:
            guard.redeem(wrong(payload), phone, statement, proof)
        reasons.append(Reason(caught.value.reason))

    threads = [threading.Thread(target=guess, args=each) for each in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert reasons.count(Reason.BINDING_PASSWORD) == ATTEMPTS
    assert reasons.count(Reason.BINDING_PASSWORD_ATTEMPTS) == len(tries) - ATTEMPTS


def test_strangers_neither_guess_nor_use_up_the_attempts(guard, phone):
    payload = code(guard, guard.enrol_person())
    for _ in range(ATTEMPTS):
        assert refused(guard, wrong(payload), guard.Phone("acct-blake")) is Reason.DEVICE_NOT_REGISTERED
    assert guard.redeem(payload, phone).token


def test_the_password_of_another_code(guard, phone):
    own, others = code(guard, guard.enrol_person()), code(guard, guard.enrol_person(guard.BLAKE, "blake"))
    assert own.password != others.password
    assert refused(guard, replace(own, password=others.password), phone) is Reason.BINDING_PASSWORD
    assert refused(guard, replace(others, password=own.password), phone) is Reason.DEVICE_NOT_REGISTERED


@pytest.mark.parametrize("name", ["", "   ", "x" * 65, "two\nlines"])
def test_a_name_that_cannot_be_shown(guard, name):
    _, answer = ask(guard, guard.enrol_person(), name)
    assert answer.status_code == 400
    assert "<img" not in answer.text
    assert guard.last_refusal().reason == Reason.IDENTITY_NAME


def test_the_name_is_shown_as_text_until_a_newer_request_replaces_it(guard, phone):
    browser, answer = ask(guard, guard.enrol_person(), "<b>Mine</b>")
    assert "&lt;b&gt;Mine&lt;/b&gt;: not on a phone yet" in browser.http.get("/home").text
    guard.redeem(shown(guard, answer), phone)
    assert f"&lt;b&gt;Mine&lt;/b&gt;: on phone {phone.device_id}" in browser.http.get("/home").text
    form = {"profile": guard.MOBILE, "obligations": "yes"}
    for name in ("Second", "Third"):
        browser.http.post("/request", data={**form, "identity": name})
    page = browser.http.get("/home").text
    assert ("Mine" in page, "Second" in page, "Third" in page) == (True, False, True)


def test_the_app_has_to_be_there_first(guard):
    browser = guard.browser()
    browser.sign_in(guard.enrol_person())
    assert 'name="installed"' in browser.http.get("/request").text
    assert 'name="identity"' in browser.http.get("/request?installed=yes").text


def test_a_code_for_a_reset_has_a_password_too(guard, phone):
    browser = guard.browser()
    browser.sign_in(guard.enrol_person())
    payload = shown(guard, browser.http.post("/reset", data={"choice": "Reset the activation secret of my phone"}))
    assert refused(guard, replace(payload, password=""), phone) is Reason.BINDING_PASSWORD_MISSING


def test_a_password_that_is_no_text(guard, phone):
    payload = code(guard, guard.enrol_person())
    body = {"secret": payload.secret_text, "statement": "x", "proof": "x", "password": 12345678}
    assert guard.http().post("https://issuer.dpc.example/enrol/sessions", json=body).status_code == 400
    assert guard.last_refusal().reason == Reason.REQUEST_MALFORMED


def test_other_issuers_show_no_password_and_need_none(stage, card, phone):
    browser = stage.browser()
    browser.sign_in(card)
    answer = browser.request_id()
    assert "<output>" not in answer.text
    payload = stage.read_qr(answer.text)
    assert not payload.asks_password
    assert stage.redeem(replace(payload, password="anything"), phone).token
