"""Every requirement tagged in the journey has a defect or mutant that turns it red, or a reason why not."""

import re
from typing import get_args

from dpc_conformance import HOME
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.faults.mutants import Kind, mutants
from dpc_conformance.faults.registry import faults
from dpc_conformance.faults.without import WITHOUT_DEFECT

TAG = re.compile(r"@((?:DPC|PIV-SRC)-[A-Z0-9-]+)")


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


def test_defects_trip_requirements_of_the_catalogue():
    catalogue = load_catalogue()
    assert [each for each in sorted(tripped()) if each not in catalogue] == []


def test_a_declared_break_has_a_reason_and_names_a_scenario():
    names = "\n".join(file.read_text() for file in (HOME / "features").rglob("*.feature"))
    for fault in faults():
        for scenario, reason in fault.breaks.items():
            assert f"Scenario: {scenario}\n" in names
            assert reason
