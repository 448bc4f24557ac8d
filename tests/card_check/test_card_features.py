"""The words in features/card are those of the judge, and no requirement on a PIV Card is forgotten."""

import pytest
from pytest_bdd.feature import get_features

from dpc_conformance import HOME
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.checks.registry import Evidence, checks, load_all
from dpc_conformance.faults.registry import faults
from dpc_conformance.fixtures.card_data import once, rule_of
from dpc_conformance.roles.errors import WrongPin

JUDGED_BY_THE_ISSUER = {
    "PIV-SRC-STATUS-01": "features/journey shows that the kiosk refuses such a card",
    "PIV-SRC-PIVI-01": "features/journey shows that the kiosk refuses such a card",
}
NOT_COVERED = {"PIV-SRC-VCI-01": "a permission of the drafts, for cards with secure messaging"}


def scenarios():
    load_all()
    for feature in get_features([str(HOME / "features" / "card")]):
        yield from feature.scenarios.values()


ALL = list(scenarios())
TAGGED = {tag for template in ALL for tag in template.tags if tag in load_catalogue()}


@pytest.mark.parametrize("template", ALL, ids=lambda template: template.name)
def test_a_scenario_is_about_one_requirement_in_the_words_of_its_check(template):
    [tag] = [tag for tag in template.tags if tag in load_catalogue()]
    tables = [step.datatable for step in template.steps if step.datatable is not None]
    rows = [tuple(cell.value for cell in row.cells) for table in tables for row in table.rows[1:]]
    assert rows == [(tag, rule_of(tag).sentence.removesuffix("."))] if tables else not rows


def test_every_requirement_on_a_piv_card_has_a_scenario():
    known = {each.id for each in load_catalogue() if each.id.startswith("PIV-SRC-")}
    assert known - TAGGED == {*JUDGED_BY_THE_ISSUER, *NOT_COVERED}
    assert {each.requirement for each in checks(Evidence.CARD)} <= TAGGED


def test_every_requirement_can_turn_red():
    assert {trip for fault in faults() for trip in fault.trips} >= TAGGED


def test_a_wrong_pin_is_tried_once_for_all_scenarios():
    tried = []

    def judged():
        tried.append("VERIFY")
        raise WrongPin(attempts_left=2)

    known = {}
    for _ in range(3):
        with pytest.raises(WrongPin):
            once(known, (), judged)
    assert tried == ["VERIFY"]
