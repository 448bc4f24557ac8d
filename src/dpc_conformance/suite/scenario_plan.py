"""Leaves out the scenarios that say nothing about the product, and puts on record which and why."""

from collections.abc import Mapping, Sequence

import pytest

from dpc_conformance.catalogue.part_in_run import why_left_out
from dpc_conformance.evidence.events import ScenarioLeftOut
from dpc_conformance.evidence.journal import read_journal
from dpc_conformance.suite.described import describe
from dpc_conformance.suite.moment import START, run_settings, write
from dpc_conformance.suite.tags import CONTROL


def left_out_of(config: pytest.Config, items: Sequence[pytest.Item]) -> Mapping[pytest.Item, str]:
    """The scenarios without a part in this run, each with the reason. A control has one where its feature has."""
    if not config.getoption("target"):
        return {}
    plan = run_settings(config).plan
    reasons = {item: why_left_out(plan, _tags(item), item.nodeid.partition("::")[0]) for item in items}
    features = {item.path for item, reason in reasons.items() if not reason}
    return {
        item: reason
        for item, reason in reasons.items()
        if reason and not (item.get_closest_marker(CONTROL) and item.path in features)
    }


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


def _tags(item: pytest.Item) -> set[str]:
    return {mark.name for mark in item.iter_markers()}
