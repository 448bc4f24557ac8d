"""The credential at work: each use proves what it is tagged with, and a defect of that use turns it red."""

import re

import pytest

from dpc_conformance import HOME
from dpc_conformance.catalogue.scope import load_scopes
from dpc_conformance.faults.registry import faults

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
