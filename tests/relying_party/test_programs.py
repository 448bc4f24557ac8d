"""Other people's programs: started privately, ready, by the run's clock, and gone with whoever started them."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest

from dpc_conformance.evidence.use import ProgramLogged
from dpc_conformance.reference.programs import installed
from dpc_conformance.reference.programs.command import Command
from dpc_conformance.reference.programs.ports import TCP, free_port
from dpc_conformance.reference.programs.program import DoesNotStart, Plan, PortTaken
from dpc_conformance.reference.programs.programs import Programs
from dpc_conformance.roles.errors import MachineLacks, Unreachable

READY = "echo ready"
DIES = """
import os, signal, sys
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.reference.programs.program import Plan
from dpc_conformance.reference.programs.programs import Programs
programs = Programs(RunClock(machine_now()), Recorder())
plan = Plan("shell", ("sh", "-c", "echo ready; exec sleep 1000"), lambda line: line == "ready")
print(programs.start(programs.folder("shell"), lambda _: plan).process, flush=True)
sys.stdin.read()
os.kill(os.getpid(), signal.SIGKILL)
"""


def shell(script, ready="ready", **more):
    """A plan that runs a shell."""
    return lambda _log: Plan("shell", ("sh", "-c", script), lambda line: line == ready, **more)


@pytest.fixture
def started(programs):
    def start(script, **more):
        return programs.start(programs.folder("shell"), shell(script, **more))

    return start


def test_it_runs_until_it_is_stopped(started, programs, kernel):
    program = started(f"{READY}; exec sleep 1000")
    assert kernel.runs(program.process)
    programs.stop(program)
    assert not kernel.runs(program.process)
    assert kernel.shared_memory_of(program.process) == []


def test_its_children_end_with_it(started, programs, kernel):
    program = started(f"sleep 1000 & echo child $!; trap '' TERM; {READY}; wait", ready="ready")
    [child] = [int(line.split()[1]) for line in program.log.lines() if line.startswith("child")]
    assert kernel.runs(child)
    os.kill(program.process, signal.SIGKILL)
    programs.stop(program)
    assert kernel.gone(child)


def test_one_that_ended_by_itself_can_be_stopped(started, programs, kernel):
    program = started(READY)
    assert kernel.gone(program.process)
    programs.stop(program)


def test_one_that_ends_before_it_is_ready_is_quoted(started, recorder):
    with pytest.raises(DoesNotStart, match="shell: no such option"):
        started("echo no such option >&2; exit 3")
    assert recorder.of(ProgramLogged)[-1].text == "no such option"


def test_one_that_says_nothing_is_not_waited_for_when_it_has_ended(started):
    with pytest.raises(DoesNotStart, match="it says nothing"):
        started("exit 0")


def test_a_port_that_somebody_took_is_told_apart(started):
    with pytest.raises(PortTaken):
        started("echo 'bind: Address already in use'; exit 1")


def test_another_port_is_tried(programs):
    asked = []

    def plan_for(log, ports):
        asked.append(ports)
        return shell(READY if len(asked) == 3 else "echo Address already in use; exit 1")(log)

    _, ports = programs.start_on_free_ports(programs.folder("shell"), (TCP,), plan_for)
    assert [ports] == asked[2:]


def test_it_gives_up_after_some_ports(programs):
    with pytest.raises(MachineLacks, match="again and again"):
        programs.start_on_free_ports(
            programs.folder("shell"), (TCP,), lambda log, _: shell("echo Address already in use; exit 1")(log)
        )


def test_a_free_port_is_free():
    import socket

    with socket.socket() as bound:
        bound.bind(("127.0.0.1", free_port(TCP)))


def test_its_log_is_evidence_without_secrets(started, programs, recorder):
    recorder.keep_secret("hunter2")
    program = started(f"echo the password is hunter2; {READY}; exec sleep 1000")
    assert program.log.lines()[0] == "the password is (redacted)"
    programs.stop(program)
    assert recorder.of(ProgramLogged)[-1].text == "the password is (redacted)\nready"


def test_everything_that_was_written_has_been_read(programs):
    folder = programs.folder("shell")
    for name in ("go", "done"):
        os.mkfifo(folder / name)
    script = f"{READY}; read _ <go; for n in $(seq 2000); do echo line $n; done; echo >done; exec sleep 1000"
    program = programs.start(folder, shell(script))
    (folder / "go").write_text("go\n")
    (folder / "done").read_text()
    program.log.catch_up()
    assert program.log.lines()[-1] == "line 2000"


def test_the_log_of_a_program_that_ended_can_be_caught_up_with(started, kernel):
    program = started(f"{READY}; echo the end")
    kernel.gone(program.process)
    program.log.catch_up()
    assert program.log.lines()[-1] == "the end"


def test_it_may_open_its_log_by_name(programs):
    plan = programs.start(
        programs.folder("shell"),
        lambda log: Plan("shell", ("sh", "-c", f"echo by name >>{log}; {READY}"), lambda line: line == "ready"),
    )
    assert "by name" in plan.log.lines()


def test_its_environment_is_its_own(started, monkeypatch):
    monkeypatch.setenv("SECRET_OF_THE_TESTER", "x")
    program = started(f"echo ${{SECRET_OF_THE_TESTER-unset}} $OWN; {READY}", environment={"OWN": "mine"})
    assert program.log.lines()[0] == "unset mine"


def test_it_lives_by_the_run_s_clock(started, clock):
    clock.advance(timedelta(days=400))
    program = started(f"date -u +%Y-%m-%d; {READY}")
    assert program.log.lines()[0] == f"{clock.now():%Y-%m-%d}"


def test_its_time_moves_with_the_clock_while_it_runs(programs, clock):
    folder = programs.folder("shell")
    os.mkfifo(folder / "go")
    script = f"date -u +%Y; {READY}; read _ <go; date -u +%Y; exec sleep 1000"
    program = programs.start(folder, shell(script))
    clock.advance(timedelta(days=3 * 366))
    (folder / "go").write_text("go\n")
    assert program.log.wait_for(lambda line: line == f"{clock.now():%Y}")
    assert program.log.lines()[0] == f"{clock.now() - timedelta(days=3 * 366):%Y}"


def test_the_clock_may_move_after_everything_is_closed(started, programs, clock):
    started(f"{READY}; exec sleep 1000")
    programs.close()
    clock.advance(timedelta(days=1))


def test_nothing_is_made_before_the_first_program(programs, tmp_path):
    assert programs
    assert list(tmp_path.glob("dpc-programs-*")) == []


def test_nobody_else_can_list_its_folder(programs):
    made = programs.folder("x")
    assert {path.stat().st_mode & 0o077 for path in (made, made.parent)} == {0o011}


def test_it_does_not_outlive_whoever_started_it(kernel):
    parent = subprocess.Popen([sys.executable, "-c", DIES], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    process = int(parent.stdout.readline())
    assert kernel.runs(process)
    parent.communicate("", 30)
    assert parent.returncode == -signal.SIGKILL
    assert kernel.gone(process)


def test_what_is_missing_is_named_with_its_package(programs):
    with pytest.raises(MachineLacks, match="^no-such-server is not installed: install the package no-such-package$"):
        installed.program("no-such-server", "no-such-package")
    with pytest.raises(MachineLacks, match="^none.so is not installed: install the package libnone$"):
        installed.library("*/none.so", "libnone")


def test_a_machine_without_libfaketime_starts_no_program(started, monkeypatch):
    monkeypatch.setattr(installed, "LIBRARY_FOLDERS", ())
    with pytest.raises(MachineLacks, match="install the package libfaketime"):
        started(READY)


def test_a_system_without_posix_starts_nothing(programs, monkeypatch):
    monkeypatch.setattr("dpc_conformance.reference.programs.programs.os", SimpleNamespace(name="nt"))
    with pytest.raises(MachineLacks, match="run it on Linux"):
        programs.folder("x")


def test_a_command_reads_what_it_is_given():
    answer = Command("sh", "dash").run("-c", "cat; echo said >&2; exit 3", stdin=b"told")
    assert (answer.code, answer.output, answer.words) == (3, b"told", "said\n")


def test_a_command_that_does_not_end_is_ended(monkeypatch):
    monkeypatch.setattr("dpc_conformance.reference.programs.command.TIME_LIMIT", 0.2)
    with pytest.raises(Unreachable, match=r"^sleep does not answer: it did not end within 0.2 seconds$"):
        Command("sleep", "coreutils").run("1000")


def test_folders_below_a_closed_one_are_no_place_for_those_who_give_up_root_s_rights(tmp_path, monkeypatch):
    from dpc_conformance.reference.programs import run_time

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    closed = tmp_path / "closed"
    (closed / "folder").mkdir(parents=True)
    closed.chmod(0o700)
    with pytest.raises(MachineLacks, match="apache2 gives up root's rights .*: set TMPDIR"):
        run_time.expect_passable(closed / "folder", "apache2")


def test_two_scenarios_do_not_share_a_folder(clock, recorder):
    first, second = Programs(clock, recorder), Programs(clock, recorder)
    try:
        assert first.folder("x").parent != second.folder("x").parent
    finally:
        first.close()
        second.close()
