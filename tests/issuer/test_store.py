"""The issuer's records: closed while somebody is at work, and out of reach afterwards."""

import subprocess
import sys
from pathlib import Path

import pytest

from dpc_conformance.reference.issuer.store import RecordsClosed, Store

SECONDS = 120


def test_closing_takes_no_connection_away_from_a_thread_at_work(tmp_path):
    child = [sys.executable, "-X", "faulthandler", str(Path(__file__).with_name("closes_early.py")), str(tmp_path)]
    ended = subprocess.run(child, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_closed_records_are_out_of_reach(tmp_path):
    store = Store(tmp_path / "issuer.sqlite")
    store.close()
    with pytest.raises(RecordsClosed):
        store.read()


def test_what_was_committed_is_there_when_they_are_opened_again(tmp_path):
    store = Store(tmp_path / "issuer.sqlite")
    with store.write() as connection:
        connection.execute("INSERT INTO statement VALUES('one','today')")
    store.close()
    again = Store(tmp_path / "issuer.sqlite")
    assert [tuple(row) for row in again.read().execute("SELECT * FROM statement")] == [("one", "today")]
    assert again.starts == store.starts + 1
    again.close()
