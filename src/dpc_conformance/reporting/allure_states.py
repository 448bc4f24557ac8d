"""Allure has five states, we have twelve verdicts: which state shows each, and a category of its own for each."""

from typing import Any

from dpc_conformance.catalogue.verdicts import Ground, Verdict, is_settled

STATES = {
    Verdict.PASS: "passed",
    Verdict.ATTESTED: "passed",
    Verdict.WARN: "passed",
    Verdict.FAIL: "failed",
    Verdict.HANG: "broken",
    Verdict.INFRASTRUCTURE: "broken",
    Verdict.BLOCKED: "unknown",
    Verdict.INCONCLUSIVE: "unknown",
    Verdict.REVIEW: "unknown",
    Verdict.SKIPPED: "skipped",
    Verdict.NOT_APPLICABLE: "skipped",
    Verdict.NOT_EFFECTIVE: "skipped",
}
"""What is not known is never shown as passed."""
TITLES = {
    Verdict.FAIL: "a requirement does not hold",
    Verdict.HANG: "passed its time limit",
    Verdict.INFRASTRUCTURE: "the run itself lost what it needs",
    Verdict.BLOCKED: "could not be done",
    Verdict.INCONCLUSIVE: "could not be told",
    Verdict.REVIEW: "a person has to judge, or has judged",
    Verdict.SKIPPED: "left out",
    Verdict.WARN: "holds with a warning",
    Verdict.ATTESTED: "the vendor states it",
    Verdict.NOT_APPLICABLE: "by the claims",
    Verdict.NOT_EFFECTIVE: "by date or edition",
}
LABEL = "verdict"
"""The label that carries a verdict."""


def state_of(ground: Ground) -> str:
    """The state that shows the verdict of a requirement; a review that was decided has passed."""
    return "passed" if ground.verdict is Verdict.REVIEW and is_settled(ground) else STATES[ground.verdict]


def categories() -> list[dict[str, Any]]:
    """The categories as Allure 3 has them in its settings: found by the label."""
    return [
        {"name": _name(verdict), "matchers": {"labels": {LABEL: f"^{verdict}$"}}, "groupByMessage": True}
        for verdict in TITLES
    ]


def old_categories() -> list[dict[str, Any]]:
    """The same for `categories.json` among the results, where Allure 2 finds them by state and message."""
    return [
        {"name": _name(verdict), "messageRegex": f"(?s)^{verdict}: .*", "matchedStatuses": _states(verdict)}
        for verdict in TITLES
    ]


def _states(verdict: Verdict) -> list[str]:
    return sorted({STATES[verdict], *(["passed"] if verdict is Verdict.REVIEW else [])})


def _name(verdict: Verdict) -> str:
    return f"{verdict} \u2013 {TITLES[verdict]}"
