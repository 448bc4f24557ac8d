"""Which scenarios run, in what order: sanity first and last, finished ones left out."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from made_up import MadeUpSuite

from dpc_conformance.evidence.events import Outcome, ScenarioEnded
from dpc_conformance.evidence.journal import JournalWriter
from dpc_conformance.suite.chosen_features import NoSuchFeature, choose

SANITY = """Feature: Sanity
  @sanity-closes
  Scenario: closes
    Given nothing
  @sanity-opens
  Scenario: opens
    Given nothing
  Scenario: more
    Given nothing
"""
OTHER = """Feature: Other
  @journey
  Scenario: walk
    Given nothing
  Scenario: rest
    Given nothing
"""
RUINED = """Feature: Ruined
  @irreversible
  Scenario: {folder} ruins
    Given nothing
  Scenario: {folder} looks
    Given nothing
"""


@pytest.fixture
def suite(tmp_path: Path) -> MadeUpSuite:
    made = MadeUpSuite(tmp_path)
    made.steps('@given("nothing")\ndef _(): pass\n')
    made.feature(SANITY, "sanity")
    made.feature(OTHER, "other")
    return made


def names(suite: MadeUpSuite, *arguments: str) -> list[str]:
    lines = suite.run("--collect-only", "-q", *arguments).text.splitlines()
    return [line.partition("::test_")[2] for line in lines if "::" in line]


def test_sanity_opens_and_closes_whatever_is_selected(suite: MadeUpSuite) -> None:
    assert names(suite, "--sanity=both", "-m", "journey", "features") == ["opens", "walk", "closes"]


def test_a_token_is_ruined_after_everything_else_that_it_is_asked(suite: MadeUpSuite) -> None:
    for folder in ("card", "token", "use"):
        suite.feature(RUINED.format(folder=folder), f"{folder}/one")
        suite.feature(OTHER.replace("walk", f"{folder} again"), f"{folder}/two")
    assert [name for name in names(suite, "features") if name.startswith(("card", "token", "use"))] == [
        *("card_ruins", "card_looks", "card_again"),
        *("token_looks", "token_again", "token_ruins"),
        *("use_ruins", "use_looks", "use_again"),
    ]


def test_a_person_with_bare_pytest_gets_what_was_asked_for(suite: MadeUpSuite) -> None:
    assert names(suite, "-m", "journey", "features") == ["walk"]


def test_of_a_file_that_nobody_asked_for_only_sanity_runs(suite: MadeUpSuite) -> None:
    chosen = choose(["features/other.feature"], suite.home, suite.home)
    assert names(suite, *chosen.arguments()) == ["opens", "walk", "rest", "closes"]


def test_a_folder_that_holds_the_sanity_feature_runs_all_of_it(suite: MadeUpSuite) -> None:
    chosen = choose([], suite.home, Path("/"))
    assert sorted(names(suite, *chosen.arguments())) == ["closes", "more", "opens", "rest", "walk"]


def test_features_of_others_beside_everything_make_it_another_run(suite: MadeUpSuite, tmp_path_factory) -> None:
    theirs = tmp_path_factory.mktemp("theirs") / "mine.feature"
    theirs.write_text(OTHER, encoding="utf-8")
    assert choose(["features", "features/other.feature"], suite.home, suite.home).named == ()
    assert choose(["features", str(theirs)], suite.home, suite.home).named == ("features", str(theirs))


def test_a_path_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFeature, match="features/no.feature: expected"):
        choose(["features/no.feature"], tmp_path, tmp_path)


def test_finished_scenarios_are_left_out(suite: MadeUpSuite) -> None:
    now = datetime(2026, 6, 1, tzinfo=UTC)
    with JournalWriter(suite.home / "journal.jsonl") as journal:
        for scenario in ("sanity.feature::test_opens", "other.feature::test_walk"):
            journal.write(ScenarioEnded(now, f"features/{scenario}", Outcome.HANG))
    assert names(suite, "--sanity=both", "--finished=journal.jsonl", "features") == ["rest", "more", "closes"]


def test_two_scenarios_with_one_id_are_refused_since_the_journal_would_keep_one(suite: MadeUpSuite, tmp_path_factory):
    files = [tmp_path_factory.mktemp(name) / "mine.feature" for name in ("one", "two")]
    for file in files:
        file.write_text(OTHER, encoding="utf-8")
    ran = suite.run("--collect-only", f"--config-file={suite.home / 'pytest.ini'}", *map(str, files))
    assert ran.code == 4
    assert f"{files[1]}: test_walk has the same id as in {files[0]}; expected another name" in ran.text
