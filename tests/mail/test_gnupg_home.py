"""The private home of gpgsm: its daemons end with it, no key stays behind, and what the machine lacks is named."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from dpc_conformance.reference.correspondent.socket_daemon import SocketDaemon
from dpc_conformance.reference.programs.command import Command
from dpc_conformance.reference.programs.guard import Guard
from dpc_conformance.roles.errors import MachineLacks


def processes_in(folder):
    """The command lines of processes that have the folder in them."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            found += [words] if os.fsencode(folder) in words else []
    return found


def test_nothing_runs_before_the_first_call_and_after_the_scene(mailing):
    parts = mailing.scene.correspondents
    assert "gpgsm" not in vars(parts)
    mailing.sign()
    assert mailing.judged()["gpgsm"] is True
    folder = parts.programs.guard.folder
    assert len(processes_in(folder / "gpgsm-")) == 2
    [_, gpgsm] = mailing.cast.correspondents()
    mailing.phone.send_encrypted(gpgsm.address, gpgsm.encryption_certificate, "x", mailing.text)
    assert gpgsm.read(gpgsm.newest()) == mailing.text
    assert not list(folder.rglob("*.p12"))
    mailing.scene.close()
    assert processes_in(folder) == []
    assert not folder.exists()


def test_only_dirmngr_is_started_anew_when_time_moves(mailing):
    mailing.sign()
    mailing.judged()
    home = mailing.scene.correspondents.gpgsm._home
    before = home._agent._process.pid, home._dirmngr._process.pid
    mailing.judged()
    assert before == (home._agent._process.pid, home._dirmngr._process.pid)
    mailing.cast.clock.sleep(60)
    mailing.judged()
    after = home._agent._process.pid, home._dirmngr._process.pid
    assert (before[0] == after[0], before[1] == after[1]) == (True, False)


def test_dirmngr_asks_the_proxy_of_the_run_and_nobody_else(mailing):
    mailing.sign()
    mailing.judged()
    settings = (mailing.scene.correspondents.gpgsm._folder / "home" / "dirmngr.conf").read_text()
    assert f"http-proxy {mailing.scene.stage.names.proxy}" in settings
    assert "http-proxy http://127.0.0.1:" in settings


def test_no_secret_of_a_correspondent_is_evidence(mailing):
    mailing.sign()
    mailing.judged()
    passphrase = mailing.scene.correspondents.gpgsm._home._passphrase
    assert passphrase not in repr(mailing.cast.recorder.timeline())
    assert passphrase not in repr(vars(mailing.scene.correspondents.gpgsm))


@pytest.mark.parametrize("missing", ["gpgsm", "gpg-agent", "dirmngr", "openssl"])
def test_a_program_that_is_not_there_is_named_with_its_package(mailing, monkeypatch, tmp_path, missing):
    mailing.sign()
    for name in ("gpgsm", "gpg-agent", "dirmngr", "openssl", "sh"):
        if name != missing:
            (tmp_path / name).symlink_to(Command(name, name).find())
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MachineLacks, match=f"^{missing} is not installed: install the package"):
        mailing.judged()


def test_a_daemon_ends_with_whoever_started_it_however_that_ends(tmp_path):
    code = (
        "import os, sys, signal; from pathlib import Path;"
        "from dpc_conformance.reference.programs.command import Command;"
        "from dpc_conformance.reference.correspondent.socket_daemon import SocketDaemon;"
        "from dpc_conformance.reference.programs.guard import Guard;"
        "home = Path(sys.argv[1]);"
        "SocketDaemon(Command('dirmngr', 'dirmngr'), home, Guard(home)).start();"
        "print('started', flush=True); signal.pause()"
    )
    command = [sys.executable, "-c", code, tmp_path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "started\n"
        assert processes_in(tmp_path)
        process.kill()
    deadline = time.monotonic() + 60
    while processes_in(tmp_path) and time.monotonic() < deadline:
        threading.Event().wait(0.05)
    assert processes_in(tmp_path) == []


def test_a_home_too_deep_for_a_socket_is_told(tmp_path):
    deep = tmp_path / ("x" * 60) / ("y" * 60)
    deep.mkdir(parents=True)
    guard = Guard(deep)
    with pytest.raises(MachineLacks, match="set TMPDIR to a shorter folder"):
        SocketDaemon(Command("gpg-agent", "gpg-agent"), deep, guard).start()
    guard.leave()
