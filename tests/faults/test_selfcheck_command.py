"""`dpc selfcheck`: what it seeds, what it prints, and the published table."""

import json
import re

import pytest

from dpc_conformance import HOME
from dpc_conformance.cli import main
from dpc_conformance.commands.selfcheck_rows import all_seeded
from dpc_conformance.commands.selfcheck_table import conclusion, markdown_of
from dpc_conformance.faults.matrix import Row
from dpc_conformance.faults.registry import Fault, faults
from dpc_conformance.faults.subjects import HAPPY_PATH, Subject, related

PUBLISHED = HOME / "docs" / "selfcheck.md"
CERTIFICATE = "certificate: an RSA key of 1024 bits"
FIELDS = {"name", "subject", "trips", "caught", "collateral", "missed", "scenarios", "broke", "lost"}


def made_up(*failed: str, trips: str = "DPC-A-01", breaks: dict[str, str] | None = None) -> Row:
    fault = Fault("made | up", lambda _: None, frozenset({trips}), breaks or {}, subject=Subject.PHONE)
    return Row(fault, 3, frozenset(failed))


def listed(text: str) -> list[list[str]]:
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [row[:2] for row in rows if row[0] != "seeded defect"]


def test_every_subject_has_defects_and_names_are_unique():
    seeded = all_seeded()
    assert {one.subject for one in seeded} == set(Subject)
    assert len({one.name for one in seeded}) == len(seeded)
    assert len([one for one in seeded if isinstance(one, Fault)]) == len(faults())


def test_three_happy_paths():
    texts = [file.read_text() for file in (HOME / "features").rglob("*.feature")]
    tags = [tag for text in texts for tag in re.findall(r"@(\S+)", text)]
    assert (tags.count("sanity-opens"), tags.count(HAPPY_PATH)) == (1, 2)


def test_a_requirement_brings_its_subject():
    assert {"DPC-ISS-MULTI-01", "DPC-ISS-MULTI-05"} <= related(frozenset({"DPC-ISS-MULTI-04"}))
    assert not [each for each in related(frozenset({"DPC-ISS-MULTI-04"})) if not each.startswith("DPC-ISS-MULTI-")]


def test_json_has_an_entry_for_each_defect(capsys):
    assert main(["selfcheck", "card's", "--only", "card,certificates", "--only", "card", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found
    assert {each["subject"] for each in found} <= {"card", "certificates"}
    assert {frozenset(each) for each in found} == {frozenset(FIELDS)}
    assert all(each["caught"] for each in found)


def test_mutants_of_certificates_need_no_scenario(capsys):
    assert main(["selfcheck", "--only", "certificates"]) == 0
    printed = capsys.readouterr().out
    counted = len([one for one in all_seeded() if one.subject is Subject.CERTIFICATES])
    assert f"certificates: {counted} of {counted} seeded defects caught\n(0 scenarios)\n" in printed


@pytest.mark.parametrize("option", [("--only", "server"), ("--format", "yaml")])
def test_bad_input(capsys, option):
    assert main(["selfcheck", *option]) == 4
    assert f"{option[0]} {option[1]}: expected one of " in capsys.readouterr().err


def test_a_word_that_no_defect_of_the_subject_has(capsys):
    assert main(["selfcheck", "revoked PIV Card", "--only", "token"]) == 4
    assert "`dpc faults` lists them" in capsys.readouterr().err


def test_only_a_full_run_says_that_nothing_else_turned_red():
    exact = made_up("DPC-A-01")
    assert "only `dpc selfcheck --full` can say" in conclusion([exact], full=False)
    assert conclusion([exact], full=True) == "nothing else turned red"
    assert conclusion([exact, made_up("DPC-A-01", "DPC-B-01")], full=True) == "1 of them turned more red than they name"
    short = made_up("DPC-A-01", breaks={"A scenario": "it must"})
    assert conclusion([short], full=True).endswith(
        "for 1 that stop scenarios short and met only those of their requirements"
    )


def test_the_table_in_markdown():
    text = markdown_of([made_up("DPC-B-01")], full=False)
    assert "\n## Phone\n" in text
    assert "\n| made \\| up | DPC-A-01 | missed: DPC-A-01; also red: DPC-B-01 |\n" in text


def test_the_published_list_of_defects_is_current():
    wanted = markdown_of([Row(one, 0, one.trips) for one in all_seeded()], full=False)
    assert listed(PUBLISHED.read_text("utf-8")) == listed(wanted), "run `make selfcheck-table`"
