"""The processes of the self-check: a child that falls silent or dies costs one defect, not the others."""

from pathlib import Path

import pytest

from dpc_conformance.faults.matrix import Row, row_of
from dpc_conformance.faults.registry import faults
from dpc_conformance.suite import defect_batch, defect_run
from dpc_conformance.suite.defect_batch import BatchBroke
from dpc_conformance.suite.defect_run import run_plans
from dpc_conformance.suite.defects import DefectPlan

CARD = {fault.name: fault for fault in faults() if fault.folder == "card"}
FIRST, LOST, LAST = list(CARD)[:3]
SILENCE = 8.0


def plans_of(folder: Path, *names: str) -> list[DefectPlan]:
    return [DefectPlan(name, folder / f"{number}.jsonl", None, "card") for number, name in enumerate(names)]


def run(folder: Path, *plugins: str) -> dict[str, Row]:
    plans = plans_of(folder, FIRST, LOST, LAST)
    done = list(run_plans(plans, folder, SILENCE, plugins))
    assert len(done) == len(plans)
    return {each.plan.name: row_of(CARD[each.plan.name], each.plan.journal, each.lost) for each in done}


WAYS = {
    "hangs": ("HANG: nothing for 8 seconds", "Aborted in sleep_for_ever (falls_silent.py:"),
    "dies": ("died with exit code 9", ""),
    "crashes": ("died with exit code -11", "Segmentation fault in touch_memory_of_nobody (falls_silent.py:"),
}


@pytest.mark.parametrize(("how", "said", "where"), [(how, *told) for how, told in WAYS.items()])
def test_a_lost_child_costs_the_defect_in_progress(tmp_path, monkeypatch, how, said, where):
    monkeypatch.setattr(defect_run, "CHILDREN", 1)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setenv("LOST_DEFECT", LOST)
    monkeypatch.setenv("LOST_HOW", how)
    found = run(tmp_path, "falls_silent")
    assert found[FIRST].caught
    assert found[LAST].caught
    assert not found[LOST].caught
    assert str(found[LOST]).startswith(f'{said} in "')
    assert where in str(found[LOST])


def test_a_child_that_cannot_begin_ends_the_run(tmp_path):
    with pytest.raises(BatchBroke, match="before its first scenario"):
        run(tmp_path, "no_such_plugin")


def test_a_child_that_does_nothing_at_the_start_ends_the_run(tmp_path, monkeypatch):
    monkeypatch.setattr(defect_batch, "START_LIMIT", 0.1)
    with pytest.raises(BatchBroke, match="did nothing before its first scenario"):
        list(run_plans(plans_of(tmp_path, FIRST), tmp_path, 0.1))


def test_who_goes_away_takes_the_children_along(tmp_path):
    running = run_plans(plans_of(tmp_path, *CARD), tmp_path, SILENCE)
    next(running)
    running.close()
    assert len(list(tmp_path.glob("[0-9]*.jsonl"))) < len(CARD)
