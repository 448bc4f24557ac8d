"""Seeded defects in the data of a token, judged as readings: each is found by exactly the rules that it breaks."""

import pytest

from dpc_conformance.checks.finding import Outcome
from dpc_conformance.checks.registry import Evidence, checks
from dpc_conformance.checks.token import judge  # noqa: F401  imported for the checks it declares
from dpc_conformance.faults.registry import faults

DATA = {each.requirement for each in checks(Evidence.TOKEN)}
DEFECTS = {each.name: each for each in faults() if ".token.data_" in each.swap.__module__}


def test_a_good_token_has_no_findings_and_leaves_nothing_open(tokens, good):
    judged = tokens.judged(good)
    assert set(judged) == DATA
    open_or_broken = (Outcome.FAILS, Outcome.CANNOT_TELL)
    assert {identifier: each for identifier, each in judged.items() if each.outcome in open_or_broken} == {}


def test_what_does_not_apply_to_a_token_without_secure_messaging_and_rsa(tokens, good):
    without = {identifier for identifier, each in tokens.judged(good).items() if each.outcome is Outcome.DOES_NOT_APPLY}
    assert without == {
        "DPC-APP-DISC-04",
        "DPC-APP-SMCS-01",
        "DPC-APP-SMCS-02",
        "DPC-APP-PAIR-01",
        "DPC-APP-PAIR-02",
        "DPC-CRY-SM-01",
        "DPC-CRY-SIG-02",
    }


@pytest.mark.parametrize("name", DEFECTS)
def test_a_defect_is_found_by_its_rules_alone(tokens, name):
    scene, published = tokens.scene(), {}
    DEFECTS[name].swap(scene)

    def change(token):
        for each in scene.on_token:
            each(token)
        published.update(token.published)

    # Commands have rules of their own, which no reading shows.
    assert tokens.found(tokens.read(change), off_card=published) == DEFECTS[name].trips & DATA


def test_every_rule_on_the_data_of_a_token_has_a_defect():
    tripped = {identifier for each in DEFECTS.values() for identifier in each.trips}
    assert tripped >= DATA
