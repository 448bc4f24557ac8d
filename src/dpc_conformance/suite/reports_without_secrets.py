"""What pytest prints about a scenario: an exception or an assertion may quote a secret, log and evidence must not."""

from collections.abc import Generator
from typing import Any

import pytest

from dpc_conformance.evidence.events import Outcome
from dpc_conformance.evidence.lines import Raised
from dpc_conformance.suite.progress import PROGRESS


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Redact trace and captured output of a scenario; a trace without secrets stays as pytest made it."""
    report = yield
    progress = item.stash.get(PROGRESS, None)
    if progress is None:
        return report
    redact: Any = progress.recorder.redact
    report.sections = [(name, redact(content)) for name, content in report.sections]
    trace = "" if report.longrepr is None or isinstance(report.longrepr, tuple) else str(report.longrepr)
    if redact(trace) != trace:
        report.longrepr = redact(trace)
    if report.failed and progress.outcome is not Outcome.FAILED:
        progress.note(Raised(trace))
    return report
