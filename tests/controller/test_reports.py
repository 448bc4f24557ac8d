"""What `dpc run` leaves behind: report, lost results, missing programs, --require-all."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dpc_conformance.commands import run_reports
from dpc_conformance.commands.live_lines import LiveLines
from dpc_conformance.evidence.events import EvaluationMade, Event, Outcome, RunEnded, ScenarioEnded, ScenarioStarted
from dpc_conformance.evidence.journal import JournalWriter, read_journal
from dpc_conformance.reporting import allure, node
from dpc_conformance.reporting.statement import build_statement
from dpc_conformance.suite.last_words import last_words
from dpc_conformance.suite.run_files import RunFiles
from dpc_conformance.target import load_target

NOW = datetime(2026, 6, 1, tzinfo=UTC)
FILE = "features/one.feature"


def scenario(name: str, outcome: Outcome, message: str = "") -> list[Event]:
    identifier = f"{FILE}::test_{name}"
    return [
        ScenarioStarted(NOW, identifier, name, "Made up", FILE, 3, ("DPC-ISS-PKIAUTH-01", "epic:Journey")),
        ScenarioEnded(NOW, identifier, outcome, "Then it hangs" if message else "", message, 0.5),
    ]


@pytest.fixture
def files(tmp_path: Path) -> RunFiles:
    made = RunFiles(tmp_path / "reports")
    with made.held():
        pass
    start = load_target().started(NOW, "0", "seed", NOW)
    events = [start, *scenario("good", Outcome.PASSED), *scenario("hung", Outcome.HANG, "too long"), RunEnded(NOW, 1.0)]
    with JournalWriter(made.journal) as journal:
        for event in events:
            journal.write(event)
    return made


@pytest.fixture
def no_node(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(node, "_bundled", lambda: None)


@pytest.mark.usefixtures("no_node")
def test_without_node_one_sentence_says_what_is_lost_and_the_rest_is_there(
    files: RunFiles, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run_reports.draw_reports(files, require_all=False)
    printed = " ".join(capsys.readouterr().out.split())
    assert "Node is not installed: the HTML report with steps and attachments was not drawn" in printed
    assert "pip install 'dpc-conformance[report]'" in printed
    assert code == 2
    assert [file.exists() for file in (files.page, files.junit, files.statement, files.report)] == [True] * 3 + [False]


@pytest.mark.usefixtures("no_node")
def test_nothing_stays_that_was_drawn_before_and_says_something_else(files: RunFiles) -> None:
    for drawn_before in (files.pdf, files.report):
        drawn_before.write_text("conformant")
    run_reports.draw_reports(files, require_all=False)
    assert not files.pdf.exists()
    assert not files.report.exists()


@pytest.mark.usefixtures("no_node")
def test_require_all_names_everything_that_did_not_run(
    files: RunFiles, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_reports, "minimum_scenarios", lambda: 60)
    run_reports.draw_reports(files, require_all=True)
    printed = " ".join(capsys.readouterr().out.split())
    assert '--require-all: "hung" is hang: too long' in printed
    assert "--require-all: 1 scenarios ran, the committed minimum is 60" in printed
    assert "--require-all: missing: Node is not installed" in printed


@pytest.mark.parametrize("outcome", [Outcome.BROKEN, Outcome.FAILED])
def test_require_all_names_a_scenario_that_did_not_pass_whatever_it_was_about(
    files: RunFiles, outcome: Outcome
) -> None:
    with JournalWriter(files.journal) as journal:
        for event in scenario("red", outcome, "LookupError"):
            journal.write(replace(event, tags=("DPC-TOK-PIN-01",)) if isinstance(event, ScenarioStarted) else event)
    statement = build_statement(read_journal(files.journal))
    assert f'"red" is {outcome}: LookupError' in run_reports.not_all(statement, [], 0)


def test_require_all_names_what_could_not_be_judged_though_another_scenario_decides_it(files: RunFiles) -> None:
    started, ended = scenario("half", Outcome.PASSED)
    words = {"step": "Then it is refused", "reason": "control-failed", "message": "so was the control"}
    with JournalWriter(files.journal) as journal:
        journal.write(started)
        for result, more in (("PASS", {}), ("INCONCLUSIVE", words)):
            journal.write(EvaluationMade(started.at, started.scenario, "DPC-ISS-NONPKI-02", result, **more))
        journal.write(ended)
    statement = build_statement(read_journal(files.journal))
    said = run_reports.not_all(statement, [], 0)
    assert said[1:] == ['"Then it is refused" could not judge DPC-ISS-NONPKI-02: so was the control']


def test_the_committed_minimum_is_a_number() -> None:
    assert run_reports.minimum_scenarios() > 0


@pytest.mark.usefixtures("no_node")
def test_a_scenario_whose_worker_died_is_in_the_allure_results_all_the_same(files: RunFiles) -> None:
    (files.allure_results / "b-result.json").write_text('{"fullName": "half', encoding="utf-8")
    run_reports.draw_reports(files, require_all=False)
    results = [json.loads(path.read_text("utf-8")) for path in files.allure_results.glob("*-result.json")]
    hung = next(result for result in results if result.get("name") == "hung")
    assert hung["status"] == "broken"
    assert hung["statusDetails"]["message"] == "HANG: too long"
    assert {"name": "epic", "value": "Journey"} in hung["labels"]


def test_analytics_are_taken_out_and_nothing_else() -> None:
    page = (
        '<script src="data:app"></script><script async src="https://www.googletagmanager.com/gtag/js?id=G"></script>\n'
        "<script>\n  window.dataLayer = [];\n</script><script>report()</script>"
    )
    assert allure.without_analytics(page) == '<script src="data:app"></script><script>report()</script>'


def test_the_environment_is_escaped_as_java_properties(tmp_path: Path) -> None:
    allure.write_environment(tmp_path, {"Roles": "all reference", "Clock": "12:00", "Target": "Ünit = x"})
    lines = (tmp_path / "environment.properties").read_text("ascii").splitlines()
    assert lines == ["Roles = all reference", "Clock = 12\\:00", "Target = \\u00dcnit \\= x"]


def test_the_recipe_pins_one_version_and_names_no_address() -> None:
    package = json.loads((allure.RECIPE / "package.json").read_text("utf-8"))
    lock = json.loads((allure.RECIPE / "package-lock.json").read_text("utf-8"))
    pinned = package["dependencies"]["allure"]
    assert lock["packages"]["node_modules/allure"]["version"] == pinned
    assert not [name for name, entry in lock["packages"].items() if "resolved" in entry]
    assert not [name for name, entry in lock["packages"].items() if name and "integrity" not in entry]


def test_a_line_for_each_scenario_as_it_ends() -> None:
    said: list[str] = []
    lines = LiveLines(said.append)
    failed = EvaluationMade(NOW, f"{FILE}::test_bad", "DPC-ISS-PKIAUTH-01", "FAIL", message="it was accepted")
    for event in [*scenario("good", Outcome.PASSED), *scenario("bad", Outcome.FAILED)[:1], failed]:
        lines(event)
    lines(ScenarioEnded(NOW, f"{FILE}::test_bad", Outcome.FAILED, message="it was accepted"))
    assert [line.split() for line in said] == [
        ["\x1b[32mpass", "\x1b[0m", "0.5", "s", "Made", "up:", "good"],
        ["\x1b[31mFAIL", "\x1b[0m", "0.0", "s", "Made", "up:", "bad"],
        ["DPC-ISS-PKIAUTH-01:", "it", "was", "accepted"],
    ]


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ("== ERRORS ==\n__ ERROR collecting a.feature __\na.feature:1: no\n=== end ===\n", "a.feature:1: no"),
        ("__ ERROR collecting a.py __\n  import x\nE   ImportError: x\n=== end ===\n", "ImportError: x"),
        ("ERROR: --target x.toml: expected a file\n", "--target x.toml: expected a file"),
        ("Traceback\nE   KeyError: 'a'\n", "KeyError: 'a'"),
        ("", "it printed nothing"),
    ],
)
def test_last_words(tmp_path: Path, log: str, expected: str) -> None:
    (tmp_path / "worker.log").write_text(log, encoding="utf-8")
    assert last_words(tmp_path / "worker.log") == expected
