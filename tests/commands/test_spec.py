"""`dpc spec` and `dpc interpretations`: numbers that stay, tests in parts, readings with id and date."""

import csv
import io
import json
import re
from dataclasses import replace

import pytest

from dpc_conformance import HOME
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.conflicts import load_conflicts
from dpc_conformance.catalogue.interpretations import load_interpretations, read_interpretations, readings_used
from dpc_conformance.catalogue.requirement import CatalogueError
from dpc_conformance.cli import main
from dpc_conformance.commands.interpretations import markdown
from dpc_conformance.commands.spec_entries import Action, entries, parts_of
from dpc_conformance.faults.registry import faults
from dpc_conformance.suite.numbered_tests import WrongNumbers, give_numbers, key_of, read_numbers
from dpc_conformance.suite.scenario_texts import StepText, UnreadableFeature, read_scenarios

TEXTS = read_scenarios(HOME)


@pytest.fixture(scope="module")
def found():
    return entries()


def test_every_scenario_has_a_number_of_its_own() -> None:
    numbers = read_numbers()
    assert [key_of(each) for each in TEXTS if key_of(each) not in numbers] == []  # `make numbers`
    assert len(set(numbers.values())) == len(numbers)


def test_new_scenarios_get_the_next_numbers_and_a_number_is_never_given_twice(tmp_path) -> None:
    file = tmp_path / "numbers.txt"
    assert give_numbers(TEXTS[:3], file) == 3
    before = read_numbers(file)
    gone, renamed = TEXTS[2], replace(TEXTS[0], name="Renamed")
    assert give_numbers([TEXTS[0], TEXTS[1], renamed], file) == 1
    after = read_numbers(file)
    assert {key: after[key] for key in before} == before
    assert (after[key_of(renamed)], after[key_of(gone)]) == ("0004", "0003")
    assert give_numbers([renamed], file) == 0


@pytest.mark.parametrize("line", ["1 a.feature: x", "0001 a: x", "0002 a.feature: one", "0001 b.feature: other"])
def test_a_wrong_line_of_numbers_is_named(tmp_path, line) -> None:
    file = tmp_path / "numbers.txt"
    file.write_text(f"0001 a.feature: one\n{line}\n")
    with pytest.raises(WrongNumbers, match=r"numbers\.txt:2: "):
        read_numbers(file)


def test_a_scenario_is_taken_apart_into_what_is_done_and_expected() -> None:
    words = ("Given a", "And b", "When c", "And d", "Then e", "When f", "Then g", "And h", "But i")
    steps = tuple(StepText(*each.split(" ", 1)) for each in words)
    before = StepText("Given", "what an enrolment left behind", (("x", "y"),))
    preconditions, actions = parts_of(replace(TEXTS[0], background=(before,), steps=steps))
    assert preconditions == ("what an enrolment left behind: x | y", "a", "b")
    assert actions == (Action(("c", "d"), ("e",)), Action(("f",), ("g", "h", "i")))


def test_a_test_that_only_looks_has_no_step() -> None:
    steps = (StepText("Given", "a"), StepText("Then", "b"))
    assert parts_of(replace(TEXTS[0], background=(), steps=steps)) == (("a",), (Action((), ("b",)),))


def test_each_test_has_what_a_reader_needs(found) -> None:
    assert len(found) == len(TEXTS)
    for each in found:
        assert each.purpose, each.text.name
        assert any(action.expected for action in each.actions), each.text.name
        assert not each.requirements or list(each.proof), each.text.name


def test_a_defect_stands_with_the_tests_that_have_to_find_it(found) -> None:
    defect = "issuer accepts a revoked PIV Card"
    trips = next(each.trips for each in faults() if each.name == defect)
    tests = [each for each in found if defect in each.defects]
    assert {one.id for each in tests for one in each.requirements} >= trips
    assert "token" not in {each.text.folder for each in tests}


def test_the_hash_changes_with_the_words_and_with_nothing_else(found) -> None:
    assert len({each.digest for each in found}) == len(found)
    assert [each.digest for each in entries()] == [each.digest for each in found]


def test_csv_has_a_row_for_each_test(capsys, found) -> None:
    assert main(["spec", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == len(found)
    row = next(each for each in rows if each["title"] == "A certificate without its key is refused")
    assert row["requirements"] == "DPC-ISS-PKIAUTH-06"
    assert "FIPS 201-3" in row["clauses"]
    assert row["steps"] == "1. somebody signs in at the kiosk with that card"
    assert "1. nothing was issued" in row["expected result"]
    assert row["defects that prove it"]


def test_html_has_an_anchor_for_each_test_and_nothing_from_elsewhere(capsys, found) -> None:
    assert main(["spec"]) == 0
    page = capsys.readouterr().out
    assert set(re.findall(r'id="T([0-9]{4})"', page)) == {each.number for each in found}
    assert not re.search(r"(src|href)=\"(?!#)", page)
    assert "&lt;state&gt;" in page


def test_a_broken_feature_is_named(tmp_path) -> None:
    (tmp_path / "features" / "x").mkdir(parents=True)
    (tmp_path / "features" / "x" / "a.feature").write_text("Scenario: no feature\n")
    with pytest.raises(UnreadableFeature, match=r"a\.feature is not a feature"):
        read_scenarios(tmp_path)


def test_every_conflict_of_the_catalogue_has_a_reading() -> None:
    read = {identifier for each in load_interpretations() for identifier in each.requirements}
    assert {each.id for each in load_catalogue() if each.conflict} <= read
    assert {each.conflict for each in load_interpretations()} - {""} == set(load_conflicts())
    ids = [each.id for each in load_interpretations()]
    assert ids == [f"INT-{number:02}" for number in range(1, len(ids) + 1)]


def test_a_run_knows_which_reading_it_went_by() -> None:
    assert readings_used({"rsa-4096": "common-policy"})["INT-04"] == "common-policy"
    assert readings_used({})["INT-04"] == "sp-800-78"
    assert readings_used({})["INT-15"] == "as decided on 2026-11-23"


def test_the_published_readings_are_current() -> None:
    assert (HOME / "docs" / "interpretations.md").read_text() == markdown(
        load_interpretations()
    )  # make interpretations


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[INT-01]\nquestion = "q"\ndecision = "d"', "INT-01: expected decision, date, requirements"),
        ('[INT-01]\ndecision = "d"\ndate = 2026-01-01\nrequirements = []', "and a question or a conflict"),
        ('[INT-01]\nconflict = "x"\ndecision = "d"\ndate = 2026-01-01\nrequirements = []', "x is not a conflict"),
        ('[INT-01]\nquestion = "q"\ndecision = "d"\ndate = "today"\nrequirements = []', "date: expected a day"),
        ('[INT-01]\nquestion = "q"\ndecision = "d"\ndate = 2026-01-01\nrequirements = []', "a reading of the conflict"),
    ],
)
def test_a_wrong_reading_is_named(text, sentence) -> None:
    with pytest.raises(CatalogueError, match=sentence):
        read_interpretations(text, "here", load_catalogue(), load_conflicts())


def test_readings_are_printed(capsys) -> None:
    assert main(["interpretations"]) == 0
    assert "rsa-4096: sp-800-78, common-policy" in capsys.readouterr().out
    assert main(["interpretations", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["id"] == "INT-01"
