"""The journey's start in Chromium, walked once for all tests that look at what came of it."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dpc_conformance.casting import Stage
from dpc_conformance.clock import machine_now
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.roles.cast import Cast
from dpc_conformance.roles.errors import MachineLacks, WrongPin
from dpc_conformance.roles.screens import Screen
from dpc_conformance.target import load_target


@dataclass
class Visit:
    """What a cardholder did at the kiosk, and what could be seen meanwhile."""

    cast: Cast
    recorder: Recorder
    screens: dict[str, Screen] = field(default_factory=dict)
    command_lines: bytes = b""
    environments: bytes = b""
    statuses: bytes = b""
    wrong: WrongPin | None = None


def of_all_processes(name):
    """A file of every process's folder that this user may read, one after the other."""
    found = b""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            found += (folder / name).read_bytes()
        except OSError:
            continue
    return found


@pytest.fixture(scope="session")
def visit():
    stage = Stage(load_target().choosing(workstation="browser"), machine_now(), "in a browser")
    recorder = Recorder()
    try:
        with stage.scene(recorder, "a visit to the kiosk") as cast:
            visit = Visit(cast, recorder)
            try:
                _walk(visit, cast.workstation)
            except MachineLacks as lack:
                pytest.skip(str(lack))
            yield visit
    finally:
        stage.close()


def _walk(visit, workstation):
    cast, screens = visit.cast, visit.screens
    screens["start"] = workstation.browse(cast.issuer.kiosk_address)
    with pytest.raises(WrongPin) as wrong:
        workstation.sign_in_with_card("9" * len(cast.pin))
    visit.wrong = wrong.value
    screens["home"] = workstation.sign_in_with_card(cast.pin)
    visit.command_lines, visit.environments = of_all_processes("cmdline"), of_all_processes("environ")
    visit.statuses = of_all_processes("status")
    screens["request"] = workstation.choose("Request my ID")
    workstation.choose("I accept the subscriber obligations")
    screens["code"] = workstation.choose("Activate with a mobile credential")
    screens["again"] = workstation.choose("Back")
