"""The Allure report by its real generator: categories for the verdicts, and history where the user keeps it."""

import json

import pytest

from dpc_conformance.reporting import allure, node
from dpc_conformance.reporting.allure import NoReport, draw_report
from dpc_conformance.reporting.allure_results import write_results
from dpc_conformance.reporting.statement import build_statement

ONE = "PIV-SRC-STATUS-01"


@pytest.fixture
def generator():
    """Node, on which the generator runs."""
    if isinstance(node.find_node(), str):
        pytest.skip(node.find_node())


def results_of(run, folder):
    """Results of the run so far."""
    journal = run.journal()
    write_results(folder, journal, build_statement(journal), lambda _: ())
    return folder


@pytest.mark.usefixtures("generator")
def test_runs_are_added_to_the_history_and_known_again(run, tmp_path):
    history, report = tmp_path / "kept" / "history.jsonl", tmp_path / "index.html"
    history.parent.mkdir()
    run.evaluate(ONE, "PASS")
    draw_report(results_of(run, tmp_path / "first"), report, "first", history)
    run.evaluate(ONE, "FAIL", message="accepted a revoked card")
    draw_report(results_of(run, tmp_path / "second"), report, "second", history)
    points = [json.loads(line) for line in history.read_text().splitlines()]
    assert [point["name"] for point in points] == ["first", "second"]
    assert points[0]["testResults"].keys() < points[1]["testResults"].keys()
    status = [
        next(each["status"] for each in point["testResults"].values() if each["name"].startswith(f"{ONE}: "))
        for point in points
    ]
    assert status == ["passed", "failed"]
    page = report.read_text("utf-8")
    assert "googletagmanager" not in page


@pytest.mark.usefixtures("generator")
def test_without_a_file_no_history_is_kept(run, tmp_path):
    run.evaluate(ONE, "PASS")
    draw_report(results_of(run, tmp_path / "results"), tmp_path / "index.html", "one")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["index.html", "results"]


def test_a_run_that_is_not_drawn_adds_nothing(run, tmp_path, monkeypatch):
    history = tmp_path / "history.jsonl"
    history.write_text('{"uuid": "x", "name": "before", "testResults": {}}\n')

    def fail(*_, **__):
        raise NoReport("the report generator did not finish")

    monkeypatch.setattr(allure, "find_node", lambda: node.Node(tmp_path, tmp_path))
    monkeypatch.setattr(allure, "_installed", lambda _: tmp_path)
    monkeypatch.setattr(allure, "_run", fail)
    with pytest.raises(NoReport):
        draw_report(results_of(run, tmp_path / "results"), tmp_path / "index.html", "one", history)
    assert history.read_text().count("\n") == 1
