"""The credential at work: each use proves what it is tagged with, and a defect of that use turns it red."""

import re

import pytest
from faults.cells_of_use import CELLS

from dpc_conformance import HOME
from dpc_conformance.catalogue.scope import load_scopes
from dpc_conformance.faults.registry import fault_named, faults

TAG = re.compile(r"@((?:DPC|PIV-SRC)-[A-Z0-9-]+)")
USES = ("web", "wireless", "vpn")


def tagged(use: str) -> set[str]:
    files = (HOME / "features/use" / use).glob("*.feature")
    return {tag for file in files for tag in TAG.findall(file.read_text())}


@pytest.mark.parametrize("use", USES)
def test_what_a_use_proves_can_turn_red_there(use: str) -> None:
    assert tagged(use) == {trip for fault in faults() if fault.folder == f"use/{use}" for trip in fault.trips}


def test_the_programme_holds_what_the_uses_prove() -> None:
    assert load_scopes()["use"].requirements == set().union(*map(tagged, USES))


def test_every_use_has_its_defects() -> None:
    folders = {path.name for path in (HOME / "features/use").iterdir() if path.is_dir()}
    assert folders == set(USES)


def scenario_named(name: str) -> tuple[str, str]:
    """The folder of a scenario, and its text with what stands before the first of its feature."""
    for file in (HOME / "features/use").rglob("*.feature"):
        head, *parts = re.split(r"\n\n(?= *@)", file.read_text())
        for part in parts:
            if re.search(rf"Scenario(?: Outline)?: {re.escape(name)}\n", part):
                return file.parent.relative_to(HOME / "features").as_posix(), f"{head}\n{part}"
    raise AssertionError(f"there is no scenario {name!r}")


@pytest.mark.parametrize(("program", "cell", "scenario", "defect"), CELLS)
def test_a_cell_of_the_table_has_a_scenario_and_a_defect_that_it_meets(
    program: str, cell: str, scenario: str, defect: str
) -> None:
    folder, text = scenario_named(scenario)
    seeded = fault_named(defect)
    assert seeded.folder in ("", folder)
    assert seeded.trips.intersection(TAG.findall(text)), f"{defect} turns nothing red in {scenario}"
    assert program in text or folder == "use", f"{scenario} is not about {program}"


def test_no_cell_is_listed_twice() -> None:
    cells = [(program, cell) for program, cell, _, _ in CELLS]
    assert sorted(set(cells)) == sorted(cells)
