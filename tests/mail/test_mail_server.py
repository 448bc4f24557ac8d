"""The mail server of a run delivers real SMTP mail into mailboxes that live for one scenario."""

import smtplib
from datetime import UTC, datetime, timedelta

import pytest

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import MailReceived
from dpc_conformance.reference.mail import Mailer, MailServer

START = datetime(2020, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def server():
    server = MailServer()
    yield server
    server.close()


def test_mail_arrives_with_the_date_of_the_run(server):
    recorder, clock = Recorder(), RunClock(START)
    mailboxes = server.open_mailboxes(recorder)
    clock.advance(timedelta(hours=1))
    Mailer(server.port, "mdm@dpc.example", clock, SeededEntropy("m"))("Ann@dpc.example", "Set up", "Grüße\nhttps://x")
    (mail,) = mailboxes.of("ann@dpc.example")
    assert mail == MailReceived(
        datetime(2020, 6, 1, 13, tzinfo=UTC), "mdm@dpc.example", "Ann@dpc.example", "Set up", "Grüße\nhttps://x"
    )
    assert recorder.of(MailReceived) == (mail,)


def test_a_secret_in_a_mail_is_not_recorded(server):
    recorder = Recorder()
    mailboxes = server.open_mailboxes(recorder)
    recorder.keep_secret("open-sesame")
    Mailer(server.port, "a@dpc.example", RunClock(START), SeededEntropy("m"))("b@dpc.example", "s", "it is open-sesame")
    assert "open-sesame" in mailboxes.of("b@dpc.example")[0].body
    assert "open-sesame" not in recorder.of(MailReceived)[0].body


def test_the_next_scenario_starts_with_empty_mailboxes(server):
    server.open_mailboxes(Recorder())
    send = Mailer(server.port, "a@dpc.example", RunClock(START), SeededEntropy("m"))
    send("b@dpc.example", "old", "x")
    mailboxes = server.open_mailboxes(Recorder())
    assert mailboxes.of("b@dpc.example") == ()


def test_mail_without_open_mailboxes_is_refused(server):
    send = Mailer(server.port, "a@dpc.example", RunClock(START), SeededEntropy("m"))
    with pytest.raises(smtplib.SMTPDataError):
        send("b@dpc.example", "s", "x")


def test_closing_twice_does_nothing():
    server = MailServer()
    server.close()
    server.close()
