"""Which scenarios of the collected ones run, and in which order: the story, with sanity first and last."""

from collections.abc import Generator
from pathlib import Path

import pytest

from dpc_conformance.evidence.events import SANITY_CLOSES, SANITY_OPENS, Outcome, ScenarioEnded, ScenariosChosen
from dpc_conformance.evidence.journal import read_journal
from dpc_conformance.suite.candidates import about
from dpc_conformance.suite.consent import IRREVERSIBLE
from dpc_conformance.suite.defects import defect_after_defect
from dpc_conformance.suite.moment import START, write
from dpc_conformance.suite.scenario_plan import announce, candidate, left_out_of
from dpc_conformance.suite.shares import in_share

STORY = ("journey", "issuance", "credential", "card", "token", "lifecycle", "use")
"""The folders of the features, as they follow each other in the story; runs and reports follow it too."""
Items = list[pytest.Item]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: Items) -> Generator[None]:
    """-k and -m do their work first; a run of `dpc run` gets its sanity scenarios back afterwards."""
    items.sort(key=_place)
    items[:] = defect_after_defect(config, items)
    collected = list(items)
    yield
    _expect_apart(collected)
    _expect_there(config, collected)
    wanted = about(
        map(candidate, items),
        map(candidate, collected),
        config.getoption("requirement"),
        config.getoption("scenario"),
    )
    chosen = [item for item in collected if item.nodeid in wanted]
    if config.getoption("sanity"):
        only = {path.resolve() for path in config.getoption("sanity_file")}
        asked = config.getoption("keyword") or config.getoption("markexpr")
        if asked and not items:
            raise pytest.UsageError(f"{asked}: expected an expression that at least one scenario matches")
        if (named := config.getoption("requirement")) and not chosen:
            raise pytest.UsageError(f"{', '.join(named)}: no scenario that was chosen is about it")
        chosen = [item for item in chosen if not is_sanity(item) and item.path.resolve() not in only]
    without_part = left_out_of(config, [item for item in chosen if not is_sanity(item)])
    if config.getoption("sanity") == "last":
        chosen = []
    chosen = in_share([item for item in chosen if item not in without_part], config.getoption("share"))
    _keep(config, items, [*_sanity(config, collected, opens=True), *chosen, *_sanity(config, collected, opens=False)])
    announce(config, without_part)
    finished = ended_in(config.getoption("finished"))
    _keep(config, items, [item for item in items if item.nodeid not in finished])
    if config.getoption("sanity"):
        write(config, ScenariosChosen(config.stash[START], len(items)))


def _expect_apart(collected: Items) -> None:
    """Journal and evidence tell scenarios apart by their ids: of two with one id they would keep the last alone."""
    known: dict[str, pytest.Item] = {}
    for item in collected:
        other = known.setdefault(item.nodeid, item)
        if other.path != item.path:
            raise pytest.UsageError(
                f"{item.path}: {item.name} has the same id as in {other.path}; expected another name for one of them, "
                "or a folder that holds both to be named in place of the files"
            )


def _expect_there(config: pytest.Config, collected: Items) -> None:
    there = {item.nodeid for item in collected}
    for identifier in config.getoption("scenario"):
        if identifier not in there:
            raise pytest.UsageError(f"{identifier}: expected a scenario that exists; this one is not there any more")


def _sanity(config: pytest.Config, collected: Items, opens: bool) -> Items:
    """The scenarios that open or close the run, where this worker is to run them."""
    wanted = config.getoption("sanity")
    if opens:
        return [item for item in collected if wanted in ("both", "first") and _has(item, SANITY_OPENS)]
    closing = [item for item in collected if _has(item, SANITY_CLOSES) and not _has(item, SANITY_OPENS)]
    return closing if wanted in ("both", "last") else []


def _keep(config: pytest.Config, items: Items, kept: Items) -> None:
    staying = set(kept)
    left_out = [item for item in items if item not in staying]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def _place(item: pytest.Item) -> tuple[int, bool]:
    """The part of the story; in that of the token, what nobody can put back comes last: the rest needs it whole."""
    folder = "".join(item.nodeid.split("/")[1:2])
    return STORY.index(folder) if folder in STORY else -1, folder == "token" and _has(item, IRREVERSIBLE)


def is_sanity(item: pytest.Item) -> bool:
    """Whether the scenario opens or closes a run."""
    return _has(item, SANITY_OPENS) or _has(item, SANITY_CLOSES)


def _has(item: pytest.Item, mark: str) -> bool:
    return bool(item.get_closest_marker(mark))


def ended_in(journal: Path | None) -> set[str]:
    """Node ids of the scenarios whose end stands in the journal, those that were stopped in the middle not."""
    if journal is None or not journal.exists():
        return set()
    last = {event.scenario: event.outcome for event in read_journal(journal).of(ScenarioEnded)}
    return {scenario for scenario, outcome in last.items() if outcome is not Outcome.INTERRUPTED}
