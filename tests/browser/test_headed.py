"""A browser with windows: PIN and certificate are asked for in its own dialogs, and answered with keys."""

import shlex

import pytest

from dpc_conformance.casting import Stage
from dpc_conformance.clock import machine_now
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import ApduExchange, Screenshot
from dpc_conformance.reference.programs.installed import program
from dpc_conformance.roles.errors import MachineLacks, WrongPin
from dpc_conformance.target import load_target

TARGET = """
name = "A browser with windows"

[roles.workstation]
adapter = "browser"
headed = true
"""
LOGGING_XDOTOOL = """#!/bin/sh
{{ tr '\\0' ' ' </proc/$$/environ; echo; echo "$*"; }} >>{log}
exec {xdotool} "$@"
"""


@pytest.fixture(scope="module")
def xdotool_log(tmp_path_factory):
    """Command lines and environments of xdotool: a script that writes them down comes first on the path."""
    folder = tmp_path_factory.mktemp("bin")
    log, script = folder / "log", folder / "xdotool"
    with pytest.MonkeyPatch.context() as patch:
        try:
            found = program("xdotool", "xdotool")
        except MachineLacks as lack:
            pytest.skip(str(lack))
        script.write_text(LOGGING_XDOTOOL.format(log=shlex.quote(str(log)), xdotool=found), "utf-8")
        script.chmod(0o755)
        patch.setenv("PATH", str(folder), prepend=":")
        yield log


@pytest.fixture(scope="module")
def walk(xdotool_log, tmp_path_factory):
    """A wrong PIN, then the right one, and in a new session somebody who cancels: cast, recorder, what came of each."""
    file = tmp_path_factory.mktemp("target") / "target.toml"
    file.write_text(TARGET, "utf-8")
    stage, recorder = Stage(load_target(file), machine_now(), "in a window"), Recorder()
    try:
        with stage.scene(recorder, "a visit to the kiosk") as cast:
            try:
                cast.workstation.browse(cast.issuer.kiosk_address)
            except MachineLacks as lack:
                pytest.skip(str(lack))
            with pytest.raises(WrongPin) as wrong:
                cast.workstation.sign_in_with_card("9" * len(cast.pin))
            home = cast.workstation.sign_in_with_card(cast.pin)
            cast.workstation.browse(cast.issuer.kiosk_address)
            cancelled = cast.workstation.sign_in_with_card(None)
            yield cast, recorder, (wrong.value, home, cancelled)
    finally:
        stage.close()


def test_the_cardholder_signs_in(walk):
    cast, _, (_, home, _) = walk
    assert home.title == "My ID"
    assert cast.cardholder.common_name in home.text


def test_a_wrong_pin_is_asked_for_again_and_costs_one_try(walk):
    _, recorder, (wrong, _, _) = walk
    assert wrong.attempts_left == 2
    verified = [each.status for each in recorder.of(ApduExchange) if each.name == "VERIFY (redacted)"]
    assert verified == [0x63C2, 0x9000]


def test_whoever_cancels_is_not_signed_in_and_loses_no_try(walk):
    cast, _, (_, _, cancelled) = walk
    assert cancelled.status == 403
    signed_in = [each for each in cast.issuer.audit() if each.action == "sign-in" and each.outcome == "accepted"]
    assert len(signed_in) == 1


def test_the_browser_asks_which_certificate(walk, xdotool_log):
    assert walk
    pressed = [line for line in xdotool_log.read_text("utf-8").splitlines() if line.startswith(("type", "key"))]
    typed = [place for place, line in enumerate(pressed) if line == "type --file -"]
    assert pressed[typed[1] + 1] == "key Return"


def test_the_pin_is_typed_and_nowhere_else(walk, xdotool_log):
    cast, recorder, _ = walk
    said = xdotool_log.read_text("utf-8", errors="replace")
    assert "type --file -" in said
    for pin in (cast.pin, "9" * len(cast.pin)):
        assert f" {pin} " not in said
        assert f"={pin} " not in said
        for record in recorder.timeline():
            assert isinstance(record, Screenshot) or pin not in repr(record)
