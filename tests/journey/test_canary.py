"""The machine's clock says 2035, the run's says 2020: 2035 may stand nowhere in what the run made.

TLS server certificates are exempt: they live in the machine's time, because TLS libraries do.
"""

import contextlib
import sqlite3
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from itsdangerous import TimestampSigner
from overheard import Overheard
from years import years_in

from dpc_conformance.clock import machine_now
from dpc_conformance.evidence.records import MailReceived, ScreenShown

RUN, MACHINE = 2020, 2035


@pytest.fixture
def made(walking, monkeypatch):
    """Everything that a run made, by kind, under a machine clock in another decade."""
    overheard = Overheard()
    overheard.listen(monkeypatch)
    with time_machine.travel(datetime(MACHINE, 3, 4, tzinfo=UTC), tick=True):
        assert machine_now().year == MACHINE
        with walking(start=datetime(RUN, 6, 1, tzinfo=UTC)) as walk:
            walk.journey.complete()
            assert walk.activation.right()
            walk.cast.clock.advance(timedelta(days=8))
            walk.cast.issuer.terminate_account(walk.cast.cardholder)
            assert walk.activation.right()
            return gathered(walk.cast, overheard)


def gathered(cast, overheard):
    credentials = cast.phone.credentials()
    audits = [cast.issuer.audit(), cast.identity_provider.audit(), cast.relying_party.audit()]
    records = cast.recorder.timeline()
    return {
        "certificates": [*(each.certificate for each in credentials), cast.card_certificate, *cast.issuer.published()],
        "CRLs": overheard.bodies("application/pkix-crl"),
        "OCSP responses": overheard.bodies("application/ocsp-response"),
        "tokens and statements": [sent + got for *_, sent, _, got in overheard.exchanges if b"eyJ" in sent + got],
        "cookies": overheard.headers("set-cookie"),
        "Date headers": overheard.headers("date"),
        "everything over HTTP": [repr(each[:4]).encode() + each[4] + each[2] for each in overheard.exchanges],
        "database rows": rows_of(cast.issuer.parts.store_path),
        "audit records": [repr(audit).encode() for audit in audits],
        "mails": overheard.mails,
        "mails as read": [repr(each).encode() for each in cast.recorder.of(MailReceived)],
        "screens": [repr(each).encode() for each in cast.recorder.of(ScreenShown)],
        "records": [repr(each).encode() for each in records],
    }


def rows_of(path):
    with contextlib.closing(sqlite3.connect(path)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        rows = [(table, row) for table in tables for row in database.execute(f"SELECT * FROM {table}")]
    assert {table for table, _ in rows} >= {"account", "sign_in", "secret", "token", "credential", "audit"}
    return [b" ".join(value if isinstance(value, bytes) else str(value).encode() for value in row) for _, row in rows]


def test_the_machines_year_stands_nowhere(made):
    years = {kind: set().union(*map(years_in, contents)) for kind, contents in made.items()}
    assert {kind: RUN in found for kind, found in years.items()} == dict.fromkeys(made, True)
    assert {kind for kind, found in years.items() if MACHINE in found} == set()


@pytest.mark.parametrize(
    "content",
    [
        b"Date: Sun, 04 Mar 2035 10:00:00 GMT",
        b'{"at": "2035-03-04T10:00:00Z"}',
        b"datetime.datetime(2035, 3, 4)",
        b"\x30\x1e\x17\x0d350304000000Z\x17\x0d360304000000Z",
        b"\x30\x11\x18\x0f20350304000000Z",
        b'"iat": 2056788000',
        b"eyJhbGciOiJFUzI1NiJ9." + urlsafe_b64encode(b'{"iss":"x","iat":2056788000}').rstrip(b"=") + b".c2ln",
        b"-----BEGIN CERTIFICATE-----\nMBEYDzIwMzUwMzA0MDAwMDAwWg==\n-----END CERTIFICATE-----",
    ],
)
def test_the_canary_can_see(content):
    assert MACHINE in years_in(content)


def test_the_canary_can_see_the_stamp_in_a_signed_cookie():
    with time_machine.travel(datetime(MACHINE, 3, 4, tzinfo=UTC)):
        cookie = b"session=" + TimestampSigner("key").sign(b"eyJwIjoxfQ")
    assert years_in(cookie) == {MACHINE}
