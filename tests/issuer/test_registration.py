"""The registration desk: who may register whom, what a report has to hold, and what is kept of it."""

import base64
import sqlite3
from datetime import timedelta

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.reference.issuer.registration_rules import RegistrationRules, Report
from dpc_conformance.roles.reasons import Reason

HARDWARE = "Activate with a hardware credential"
SAMPLE = b"the ridges of a finger"
GOOD = {
    "channel": "in-person",
    "result": "match",
    "matcher": "matcher 1.0",
    "source": "card 5FC103",
    "sample": base64.b64encode(SAMPLE).decode(),
}


@pytest.fixture
def operator(stage):
    """Blake's certificate; Blake is an operator."""
    certificate = stage.enrol_person(stage.BLAKE)
    stage.parts.hardware.operators.appoint(stage.BLAKE.account)
    return certificate


@pytest.fixture
def desk(stage, operator):
    return over_tls(stage, operator)


def over_tls(stage, certificate):
    def app(environ, start_response):
        environ["dpc.client_certificate"] = certificate.public_bytes(Encoding.DER) if certificate else None
        return stage.issuer.sign_in_app(environ, start_response)

    return httpx.Client(transport=httpx.WSGITransport(app), base_url="https://issuer.dpc.example:8443")


def visit(stage, card):
    """The applicant is signed in; the browser of the station."""
    browser = stage.browser()
    browser.sign_in(card)
    return browser


def register(desk, account, **changes):
    visits = [each["visit"] for each in desk.get("/registration/visits").json()["visits"] if each["account"] == account]
    return desk.post("/registration", json={"visit": visits[-1], **GOOD, **changes})


def test_a_registered_applicant_gets_a_code_in_this_visit_only(stage, card, desk):
    browser = visit(stage, card)
    assert browser.request_id(HARDWARE).status_code == 403
    assert stage.last_refusal().reason == Reason.NOT_IN_PERSON
    assert register(desk, stage.ALEX.account).json() == {"application": "1"}
    assert "img" in browser.request_id(HARDWARE).text
    assert visit(stage, card).request_id(HARDWARE).status_code == 403


def test_a_registration_opens_nothing_to_anybody_else(stage, card, desk):
    other = stage.enrol_person(stage.Person("acct-cleo", "Cleo", "Cook", "c@agency.example", "c@agency.example"))
    visit(stage, card)
    browser = visit(stage, other)
    register(desk, stage.ALEX.account)
    assert browser.request_id(HARDWARE).status_code == 403


def test_the_record_holds_what_was_reported_and_the_sample_stays_inside(stage, card, operator, desk):
    visit(stage, card)
    register(desk, stage.ALEX.account)
    (made,) = stage.issuer.hardware.registrations_of(stage.ALEX)
    assert (made.channel, made.operator, made.comparison.result) == ("in-person", stage.BLAKE.account, "match")
    assert made.operator_certificate == operator.public_bytes(Encoding.DER)
    kept = stage.issuer.hardware.sample(made.comparison.sample)
    assert kept.digest == made.comparison.sample_digest
    assert kept.kept_until > stage.clock.now() + timedelta(days=6 * 365)
    assert stage.issuer.hardware.sample("another") is None
    for file in (stage.parts.store_path, stage.parts.store_path.with_suffix(".samples.sqlite")):
        content = b"".join(each.read_bytes() for each in file.parent.glob(f"{file.name}*"))
        assert SAMPLE not in content
        assert GOOD["sample"].encode() not in content


