"""The removable application and the card's data: each requirement has a scenario, and a defect that turns it red."""

import re

from dpc_conformance import HOME
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.not_covered import why_not_covered
from dpc_conformance.catalogue.vocabulary import TestableBy as By
from dpc_conformance.faults.registry import faults

TAG = re.compile(r"@((?:DPC|PIV-SRC)-[A-Z0-9-]+)")


def tagged(folder: str) -> set[str]:
    files = (HOME / "features" / folder).rglob("*.feature")
    return {tag for file in files for tag in TAG.findall(file.read_text())}


def tripped(*folders: str) -> set[str]:
    return {trip for fault in faults() if fault.folder in folders for trip in fault.trips}


def test_every_requirement_by_apdu_has_a_scenario():
    wanted = {each.id for each in load_catalogue() if each.group in ("DPC-APP", "DPC-APDU")}
    assert len(wanted) == 107
    left = wanted - tagged("token")
    assert {each for each in left if not why_not_covered(each)} == {"DPC-APP-166-01"}
    assert load_catalogue()["DPC-APP-166-01"].testable_by is By.ATTESTATION


def test_nothing_is_called_uncovered_that_has_a_scenario():
    assert [each for each in tagged("") if why_not_covered(each)] == []


def test_every_requirement_of_the_token_s_scenarios_can_turn_red():
    assert tagged("token") - tripped("token") == set()


def test_every_requirement_of_the_card_s_scenarios_can_turn_red():
    assert tagged("card") - tripped("card", "") == set()


def test_a_defect_names_what_its_folder_tests():
    assert tripped("token") - tagged("token") == set()
    assert tripped("card") - tagged("card") == set()
