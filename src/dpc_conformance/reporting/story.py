"""The documented journeys, step by step, and how far a run walked each of them."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from dpc_conformance.catalogue.part_in_run import NOBODY
from dpc_conformance.evidence.events import ScenarioLeftOut
from dpc_conformance.reporting.gathered import ScenarioRun


@dataclass(frozen=True)
class Story:
    """A documented journey: the leading part of its ids, and in our words what is done in each step from 01 on."""

    name: str
    prefix: str
    steps: tuple[str, ...]


STORIES = (
    Story(
        "Enrolment with Intercede on iOS and iPadOS",
        "IOS-INT",
        (
            "Open the company's app on the phone and sign in with the work account; the app shows a code",
            "Write the code down",
            "Open the device sign-in page on the smart-card computer",
            "Enter the code",
            "Insert the smart card and sign in with it",
            "Return to the app and follow it until the phone is managed",
            "Tap the notification that asks to set up the smart card",
            "Read the organisation's instructions, then begin",
            "Open the issuer's application on the computer or kiosk and sign in",
            "Choose to request your ID",
            "Choose the profile that activates with a mobile credential; a QR code appears",
            "Continue on the phone to the QR code step",
            "Let the app use the camera",
            "Scan the QR code",
            "Wait until the app has finished; the credential is installed",
        ),
    ),
    Story(
        "Set-up of a phone with Android Enterprise",
        "AND",
        (
            "Switch on a phone that is new or was reset, with Android 8 or newer",
            "On the screen Welcome choose the language; or scan the organisation's QR code, or use NFC",
            "Join a wireless network and go on; or enrol with a token, or by zero touch",
            "Accept Google's terms",
            "Accept Chrome's terms",
            "Choose to sign in from another device",
            "Write the code down",
            "Open the address that the phone shows on the smart-card computer",
            "Enter the code",
            "Insert the smart card and sign in with it",
            "Choose the work account and return to the phone",
            "Do what a policy asks for, such as a screen lock",
            "Install the organisation's apps",
            "Start the company's app",
            "Follow it until the phone is managed",
            "Go on to the smart card setup",
        ),
    ),
    Story(
        "Enrolment with Intercede on Android Enterprise",
        "AND-INT",
        (
            "Tap the notification that asks to set up the smart card, or follow the e-mail",
            "Read the organisation's instructions, then begin",
            "Open the issuer's application on the computer or kiosk and sign in",
            "Choose to request your ID",
            "Choose the profile that activates with a mobile credential; a QR code appears",
            "Continue on the phone to the QR code step",
            "Let the app use the camera, where it asks for it",
            "Scan the QR code",
            "Leave the app open until the certificates are there",
            "The app says that all is set; the credential is installed",
        ),
    ),
)
"""In our words, after the user articles on enrolment with Intercede."""

STEP = re.compile(r"([A-Z]+(?:-[A-Z]+)*-\d\d)[ab]?")
STORY_TAG = re.compile(rf"(?:{'|'.join(each.prefix for each in STORIES)}|ADM|LIFE)-\d\d[ab]?")
"""Any step or rule of the documented story, as scenarios are tagged with it."""


@dataclass(frozen=True)
class StoryStep:
    """A documented step of the journey `story`.

    `state` is walked, walked in part, not walked, not applicable, or failed where a scenario of it did not pass;
    `reason` says why scenarios of it had no part in the run.
    """

    id: str
    title: str
    state: str
    passed: int
    scenarios: int
    story: str
    reason: str = ""


def walked_steps(scenarios: Iterable[ScenarioRun], left_out: Iterable[ScenarioLeftOut] = ()) -> list[StoryStep]:
    """The steps of each journey in order, each with the scenarios that carry its tag."""
    runs, without = tuple(scenarios), tuple(left_out)
    return [
        _step(f"{story.prefix}-{number:02d}", title, story.name, runs, without)
        for story in STORIES
        for number, title in enumerate(story.steps, 1)
    ]


def _step(
    step: str, title: str, story: str, scenarios: tuple[ScenarioRun, ...], left_out: tuple[ScenarioLeftOut, ...]
) -> StoryStep:
    runs = [run for run in scenarios if step in _steps(run.started.tags)]
    reasons = dict.fromkeys(each.reason for each in left_out if step in _steps(each.tags))
    passed = sum(run.outcome == "passed" for run in runs)
    state = _state(len(runs), passed, reasons)
    return StoryStep(step, title, state, passed, len(runs), story, "; ".join(reasons))


def _state(runs: int, passed: int, reasons: Collection[str]) -> str:
    if runs:
        return "failed" if passed < runs else "walked in part" if reasons else "walked"
    return "not applicable" if reasons and NOBODY not in reasons else "not walked"


def _steps(tags: Iterable[str]) -> set[str]:
    return {match[1] for tag in tags if (match := STEP.fullmatch(tag))}
