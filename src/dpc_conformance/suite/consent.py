"""Scenarios that change a card: in a real reader they run only with the user's consent, and never without a word."""

import tomllib
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

import pytest

from dpc_conformance.evidence.events import Announced
from dpc_conformance.suite.moment import START, write

DESTRUCTIVE, IRREVERSIBLE = "destructive", "irreversible"
OPTION = "--allow-destructive"
CHANGES = Path(__file__).parent / "changes.toml"
WHY_NOT = pytest.StashKey[str]()
ANNOUNCEMENTS = pytest.StashKey[list[str]]()


class CardInReader(Protocol):
    """A real card that plays a role. Its text names role, reader and serial number."""

    @property
    def role(self) -> str:
        """card or token."""

    @property
    def serial(self) -> object:
        """What the user allows it by; None when it cannot be read."""

    @property
    def allowed(self) -> bool:
        """Whether the user allows it to be written, blocked and reset."""

    @property
    def expendable(self) -> bool:
        """Whether the target allows it to be ruined."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option to those of the suite."""
    parser.getgroup("dpc").addoption(
        OPTION,
        action="append",
        default=[],
        metavar="SERIAL",
        help="let scenarios write, block and reset the card in a reader that has this serial number (its GUID)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the tags."""
    config.addinivalue_line("markers", f"{DESTRUCTIVE}: writes to a card or token, blocks or resets it")
    config.addinivalue_line("markers", f"{IRREVERSIBLE}: what it does to a card or token cannot be put back")
    config.stash[ANNOUNCEMENTS] = []


def ask_consent(config: pytest.Config, items: Sequence[pytest.Item], cards: Iterable[CardInReader]) -> None:
    """Leave out the scenarios that would change one of `cards` without consent, and announce all that will not be."""
    for card in cards:
        changing = [item for item in items if changes(card, _tags(item), item.path.parent.name)]
        for item in changing:
            reason = why_not(card, IRREVERSIBLE in _tags(item))
            if reason:
                item.stash[WHY_NOT] = reason
        if changing:
            announcement = announcement_of(card, changing)
            config.stash[ANNOUNCEMENTS].append(announcement)
            write(config, Announced(config.stash[START], announcement))


def changes(card: CardInReader, tags: Collection[str], folder: str) -> bool:
    """Whether a scenario with these tags changes the card; the scenarios that change a token have their own folder."""
    return DESTRUCTIVE in tags and card.role == ("token" if folder == "token" else "card")


def without_consent(cards: Iterable[CardInReader], tags: Collection[str], folder: str) -> str:
    """Why a scenario is left out because nobody allowed what it does to a card; empty where it is not."""
    reasons = (why_not(card, IRREVERSIBLE in tags) for card in cards if changes(card, tags, folder))
    return next(filter(None, reasons), "")


def why_not(card: CardInReader, irreversible: bool) -> str:
    """Why a scenario may not change the card, in a sentence; empty when it may."""
    if card.serial is None:
        return f"it changes the {card.role}, whose serial number cannot be read, so that nobody can allow it"
    if not card.allowed:
        return f"it changes the {card.role}; {OPTION} {card.serial} allows that"
    if irreversible and not card.expendable:
        how = (
            "it needs expendable = true in the target" if card.role == "token" else "a cardholder's card is not for it"
        )
        return f"what it does to the {card.role} cannot be put back: {how}"
    return ""


def announcement_of(card: CardInReader, changing: Sequence[pytest.Item]) -> str:
    """What a run will do to the card and what it leaves out, in a sentence."""
    met = [item for item in changing if WHY_NOT not in item.stash]
    left_out = len(changing) - len(met)
    rest = f"{_scenarios(left_out)} left out" if left_out else ""
    if not met:
        return f"nothing changes {card}. {rest}: {changing[0].stash[WHY_NOT]}"
    does = "; ".join(kinds_of_change(met))
    return f"{_scenarios(len(met))} allowed to change {card}: the run {does}" + (
        f". {rest.capitalize()}" if rest else ""
    )


def kinds_of_change(items: Iterable[pytest.Item]) -> list[str]:
    """What the scenarios do, each kind once: that of the first rule that knows one of a scenario's tags."""
    found = [kind_of_change(_tags(item)) for item in items]
    return [does for does in _rules() if does in found]


def _tags(item: pytest.Item) -> set[str]:
    return {mark.name for mark in item.iter_markers()}


def kind_of_change(tags: set[str]) -> str | None:
    """What a scenario with these tags does; None when no rule knows it."""
    for does, known in _rules().items():
        if any(tag == name or tag.startswith(f"{name}-") for tag in tags for name in known):
            return does
    return None


def pytest_report_collectionfinish(config: pytest.Config) -> list[str]:
    """Tell a person with bare pytest."""
    return config.stash[ANNOUNCEMENTS]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A scenario that was left out is skipped, which is never a pass."""
    if WHY_NOT in item.stash:
        pytest.skip(item.stash[WHY_NOT])


@cache
def _rules() -> dict[str, tuple[str, ...]]:
    return {rule["does"]: tuple(rule["tags"]) for rule in tomllib.loads(CHANGES.read_text("utf-8"))["change"]}


def _scenarios(count: int) -> str:
    return "1 scenario is" if count == 1 else f"{count} scenarios are"
