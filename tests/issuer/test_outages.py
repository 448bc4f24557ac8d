"""What the issuer depends on is out of order: nothing goes out that is not on record, and nobody waits for ever."""

import contextlib
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from dpc_conformance.clock import MachineClock, RunClock
from dpc_conformance.protocols.enrolment import EnrolmentRefused
from dpc_conformance.reference.issuer.refusals import Refused
from dpc_conformance.reference.issuer.status_source import HttpStatus
from dpc_conformance.reference.issuer.store import MOST_PAGES, RESERVE, Store
from dpc_conformance.roles.reasons import Reason

START = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def token(stage, card, phone):
    return stage.redeem(stage.qr_code(card), phone).token


def refused(stage, token, request):
    with pytest.raises(EnrolmentRefused) as caught:
        stage.est(token).simpleenroll(request)
    assert caught.value.status == 503
    return caught.value.reason


def fill(store):
    """Leave room for what is urgent, and for nothing else."""
    store.most_pages -= store.room() - (RESERVE - 1)


def test_without_the_authority_nothing_is_issued_and_the_request_is_finished_later(stage, token):
    request = stage.request_for(stage.new_key())
    stage.parts.signer.online = False
    assert refused(stage, token, request) == Reason.AUTHORITY_UNAVAILABLE
    assert stage.issuer.credentials_of(stage.ALEX) == ()
    stage.parts.signer.online = True
    stage.est(token).simpleenroll(request)
    assert len(stage.issuer.credentials_of(stage.ALEX)) == 1


def test_a_place_survives_a_restart_without_the_authority(stage, token):
    request = stage.request_for(stage.new_key())
    stage.parts.signer.online = False
    refused(stage, token, request)
    stage.restart()
    stage.est(token).simpleenroll(request)
    assert [record.outcome for record in stage.decisions("issue")] == ["refused", "accepted"]


def test_full_records_refuse_everything_but_what_has_to_go_on_record(stage, card, token):
    fill(stage.parts.store)
    assert refused(stage, token, stage.request_for(stage.new_key())) == Reason.RECORDS_FULL
    assert stage.browser().sign_in(card).status_code == 503
    assert stage.last_refusal().reason == Reason.RECORDS_FULL
    assert stage.parts.audit.intact()


def test_revocations_go_on_record_when_the_records_are_full(stage, card, phone):
    certificate = stage.enrolled(card, phone)
    fill(stage.parts.store)
    stage.parts.revocations.of_serial(f"{certificate.serial_number:x}", "keyCompromise", "it was stolen")
    assert [each.status for each in stage.issuer.credentials_of(stage.ALEX)] == ["revoked"]
    assert len(stage.decisions("revoke")) == 1


def test_what_was_signed_and_cannot_be_recorded_is_revoked_and_handed_to_nobody(stage, token):
    request, signed = stage.request_for(stage.new_key()), []
    certify = stage.parts.signer.certify

    def certify_and_fill(*values):
        signed.append(certify(*values))
        fill(stage.parts.store)
        return signed[-1]

    stage.parts.signer.certify = certify_and_fill
    assert refused(stage, token, request) == Reason.RECORDS_FULL
    stage.parts.store.most_pages, stage.parts.signer.certify = MOST_PAGES, certify
    assert stage.issuer.credentials_of(stage.ALEX) == ()
    assert stage.parts.renewal_judge.judge(signed[0]).reason is Reason.REVOKED
    certificate = stage.est(token).simpleenroll(request)
    assert stage.parts.renewal_judge.judge(certificate) is None
    assert len(stage.issuer.credentials_of(stage.ALEX)) == 1


def test_a_database_that_is_really_full_loses_nothing(tmp_path):
    store = Store(tmp_path / "issuer.sqlite")
    store.most_pages -= store.room()
    written = 0

    def write_two():
        with store.write(urgent=True) as connection:
            for name in ("number", "again"):
                connection.execute("INSERT INTO statement VALUES(?,?)", (f"{name} {written}", "x" * 500))

    with contextlib.suppress(Refused):
        for written in range(100):  # noqa: B007  how many there were
            write_two()
    with pytest.raises(Refused) as caught:
        write_two()
    assert caught.value.refusal.reason is Reason.RECORDS_FULL
    assert "full" in caught.value.refusal.detail
    assert not store.read().in_transaction
    assert store.read().execute("SELECT count(*) FROM statement").fetchone()[0] == 2 * written
    store.most_pages = MOST_PAGES
    with store.write() as connection:
        connection.execute("INSERT INTO statement VALUES('later', 'x')")
    store.close()


def test_a_silent_host_is_asked_once_and_not_for_long(pki, stage, card):
    asked = []

    def silent(request):
        asked.append((request.url.host, request.extensions["timeout"]["read"]))
        raise httpx.ReadTimeout("nothing came", request=request)

    source = HttpStatus(httpx.Client(transport=httpx.MockTransport(silent)), patience=0.5)
    chain = [pki.root.certificate, pki.intermediate.certificate, pki.piv_authority.certificate, card]
    found = source.status_of(chain)
    assert (found.crls, found.ocsps) == ([], [])
    assert sorted(asked) == [("crl.dpc.example", 0.5), ("ocsp.dpc.example", 0.5)]


def test_what_a_machine_has_planned_ends_with_it():
    run, happened = RunClock(START), []
    first, second = MachineClock(run), MachineClock(run)
    for clock, name in ((first, "first"), (second, "second")):
        clock.at(clock.now() + timedelta(hours=1), lambda name=name: happened.append(name))
    first.stop()
    run.advance(timedelta(hours=2))
    assert happened == ["second"]


def test_a_wrong_clock_keeps_its_appointments_by_what_it_shows():
    run, happened = RunClock(START), []
    fast = MachineClock(run)
    fast.error = timedelta(minutes=4)
    assert fast.now() - run.now() == timedelta(minutes=4)
    assert fast.epoch() - run.epoch() == 240
    fast.at(fast.now() + timedelta(hours=1), lambda: happened.append(run.now()))
    run.advance(timedelta(hours=2))
    assert happened == [START + timedelta(hours=1)]
    assert MachineClock(fast).now() == run.now()
