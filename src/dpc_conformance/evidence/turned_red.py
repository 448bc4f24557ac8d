"""What turned red: requirements by their evaluations, steps of the story by the scenarios that mirror them."""

import re
from collections.abc import Set

from dpc_conformance.catalogue.story import STORY_STEPS
from dpc_conformance.evidence.events import RED, EvaluationMade, Outcome, ScenarioEnded, ScenarioStarted
from dpc_conformance.evidence.journal import Journal

CONTRADICTED = "AssertionError"
"""How the message of a scenario begins that ended because a step saw something else than it says."""


def turned_red(events: Journal, expected: Set[str]) -> tuple[frozenset[str], dict[str, str]]:
    """The red ids, and the scenarios that ended without a finding, by name, each with the reason.

    Steps of the story have no evaluations: those among `expected` are red where a step of their scenario saw something
    else than it says. A scenario that mirrors others besides is not explained by that.
    """
    started = {each.scenario: each for each in events.of(ScenarioStarted)}
    red = [each for each in events.of(EvaluationMade) if each.result in RED]
    with_finding = {each.scenario for each in red}
    failed, broke = {each.requirement for each in red}, {}
    for ended in events.of(ScenarioEnded):
        if ended.outcome in (Outcome.PASSED, Outcome.SKIPPED) or ended.scenario in with_finding:
            continue
        steps = STORY_STEPS.intersection(started[ended.scenario].tags)
        if ended.message.startswith(CONTRADICTED) and steps and steps <= expected:
            failed |= steps
        else:
            broke[started[ended.scenario].name] = re.sub(r"\s+", " ", ended.message)
    return frozenset(failed), broke
