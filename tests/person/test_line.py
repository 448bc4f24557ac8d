"""The line from a scenario to the desk of the run, when the run dies."""

import json
from multiprocessing.connection import Listener
from threading import Thread

import pytest

from dpc_conformance.adapters.operator.line import Line, RunGone
from dpc_conformance.evidence.questions import DESK, Kind, Question


def test_a_scenario_whose_run_died_ends_as_interrupted(monkeypatch) -> None:
    """Anything else would be an end of the scenario, and the run that goes on would leave it out."""
    with Listener(authkey=b"key") as listener:
        told = {"address": listener.address, "key": b"key".hex()}
        monkeypatch.setenv(DESK, json.dumps(told))
        desk = Thread(target=lambda: listener.accept().close())
        desk.start()
        with pytest.raises(RunGone):
            Line().ask(Question("phone", "open_company_portal", "Open it.", "Tell", Kind.LINE))
        desk.join()
    assert issubclass(RunGone, KeyboardInterrupt)
