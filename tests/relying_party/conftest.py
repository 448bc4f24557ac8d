"""What a program leaves and where it listens, as the kernel lists it."""

import os
import select
import tempfile
from pathlib import Path

import pytest

from dpc_conformance.casting import Stage
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.reference.programs.programs import Programs
from dpc_conformance.target import load_target

LISTENING = {"tcp": "0A", "tcp6": "0A", "udp": "07", "udp6": "07"}
"""The state of a socket that waits for whoever comes."""
LOOPBACK = {"0100007F", "00000000000000000000000001000000"}


class Kernel:
    """What /proc and /dev/shm say."""

    def runs(self, process: int) -> bool:
        """Whether there is such a process, one that was waited for excepted."""
        try:
            return Path("/proc", str(process), "stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except OSError:
            return False

    def gone(self, process: int) -> bool:
        """Whether it ends within ten seconds."""
        end = os.pidfd_open(process) if self.runs(process) else None
        if end is not None:
            select.select([end], [], [], 10)
            os.close(end)
        return not self.runs(process)

    def comes_true(self, condition) -> bool:
        """Whether it does within ten seconds; for what nobody announces."""
        for _ in range(1000):
            if condition():
                return True
            select.select([], [], [], 0.01)
        return False

    def listens_on(self, process: int) -> set[tuple[str, str]]:
        """Protocol and address (hexadecimal) of every socket of a process that waits for whoever comes."""
        own = {str(file.readlink()) for file in Path("/proc", str(process), "fd").iterdir() if file.is_symlink()}
        found = set()
        for protocol, state in LISTENING.items():
            for line in Path("/proc/net", protocol).read_text().splitlines()[1:]:
                fields = line.split()
                if fields[3] == state and f"socket:[{fields[9]}]" in own:
                    found.add((protocol.rstrip("6"), fields[1].partition(":")[0]))
        return found

    def shared_memory_of(self, process: int) -> list[Path]:
        """What libfaketime keeps for it."""
        return list(Path("/dev/shm").glob(f"*faketime*_{process}"))


@pytest.fixture
def kernel():
    return Kernel()


@pytest.fixture
def clock():
    return RunClock(machine_now())


@pytest.fixture
def recorder():
    return Recorder()


@pytest.fixture
def programs(clock, recorder, tmp_path, monkeypatch):
    """Programs with their folder below `tmp_path`, which is empty again afterwards."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = Programs(clock, recorder)
    yield made
    made.close()
    assert list(tmp_path.glob("dpc-programs-*")) == []


@pytest.fixture(scope="module")
def stage():
    stage = Stage(load_target(), machine_now(), "relying parties")
    yield stage
    stage.close()


@pytest.fixture
def scene(stage, request):
    """A scene with its cast; what it started is gone when the test is over."""
    recorder, scenes = Recorder(), []
    with stage.scene(recorder, request.node.name, [scenes.append]) as cast:
        yield scenes[0], cast
