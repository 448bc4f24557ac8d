"""The published table of coverage: it is current, has every requirement once, and a reason for what is open."""

import re
from collections import Counter

import pytest

from dpc_conformance import HOME
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.cli import main
from dpc_conformance.commands.coverage_table import Way, coverage_table, ways_of_all
from dpc_conformance.commands.known_rules import inspected

PUBLISHED = HOME / "docs" / "coverage.md"


@pytest.fixture(scope="module")
def table() -> str:
    return coverage_table()


@pytest.fixture(scope="module")
def ways() -> dict[str, Way]:
    return ways_of_all()


def test_the_published_table_is_current(table) -> None:
    assert PUBLISHED.read_text("utf-8") == table, "run `make coverage-table`"


def test_the_sum_holds_every_requirement_once(table, ways) -> None:
    [found] = re.findall(r"^\| \*\*All, each once\*\* \|(.*)\|$", table, re.M)
    counted = [int(cell) for cell in found.split("|")]
    assert counted == [len(load_catalogue()), *(Counter(ways.values())[way] for way in Way)]
    assert counted[0] == sum(counted[1:])


@pytest.mark.parametrize(
    ("requirement", "way"),
    [
        ("DPC-CERT-EKU-01", Way.RULE),
        ("DPC-ISS-PKIAUTH-03", Way.SCENARIO),
        ("DPC-ACT-MODULE-01", Way.PERSON),
        ("DPC-SM-KDF-01", Way.NOT_COVERED),
    ],
)
def test_each_way_has_its_requirements(ways, requirement, way) -> None:
    assert ways[requirement] is way


def test_what_rules_judge_is_what_certificates_and_their_status_can_show(ways) -> None:
    assert {each for each, way in ways.items() if way is Way.RULE} <= inspected()


def test_what_is_left_to_people_or_to_nobody_is_listed_with_its_reason(table, ways) -> None:
    listed = dict(re.findall(r"^\| (\S+) \| .* \| (.+) \|$", table.partition("## What a person decides")[2], re.M))
    left = {each for each, way in ways.items() if way in (Way.PERSON, Way.NOT_COVERED)}
    assert left == listed.keys() - {"id"}
    assert all(listed.values())


def test_one_requirement_beside_the_table_is_refused(capsys) -> None:
    assert main(["requirements", "DPC-CERT-EKU-01", "--coverage"]) == 4
    assert "DPC-CERT-EKU-01: expected no ID beside --coverage" in capsys.readouterr().err