def test_samples_survive_a_restart(stage, card, desk):
    visit(stage, card)
    register(desk, stage.ALEX.account)
    stage.restart()
    (made,) = stage.issuer.hardware.registrations_of(stage.ALEX)
    assert stage.issuer.hardware.sample(made.comparison.sample).digest == made.comparison.sample_digest


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"channel": "unsupervised"}, Reason.NOT_IN_PERSON),
        ({"channel": ""}, Reason.NOT_IN_PERSON),
        ({"result": ""}, Reason.NO_COMPARISON),
        ({"matcher": ""}, Reason.NO_COMPARISON),
        ({"source": "a photograph on the phone"}, Reason.NO_COMPARISON),
        ({"source": "sample of somebody"}, Reason.NO_COMPARISON),
        ({"result": "no-match"}, Reason.NO_MATCH),
        ({"sample": ""}, Reason.NO_SAMPLE),
        ({"sample": "?"}, Reason.REQUEST_MALFORMED),
        ({"result": "not-possible"}, Reason.IDENTITY_EVIDENCE),
        ({"result": "not-possible", "document": "P 1"}, Reason.IDENTITY_EVIDENCE),
        ({"result": "not-possible", "declaration": "signed"}, Reason.IDENTITY_EVIDENCE),
        ({"visit": 4711}, Reason.REQUEST_MALFORMED),
        ({"visit": "1"}, Reason.REQUEST_MALFORMED),
        ({"application": "9"}, Reason.REQUEST_MALFORMED),
    ],
)
def test_a_report_that_lacks_something_registers_nobody(stage, card, desk, changes, reason):
    visit(stage, card)
    answer = register(desk, stage.ALEX.account, **changes)
    assert (answer.is_success, answer.json()["error"]) == (False, reason)
    assert stage.last_refusal().reason == reason
    assert stage.issuer.hardware.registrations_of(stage.ALEX) == ()


def test_a_later_visit_compares_again_or_with_the_sample_of_an_earlier_one(stage, card, desk):
    visit(stage, card)
    register(desk, stage.ALEX.account)
    (first,) = stage.issuer.hardware.registrations_of(stage.ALEX)
    stage.clock.advance(timedelta(days=1))
    visit(stage, card)
    for changes in ({"result": ""}, {"source": "sample of somebody"}):
        answer = register(desk, stage.ALEX.account, application=first.application, **changes)
        assert answer.json()["error"] == Reason.NOT_REIDENTIFIED
    source = f"sample {first.comparison.sample}"
    assert register(desk, stage.ALEX.account, application=first.application, source=source).is_success
    assert [each.application for each in stage.issuer.hardware.registrations_of(stage.ALEX)] == ["1", "1"]


def test_an_application_is_not_continued_for_somebody_else(stage, card, desk):
    person = stage.Person("acct-cleo", "Cleo", "Cook", "c@agency.example", "c@agency.example")
    visit(stage, card)
    register(desk, stage.ALEX.account)
    visit(stage, stage.enrol_person(person))
    assert register(desk, person.account, application="1").json()["error"] == Reason.REQUEST_MALFORMED


def test_a_visit_ends_with_its_session_and_is_registered_once(stage, card, desk):
    visit(stage, card)
    register(desk, stage.ALEX.account)
    assert desk.get("/registration/visits").json() == {"visits": []}
    visit(stage, card)
    stage.clock.advance(timedelta(minutes=16))
    assert desk.get("/registration/visits").json() == {"visits": []}


def test_nobody_registers_the_own_person(stage, operator, desk):
    visit(stage, operator)
    answer = register(desk, stage.BLAKE.account)
    assert answer.json()["error"] == Reason.NOT_IN_PERSON


def test_only_operators_with_hardware_certificates_log_on(stage, card, operator):
    assert over_tls(stage, card).get("/registration/visits").json()["error"] == Reason.UNKNOWN_ACCOUNT
    assert over_tls(stage, None).get("/registration/visits").json()["error"] == Reason.NO_CERTIFICATE
    software = stage.card(stage.BLAKE, policy=stage.SOFTWARE)
    assert over_tls(stage, software).get("/registration/visits").json()["error"] == Reason.POLICY


def test_an_operator_whose_account_has_ended_logs_on_no_more(stage, operator, desk):
    assert desk.get("/registration/visits").is_success
    stage.issuer.terminate_account(stage.BLAKE)
    assert desk.get("/registration/visits").json()["error"] == Reason.ACCOUNT_TERMINATED


def test_two_registrations_of_one_visit_cannot_be_on_record(stage, card, desk):
    visit(stage, card)
    register(desk, stage.ALEX.account)
    with stage.parts.store.write() as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("INSERT INTO registration SELECT 99, application, sign_in, account, at, channel, operator,"
                           " operator_certificate, result, matcher, source, sample, sample_digest, document,"
                           " declaration FROM registration")  # fmt: skip


def test_the_rules_take_the_enrolment_record_as_a_source():
    report = Report("supervised-remote", "", "match", "m", "enrolment record", sample=b"s")
    assert RegistrationRules().judge(report, ()) is None
