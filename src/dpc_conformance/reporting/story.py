"""The fifteen documented steps of the journey, and how far a run walked each of them."""

import re
from dataclasses import dataclass

from dpc_conformance.reporting.gathered import ScenarioRun

STEPS = {
    1: "Open the company's app on the phone and sign in with the work account; the app shows a code",
    2: "Write the code down",
    3: "Open the device sign-in page on the smart-card computer",
    4: "Enter the code",
    5: "Insert the smart card and sign in with it",
    6: "Return to the app and follow it until the phone is managed",
    7: "Tap the notification that asks to set up the smart card",
    8: "Read the organisation's instructions, then begin",
    9: "Open the issuer's application on the computer or kiosk and sign in",
    10: "Choose to request your ID",
    11: "Choose the profile that activates with a mobile credential; a QR code appears",
    12: "Continue on the phone to the QR code step",
    13: "Let the app use the camera",
    14: "Scan the QR code",
    15: "Wait until the app has finished; the credential is installed",
}
"""In our words, after the user article on enrolment with Intercede on iOS and iPadOS (IOS-INT-01 to IOS-INT-15)."""

TAG = re.compile(r"IOS-INT-(\d\d)[ab]?")
STORY_TAG = re.compile(r"(?:IOS-INT|ADM|LIFE)-\d\d[ab]?")
"""Any step or rule of the documented story, as scenarios are tagged with it."""


@dataclass(frozen=True)
class StoryStep:
    """A documented step. `state` is walked, not walked, or failed where a scenario of it did not pass."""

    id: str
    title: str
    state: str
    passed: int
    scenarios: int


def walked_steps(scenarios: tuple[ScenarioRun, ...]) -> list[StoryStep]:
    """The fifteen steps in order, each with the scenarios that carry its tag."""
    return [_step(number, title, scenarios) for number, title in STEPS.items()]


def _step(number: int, title: str, scenarios: tuple[ScenarioRun, ...]) -> StoryStep:
    runs = [run for run in scenarios if number in _numbers(run)]
    passed = sum(run.outcome == "passed" for run in runs)
    state = "not walked" if not runs else "walked" if passed == len(runs) else "failed"
    return StoryStep(f"IOS-INT-{number:02d}", title, state, passed, len(runs))


def _numbers(run: ScenarioRun) -> set[int]:
    return {int(match[1]) for tag in run.started.tags if (match := TAG.fullmatch(tag))}
