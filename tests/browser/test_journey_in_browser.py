"""`--workstation browser`: the marked part of the journey passes, and whatever ends it, nothing is left."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from dpc_conformance import HOME
from dpc_conformance.evidence.events import Outcome, ScenarioEnded
from dpc_conformance.evidence.journal import read_journal

SECONDS = 180
FEWEST = 9
"""Scenarios of the marked part; one walks from the device login to the credential on the phone."""


@pytest.fixture
def short_folder():
    """For temporary files; the path of a socket has to be short."""
    folder = Path(tempfile.mkdtemp(prefix="b"))
    folder.chmod(0o711)  # pcscd gives up root's rights, and passes through
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def begin(short_folder):
    """Starts a program of ours that runs features in the browser, in a process group of its own."""

    def begin(*words):
        return subprocess.Popen(
            [sys.executable, "-m", *words, "--workstation=browser"],
            cwd=HOME,
            env=os.environ | {"TMPDIR": str(short_folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    return begin


def running_in(folder):
    """The processes whose command line names something in that folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (process / "cmdline").read_bytes():
                found.append(process.name)
        except OSError:
            continue
    return found


def wait_until(so):
    """Whether that came to be within a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if so():
            return True
        time.sleep(0.05)
    return False


def left_in(folder):
    return [each.name for each in folder.glob("dpc-*")]


@pytest.mark.usefixtures("visit")  # where a browser is lacking, that says so
def test_the_marked_part_of_the_journey_passes(begin, tmp_path, short_folder):
    journal = tmp_path / "journal"
    words = ("-q", "-o", f"cache_dir={tmp_path / 'cache'}", "-m", "browser", f"--journal={journal}", "features/journey")
    with begin("pytest", *words) as run:
        said, _ = run.communicate(timeout=SECONDS)
    ends = tuple(read_journal(journal).of(ScenarioEnded))
    assert len(ends) >= FEWEST
    assert {each.outcome for each in ends} == {Outcome.PASSED}, said
    assert wait_until(lambda: not running_in(short_folder))
    assert left_in(short_folder) == []


@pytest.mark.usefixtures("visit")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_ended_leaves_nothing(begin, tmp_path, short_folder, how):
    options = ("-k", "kiosk_asks_which_profile", "--reports", tmp_path / "reports", "features/journey")
    with begin("dpc_conformance", "run", *options) as run:
        assert wait_until(lambda: any("--user-data-dir" in _words(each) for each in running_in(short_folder)))
        os.killpg(run.pid, how)
        run.communicate(timeout=SECONDS)
    assert wait_until(lambda: not running_in(short_folder))
    assert wait_until(lambda: not list(short_folder.glob("dpc-browser-*")))
    assert not list(short_folder.rglob("dpc-pcsc-*"))
    if how is signal.SIGINT:
        assert left_in(short_folder) == []


def _words(process):
    try:
        return Path("/proc", process, "cmdline").read_text("utf-8", errors="replace")
    except OSError:
        return ""
