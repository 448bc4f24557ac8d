"""Consent: what happens to scenarios that would change a card in a reader, and what the user is told before."""

import re
from uuid import UUID

import pytest
from made_up import MadeUpSuite

from dpc_conformance import HOME
from dpc_conformance.evidence.events import Announced, Outcome, ScenarioEnded
from dpc_conformance.evidence.journal import read_journal
from dpc_conformance.suite.consent import DESTRUCTIVE, kind_of_change
from dpc_conformance.suite.feature_files import read_feature, scenarios_of
from dpc_conformance.suite.tags import tags_of

MAKES_A_KEY = re.compile(r"00 47 00 \{spare key\} 05 AC 03 80 01 (0[567]|1[14]|\{algorithm of spare key\}) 00")
SERIAL = UUID("00112233-4455-4677-8899-aabbccddeeff")
HOOK = """
from dataclasses import dataclass
from dpc_conformance.suite.consent import ask_consent

@dataclass(frozen=True)
class Real:
    role: str
    serial: object
    allowed: bool
    expendable: bool

    def __str__(self):
        return f"the {{self.role}} in reader 'Lab' (serial number {{self.serial}})"

@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session):
    ask_consent(session.config, session.items, [Real({card})])

@given("a step")
def _():
    pass

@then("the counter is right")
def _(judge):
    judge.expect("DPC-APDU-CRD-01", True, "the counter", "unchanged")
"""
FEATURE = """
Feature: A token
  @DPC-APDU-CRD-01
  Scenario: It looks
    Given a step
    Then the counter is right

  @DPC-APDU-CRD-01 @destructive
  Scenario: It changes
    Given a step
    Then the counter is right

  @DPC-APDU-CRD-01 @destructive @irreversible
  Scenario: It ruins
    Given a step
    Then the counter is right
"""


@pytest.fixture
def suite(tmp_path):
    """A made-up suite whose features lie in the folder of the role."""

    def ran(card: str, role: str = "token"):
        made = MadeUpSuite(tmp_path)
        made.steps(HOOK.format(card=card))
        (tmp_path / "features").mkdir()
        made.feature(FEATURE, f"{role}/one") if (tmp_path / "features" / role).mkdir() is None else None
        result = made.run("--journal", str(tmp_path / "journal.jsonl"), "-rs")
        journal = read_journal(tmp_path / "journal.jsonl")
        ends = {end.scenario.rpartition("test_")[2]: end for end in journal.of(ScenarioEnded)}
        return result.text, ends, [each.sentence for each in journal.of(Announced)]

    return ran


def outcomes(ends) -> dict[str, Outcome]:
    return {name: end.outcome for name, end in ends.items()}


def test_without_consent_what_changes_a_token_is_skipped_with_a_reason(suite):
    text, ends, told = suite(f"'token', '{SERIAL}', False, False")
    assert outcomes(ends) == {
        "it_looks": Outcome.PASSED,
        "it_changes": Outcome.SKIPPED,
        "it_ruins": Outcome.SKIPPED,
    }
    assert f"--allow-destructive {SERIAL} allows that" in ends["it_changes"].message
    assert told == [
        f"nothing changes the token in reader 'Lab' (serial number {SERIAL}). 2 scenarios are left out: "
        f"it changes the token; --allow-destructive {SERIAL} allows that"
    ]
    assert told[0] in text


def test_with_consent_the_run_says_what_it_will_do_and_ruins_nothing(suite):
    _, ends, told = suite(f"'token', '{SERIAL}', True, False")
    assert outcomes(ends) == {
        "it_looks": Outcome.PASSED,
        "it_changes": Outcome.PASSED,
        "it_ruins": Outcome.SKIPPED,
    }
    assert "expendable = true" in ends["it_ruins"].message
    assert told == [
        f"1 scenario is allowed to change the token in reader 'Lab' (serial number {SERIAL}): the run changes the "
        "activation secret. 1 scenario is left out"
    ]


def test_an_expendable_token_may_be_ruined(suite):
    _, ends, _ = suite(f"'token', '{SERIAL}', True, True")
    assert set(outcomes(ends).values()) == {Outcome.PASSED}


def test_a_token_without_a_serial_number_cannot_be_allowed(suite):
    _, ends, _ = suite("'token', None, False, True")
    assert ends["it_changes"].outcome is Outcome.SKIPPED
    assert "nobody can allow it" in ends["it_changes"].message


def test_a_cardholder_s_card_is_never_ruined(suite):
    _, ends, _ = suite(f"'card', '{SERIAL}', True, False", role="journey")
    assert outcomes(ends)["it_changes"] is Outcome.PASSED
    assert "a cardholder's card is not for it" in ends["it_ruins"].message


def test_a_token_s_consent_says_nothing_about_the_card(suite):
    _, ends, told = suite(f"'token', '{SERIAL}', False, False", role="journey")
    assert set(outcomes(ends).values()) == {Outcome.PASSED}
    assert told == []


def changing() -> dict[str, set[str]]:
    """The tags of every scenario that changes a card, by its name."""
    found = {}
    for file in sorted((HOME / "features").rglob("*.feature")):
        document = read_feature(file)
        whole = {tag.name.removeprefix("@") for tag in document.feature.tags}
        inner = {tag.name.removeprefix("@") for tag in tags_of(document)}
        for scenario in scenarios_of(document) if DESTRUCTIVE in inner | whole else ():
            tags = whole | {tag.name.removeprefix("@") for tag in scenario.tags}
            if DESTRUCTIVE in tags:
                found[f"{file.name}: {scenario.name}"] = tags
    return found


def test_every_change_can_be_told_in_words():
    found = changing()
    assert "02_sign_in_on_the_phone.feature: A blocked PIN ends the sign-in" in found
    assert [name for name, tags in found.items() if kind_of_change(tags) is None] == []


def test_whatever_blocks_the_card_for_good_is_marked():
    marked = {name for name, tags in changing().items() if "irreversible" in tags}
    assert "02_sign_in_on_the_phone.feature: A blocked PIN ends the sign-in" in marked


def test_whatever_makes_a_key_with_a_mechanism_that_cards_have_is_marked():
    """Also where a token should refuse it: many cards make RSA keys of 1024 bits, and the former key is lost."""
    makes, marked = set(), set()
    for scenario in scenarios_of(read_feature(HOME / "features" / "token" / "09_generate_key_pair.feature")):
        if scenario.steps[0].text == "the token management key was authenticated":
            rows = [row for step in scenario.steps if step.datatable for row in step.datatable.rows]
            cells = [cell.value for row in rows for cell in row.cells]
            makes |= {scenario.name for cell in cells if MAKES_A_KEY.fullmatch(cell)}
            marked |= {scenario.name for tag in scenario.tags if tag.name == "@irreversible"}
    assert makes
    assert makes == marked
