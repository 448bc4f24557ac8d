"""Gherkin in Allure: allure-pytest keeps the life of a test, this part puts the feature's words and evidence in."""

import csv
import io
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import allure_commons
import pytest
from allure_commons.logger import AllureFileLogger
from allure_commons.model2 import Label, Link, Parameter, Status, TestResult, TestResultContainer
from allure_commons.utils import md5, uuid4

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.reporting.lost_results import folder_title
from dpc_conformance.suite.attachments import Attachment, attach, attachments_of
from dpc_conformance.suite.described import Described, describe
from dpc_conformance.suite.judge_fixture import JUDGE
from dpc_conformance.suite.sources import page_of


def pytest_configure(config: pytest.Config) -> None:
    """Take part only where allure-pytest writes results."""
    if config.getoption("allure_report_dir", None):
        plugin = GherkinAllure()
        config.pluginmanager.register(plugin, "dpc-gherkin-allure")
        allure_commons.plugin_manager.register(plugin)
        config.add_cleanup(lambda: allure_commons.plugin_manager.unregister(plugin))


def pytest_sessionstart() -> None:
    """Leave out containers in which nothing stands: one file for each fixture of each scenario, read by nobody."""
    for logger in allure_commons.plugin_manager.get_plugins():
        if isinstance(logger, AllureFileLogger) and hasattr(logger, "_report_item"):
            logger._report_item = partial(_write_unless_empty, logger._report_item)  # type: ignore[method-assign]


def _write_unless_empty(write: Callable[[Any], None], item: Any) -> None:
    if not isinstance(item, TestResultContainer) or item.befores or item.afters:
        write(item)


class GherkinAllure:
    """Follows one scenario at a time, as pytest runs them."""

    def __init__(self) -> None:
        self._facts: Described | None = None
        self._to_do: list[Any] = []
        self._step: str | None = None
        self._seen = 0
        self._recorder = Recorder()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Remember whose result is being written."""
        self._facts = describe(item)

    @allure_commons.hookimpl(tryfirst=True)
    def report_result(self, result: TestResult) -> None:
        """Rewrite names, labels and links just before the result is written."""
        facts = self._facts
        if facts is None:
            return
        result.name = facts.name
        result.titlePath = [facts.file, *([facts.rule] if facts.rule else [])]
        result.fullName = f"{facts.file}: {facts.name}"
        result.testCaseId = md5(f"{facts.file}: {facts.template_name}")  # type: ignore[no-untyped-call]
        result.historyId = md5(result.testCaseId, *facts.row.values())  # type: ignore[no-untyped-call]
        result.description = "\n\n".join(
            part for part in (facts.feature_description, facts.description, proves(facts)) if part
        )
        result.parameters = [Parameter(name=name, value=value) for name, value in facts.row.items()]
        kept = [label for label in result.labels if label.name in ("host", "thread", "framework", "language")]
        result.labels = kept + [Label(name, value) for name, value in labels_of(facts)]
        result.links = [Link("link", page, name) for page, name in links_of(facts)]
        self._keep_secrets(result)

    @allure_commons.hookimpl(tryfirst=True)
    def report_container(self, container: TestResultContainer) -> None:
        """Step definitions are fixtures to pytest; a reader wants only the fixtures that failed."""
        for phase in (container.befores, container.afters):
            phase[:] = [fixture for fixture in phase if fixture.status not in (Status.PASSED, None)]

    def pytest_bdd_before_scenario(self, request: pytest.FixtureRequest, scenario: Any) -> None:
        """Know the steps that have to appear, also those that will not be reached."""
        self._recorder = request.getfixturevalue("recorder")
        self._to_do = list(scenario.steps)
        self._seen = 0

    def pytest_bdd_before_step(self, step: Any) -> None:
        """A Gherkin step begins."""
        self._to_do.remove(step)
        self._step = uuid4()  # type: ignore[no-untyped-call]
        allure_commons.plugin_manager.hook.start_step(
            uuid=self._step, title=f"{step.keyword} {step.name}".strip(), params={}
        )
        if step.docstring is not None:
            attach(Attachment("text of the step", step.docstring))
        if step.datatable:
            attach(Attachment("table of the step", _csv(step.datatable.raw()), "text/csv", "csv"))

    def pytest_bdd_after_step(self, request: pytest.FixtureRequest) -> None:
        """A Gherkin step ran to its end; it is shown as failed when it recorded a failing evaluation."""
        self._evidence()
        judge = request.node.stash.get(JUDGE, None)
        sentences = judge.new_failures() if judge else []
        self._stop(AssertionError("\n".join(sentences)) if sentences else None)

    def pytest_bdd_step_func_lookup_error(self, step: Any, exception: Exception) -> None:
        """A step without a definition."""
        self.pytest_bdd_before_step(step)
        self._stop(exception)

    def pytest_bdd_after_scenario(self) -> None:
        """Close the step that did not end (failed, skipped, interrupted) and show the rest as not reached."""
        if self._step:
            self._evidence()
            self._stop(sys.exc_info()[1])
        for step in list(self._to_do):
            self.pytest_bdd_before_step(step)
            self._stop(pytest.skip.Exception("not reached"))

    def _evidence(self) -> None:
        timeline = self._recorder.timeline()
        for attachment in attachments_of(timeline[self._seen :]):
            attach(attachment)
        self._seen = len(timeline)

    def _keep_secrets(self, result: Any) -> None:
        """An exception of a library may quote what was sent: messages and traces are redacted like everything else."""
        details = result.statusDetails
        if details:
            details.message = self._recorder.redact(details.message or "")
            details.trace = self._recorder.redact(details.trace or "")
        for step in result.steps:
            self._keep_secrets(step)

    def _stop(self, error: BaseException | None) -> None:
        allure_commons.plugin_manager.hook.stop_step(
            uuid=self._step,
            exc_type=type(error) if error else None,
            exc_val=error,
            exc_tb=error.__traceback__ if error else None,
        )
        self._step = None


def labels_of(facts: Described) -> list[tuple[str, str]]:
    """Allure's behaviours: epic is the folder (or @epic:...), feature the Feature, story the Rule or its steps."""
    keyed = dict(tag.split(":", 1) for tag in facts.tags if ":" in tag)
    story = facts.rule or ", ".join(facts.story_steps)
    labels = [
        ("epic", keyed.get("epic", folder_title(facts.file))),
        ("feature", facts.feature),
        *([("story", story)] if story else []),
        ("suite", facts.feature),
        *([("severity", keyed["severity"])] if "severity" in keyed else []),
    ]
    return labels + [("tag", tag) for tag in facts.tags if ":" not in tag]


def proves(facts: Described) -> str:
    """The requirements of a scenario in words (Markdown), so that nobody has to look up an id."""
    return "\n".join(f"- **{each}**: {load_catalogue()[each].text}" for each in facts.requirements)


def links_of(facts: Described) -> list[tuple[str, str]]:
    """Page and text of a link for each requirement whose source is published."""
    sources = {identifier: load_catalogue()[identifier].source for identifier in facts.requirements}
    return [
        (page, f"{identifier} ({source.partition(';')[0].strip()})")
        for identifier, source in sources.items()
        if (page := page_of(source))
    ]


def _csv(rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
