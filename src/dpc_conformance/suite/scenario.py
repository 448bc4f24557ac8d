"""Follows each scenario and writes its beginning, steps and end to the journal; decides how it ended."""

import errno
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from dpc_conformance.evidence.events import Outcome, ScenarioEnded, ScenarioStarted, StepStarted
from dpc_conformance.evidence.lines import ScenarioClosed, StepBegan
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.roles.errors import MachineLacks, NotSupported, Unreachable
from dpc_conformance.suite.described import Described, describe, step_text
from dpc_conformance.suite.judge_fixture import JUDGE
from dpc_conformance.suite.kept_evidence import close_evidence, open_evidence
from dpc_conformance.suite.moment import START, write
from dpc_conformance.suite.progress import PROGRESS, Progress
from dpc_conformance.suite.selection import is_sanity

MACHINE_GAVE_WAY = (errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM)
"""Nobody's product is to blame for a full disk."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """From the beginning of a scenario to the end of its tear-down."""
    facts = describe(item)
    if facts is None:
        return (yield)
    item.stash[PROGRESS] = progress = Progress(facts, Recorder())
    open_evidence(item.config, progress)
    start = item.config.stash[START]
    write(
        item.config,
        ScenarioStarted(
            at=start,
            scenario=facts.node_id,
            name=facts.name,
            feature=facts.feature,
            file=facts.file,
            line=facts.line,
            tags=facts.tags,
            worker=item.config.getoption("share"),
            sanity=is_sanity(item),
            rule=facts.rule,
            outline=facts.template_name,
            row=facts.row,
        ),
    )
    try:
        return (yield)
    except BaseException:
        progress.ended(Outcome.INTERRUPTED, "the run was stopped")
        raise
    finally:
        judge = item.stash.get(JUDGE, None)
        ended = judge.now() if judge else start
        close_evidence(progress, ScenarioClosed(ended, progress.outcome))
        write(
            item.config,
            ScenarioEnded(
                at=ended,
                scenario=facts.node_id,
                outcome=progress.outcome,
                broken_step=progress.recorder.redact(progress.broken_step),
                message=progress.recorder.redact(progress.message),
                seconds=progress.seconds(),
            ),
        )
        # pytest keeps every item to the end of the run: what a scenario made must not stay with it.
        del item.stash[PROGRESS]
        if JUDGE in item.stash:
            del item.stash[JUDGE]


def pytest_bdd_before_step(request: pytest.FixtureRequest, step: Any) -> None:
    """A step begins: the journal knows where a scenario hangs."""
    progress = request.node.stash.get(PROGRESS, None)
    if progress is None:
        return
    progress.step = step_text(step)
    write(
        request.config,
        StepStarted(
            at=request.config.stash[START],
            scenario=progress.facts.node_id,
            text=progress.recorder.redact(progress.step),
            line=step.line_number,
            seconds=progress.seconds(),
        ),
    )
    table = tuple(map(tuple, step.datatable.raw())) if step.datatable else ()
    progress.note(StepBegan(progress.step, step.docstring or "", table))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    """What fails before the first step is the stage that did not stand up."""
    with _booked(item, lambda error: Outcome.INFRASTRUCTURE if isinstance(error, OSError) else _outcome_of(error)):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """A step that raises ends the scenario; evaluations that failed end it once, after its last step."""
    with _booked(item, _outcome_of) as progress:
        yield
    if progress:
        judge = item.stash.get(JUDGE, None)
        problems = judge.failures() if judge else []
        problems += _not_evaluated(progress.facts, judge.evaluated() if judge else set())
        if problems:
            progress.ended(Outcome.FAILED, "; ".join(problems))
            pytest.fail("\n".join(problems), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """A stage that cannot be cleared is a fault of the run, not of the product."""
    progress = item.stash.get(PROGRESS, None)
    try:
        yield
    except BaseException as error:
        if progress:
            progress.ended(Outcome.INFRASTRUCTURE, f"while clearing up: {_sentence(error)}")
        raise


@contextmanager
def _booked(item: pytest.Item, outcome_of: Callable[[BaseException], Outcome]) -> Iterator[Progress | None]:
    """Book how a scenario ends that raises.

    What no role can do is BLOCKED, what the machine lacks INFRASTRUCTURE; for pytest both are skips.
    """
    progress = item.stash.get(PROGRESS, None)
    try:
        yield progress
    except NotSupported as error:
        if progress is None:
            raise
        progress.ended(Outcome.BLOCKED, str(error))
        pytest.skip(f"BLOCKED: {error}")
    except MachineLacks as error:
        if progress is None:
            raise
        progress.ended(Outcome.INFRASTRUCTURE, str(error))
        pytest.skip(f"INFRASTRUCTURE: {error}")
    except BaseException as error:
        if progress:
            progress.ended(outcome_of(error), _sentence(error))
        raise


def _outcome_of(error: BaseException) -> Outcome:
    if isinstance(error, pytest.skip.Exception):
        return Outcome.SKIPPED
    if isinstance(error, Unreachable | ConnectionError) or getattr(error, "errno", None) in MACHINE_GAVE_WAY:
        return Outcome.INFRASTRUCTURE
    if isinstance(error, KeyboardInterrupt | pytest.exit.Exception):
        return Outcome.INTERRUPTED
    return Outcome.BROKEN


def _sentence(error: BaseException) -> str:
    if isinstance(error, pytest.skip.Exception | pytest.fail.Exception):
        return str(error.msg)
    first = next((line for line in str(error).splitlines() if line.strip()), "")
    return f"{type(error).__name__}: {first}" if first else type(error).__name__


def _not_evaluated(facts: Described, evaluated: set[str]) -> list[str]:
    return [
        f"{identifier} is tagged but no step evaluated it: a defect of the suite, not of the product"
        for identifier in facts.requirements
        if identifier not in evaluated
    ]
