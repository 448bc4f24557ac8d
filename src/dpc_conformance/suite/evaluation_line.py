"""An evaluation in words: a sentence, and a line under its step in the Allure report."""

import allure_commons
import pytest
from allure_commons.utils import uuid4

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.verdicts import Result
from dpc_conformance.checks.finding import Finding
from dpc_conformance.evidence.events import EvaluationMade
from dpc_conformance.suite.attachments import attach, finding_attachment


def sentence_of(evaluation: EvaluationMade) -> str:
    """Starts with the id of the requirement."""
    return f"{evaluation.requirement}: {evaluation.message}"


def departure(finding: Finding) -> str:
    """What was found, without the id: every report puts that where it fits."""
    return f"{finding.where}: expected {finding.expected}, found {finding.actual}"


def show(evaluation: EvaluationMade) -> None:
    """A line under the running step, with the colour of its result; nothing where no Allure results are written."""
    error: BaseException | None = None
    if evaluation.result == Result.FAIL:
        error = AssertionError(evaluation.message)
    elif evaluation.result != Result.PASS:
        error = pytest.skip.Exception(evaluation.message)
    hook, line = allure_commons.plugin_manager.hook, uuid4()  # type: ignore[no-untyped-call]
    hook.start_step(uuid=line, title=f"{evaluation.result} {sentence_of(evaluation)}", params={})
    if evaluation.where:
        attach(finding_attachment(evaluation, load_catalogue()[evaluation.requirement]))
    hook.stop_step(uuid=line, exc_type=type(error) if error else None, exc_val=error, exc_tb=None)
