"""What is installed starts no service, and the machine's own policy about that is as it was before."""

import signal
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "tools/without-starting-services"
OWN = "#!/bin/sh\nexit 0\n"
DENIED = 101
"""What a policy says that lets no service start (Debian Policy Manual, invoke-rc.d)."""


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """Where the machine's policy would be."""
    return tmp_path / "policy-rc.d"


def call(policy: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([SCRIPT, policy, *command], capture_output=True, text=True, timeout=30, check=False)


def asked_in(policy: Path, ending: str = "") -> tuple[str, ...]:
    """A command that asks the policy, as invoke-rc.d does, and prints its answer."""
    return ("sh", "-c", f"{policy} nginx start; echo $?; {ending}")


def test_no_service_may_start_meanwhile(policy: Path) -> None:
    assert call(policy, *asked_in(policy)).stdout == f"{DENIED}\n"
    assert list(policy.parent.iterdir()) == []


def test_the_policy_of_the_machine_comes_back(policy: Path) -> None:
    policy.write_text(OWN)
    policy.chmod(0o750)
    assert call(policy, *asked_in(policy)).stdout == f"{DENIED}\n"
    assert (policy.read_text(), policy.stat().st_mode & 0o777) == (OWN, 0o750)
    assert list(policy.parent.iterdir()) == [policy]


def test_it_comes_back_after_a_command_that_fails(policy: Path) -> None:
    policy.write_text(OWN)
    ended = call(policy, *asked_in(policy, "exit 7"))
    assert (ended.returncode, policy.read_text()) == (7, OWN)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_comes_back_after_an_interruption(policy: Path, number: signal.Signals) -> None:
    policy.write_text(OWN)
    running = subprocess.Popen(
        [SCRIPT, policy, "sh", "-c", "echo runs; read _"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        process_group=0,
    )
    assert running.stdout
    assert running.stdin
    assert running.stdout.readline() == "runs\n"
    running.send_signal(number)
    running.stdin.close()  # a shell sees to its signals when the command before it has ended
    running.stdout.close()
    assert running.wait(30) != 0
    assert policy.read_text() == OWN
    assert list(policy.parent.iterdir()) == [policy]


def test_what_a_killed_call_left_aside_comes_back_after_the_next_one(policy: Path) -> None:
    policy.with_name(f"{policy.name}.put-aside").write_text(OWN)
    policy.write_text("left by the call that was killed")
    call(policy, "true")
    assert policy.read_text() == OWN
    assert list(policy.parent.iterdir()) == [policy]
