"""Leaves out the scenarios that say nothing about the product, and puts on record which and why."""

from collections.abc import Mapping, Sequence

import pytest

from dpc_conformance.evidence.events import ScenarioLeftOut
from dpc_conformance.evidence.journal import read_journal
from dpc_conformance.suite.candidates import Candidate, without_part
from dpc_conformance.suite.described import describe
from dpc_conformance.suite.moment import START, run_settings, write


def candidate(item: pytest.Item) -> Candidate:
    """A collected scenario as one that could run."""
    return Candidate(item.nodeid, item.nodeid.partition("::")[0], frozenset(mark.name for mark in item.iter_markers()))


def left_out_of(config: pytest.Config, items: Sequence[pytest.Item]) -> Mapping[pytest.Item, str]:
    """The scenarios without a part in this run, each with the reason."""
    reasons = without_part([candidate(item) for item in items], run_settings(config).plan)
    return {item: reasons[item.nodeid] for item in items if item.nodeid in reasons}


def announce(config: pytest.Config, left_out: Mapping[pytest.Item, str]) -> None:
    """Write them to the journal, once in a run: by the worker of the first share, and not by its successor."""
    journal, share = config.getoption("finished"), config.getoption("share")
    if share and not share.startswith("1/"):
        return
    known = set()
    if journal is not None and journal.exists():
        known = {event.scenario for event in read_journal(journal).of(ScenarioLeftOut)}
    for item, reason in left_out.items():
        facts = describe(item)
        if facts and facts.node_id not in known:
            described = (facts.node_id, facts.name, facts.feature, facts.file, facts.line, facts.tags)
            write(config, ScenarioLeftOut(config.stash[START], *described, reason))
