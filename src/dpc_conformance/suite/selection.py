"""Which scenarios of the collected ones run, and in which order: the story, with sanity first and last."""

from collections.abc import Generator
from pathlib import Path

import pytest

from dpc_conformance.evidence.events import SANITY_CLOSES, SANITY_OPENS, ScenarioEnded
from dpc_conformance.evidence.journal import read_journal

STORY = ("journey", "issuance", "credential", "card", "token", "lifecycle", "use")
"""The folders of the features, as they follow each other in the story; runs and reports follow it too."""


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None]:
    """-k and -m do their work first; a run of `dpc run` gets its sanity scenarios back afterwards."""
    items.sort(key=_part_of_the_story)
    collected = list(items)
    yield
    if config.getoption("sanity"):
        only = {path.resolve() for path in config.getoption("sanity_file")}
        asked = config.getoption("keyword") or config.getoption("markexpr")
        if asked and not items:
            raise pytest.UsageError(f"{asked}: expected an expression that at least one scenario matches")
        chosen = [item for item in items if not is_sanity(item) and item.path.resolve() not in only]
        opens = [item for item in collected if item.get_closest_marker(SANITY_OPENS)]
        closes = [item for item in collected if item.get_closest_marker(SANITY_CLOSES) and item not in opens]
        items[:] = [*opens, *chosen, *closes]
    finished = ended_in(config.getoption("finished"))
    left_out = [item for item in items if item.nodeid in finished]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item.nodeid not in finished]


def _part_of_the_story(item: pytest.Item) -> int:
    folder = item.path.parent.name
    return STORY.index(folder) if folder in STORY else -1


def is_sanity(item: pytest.Item) -> bool:
    """Whether the scenario opens or closes a run."""
    return bool(item.get_closest_marker(SANITY_OPENS) or item.get_closest_marker(SANITY_CLOSES))


def ended_in(journal: Path | None) -> set[str]:
    """Node ids of the scenarios whose end stands in the journal."""
    if journal is None or not journal.exists():
        return set()
    return {event.scenario for event in read_journal(journal).of(ScenarioEnded)}
