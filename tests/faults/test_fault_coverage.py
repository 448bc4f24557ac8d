"""Every requirement tagged in the journey has a defect or mutant that turns it red, or a reason why not."""

import re
import tomllib
from typing import get_args

from dpc_conformance import HOME
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.story import STORY_STEPS
from dpc_conformance.faults.mutants import Kind, mutants
from dpc_conformance.faults.registry import faults
from dpc_conformance.faults.seen_in import FILE
from dpc_conformance.faults.without import WITHOUT_DEFECT

TAG = re.compile(r"@((?:DPC|PIV-SRC)-[A-Z0-9-]+)")
STORY = re.compile(r"@((?:LIFE|NEXT)-[0-9]+)")
ANDROID = re.compile(r"@(AND-(?:INT-)?[0-9]+[ab]?)")

WRITTEN = "\n".join(file.read_text() for file in (HOME / "features").rglob("*.feature"))
SCENARIO = re.compile(
    "|".join(re.sub("<[^>]+>", ".+", re.escape(name)) for name in re.findall(r"Scenario(?: Outline)?: (.+)", WRITTEN))
)
"""The name of a scenario, also of one of an outline."""


def tagged(folder: str = "") -> set[str]:
    files = (HOME / "features" / folder).rglob("*.feature")
    return {tag for file in files for tag in TAG.findall(file.read_text())}


def tripped() -> set[str]:
    return {trip for fault in faults() for trip in fault.trips}


def test_every_tagged_requirement_can_turn_red():
    by_mutants = {requirement for kind in get_args(Kind) for mutant in mutants(kind) for requirement in mutant.yields}
    assert tagged("journey") - tripped() - by_mutants == set(WITHOUT_DEFECT)


def test_what_no_mutant_shows_is_shown_by_a_defect_of_the_journey():
    flows = {each for each in tagged("journey") if not each.startswith(("DPC-CERT-", "DPC-PATH-"))}
    assert flows - tripped() == set(WITHOUT_DEFECT)


def test_defects_trip_requirements_of_the_catalogue_and_steps_of_the_story():
    catalogue = load_catalogue()
    assert [each for each in sorted(tripped()) if each not in catalogue and each not in STORY_STEPS] == []


def lines_with(tag: re.Pattern[str]) -> list[str]:
    lines = [line for file in (HOME / "features").rglob("*.feature") for line in file.read_text().splitlines()]
    return [line for line in lines if tag.search(line)]


def lines_about_the_story() -> list[str]:
    """Where a scenario is tagged with what comes after the enrolment."""
    return lines_with(STORY)


def test_every_row_of_the_life_cycle_has_a_scenario_but_what_is_no_part_of_it():
    rows = {step for step in STORY_STEPS if STORY.fullmatch(f"@{step}")}
    assert rows - {step for line in lines_about_the_story() for step in STORY.findall(line)} == {"LIFE-05"}
    assert "| LIFE-05 |" in (HOME / "docs" / "managed-phones.md").read_text()


def test_every_scenario_of_the_life_cycle_can_turn_red():
    red = tripped()
    lines = lines_about_the_story()
    assert [line for line in lines if not red.intersection((*TAG.findall(line), *STORY.findall(line)))] == []


def test_every_scenario_of_the_android_story_can_turn_red_but_those_that_take_a_person():
    lines = [line for line in lines_with(ANDROID) if "@by-hand" not in line]
    red = tripped()
    assert [line for line in lines if not red.issuperset(ANDROID.findall(line))] == []
    walked = {step for line in lines_with(ANDROID) for step in ANDROID.findall(line)}
    assert walked == {step for step in STORY_STEPS if ANDROID.fullmatch(f"@{step}")}


def test_a_declared_break_has_a_reason_and_names_a_scenario():
    for fault in faults():
        for scenario, reason in fault.breaks.items():
            assert SCENARIO.fullmatch(scenario)
            assert reason


def test_what_a_defect_meets_first_is_a_scenario():
    entries = tomllib.loads(FILE.read_text())
    assert entries.keys() <= {each.name for each in faults()}
    assert [name for first in entries.values() for name in first if not SCENARIO.fullmatch(name)] == []
