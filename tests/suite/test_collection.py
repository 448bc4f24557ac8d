"""What stops the collection of features, and what it gives when nothing does."""

from pathlib import Path

import pytest
from made_up import MadeUpSuite

NOTHING = '@given("nothing")\ndef _(): pass\n'


@pytest.fixture
def suite(tmp_path: Path) -> MadeUpSuite:
    made = MadeUpSuite(tmp_path)
    made.steps(NOTHING)
    return made


def test_two_scenarios_with_one_name_are_refused_also_across_rules(suite: MadeUpSuite) -> None:
    suite.feature(
        "Feature: F\n  Scenario: twice\n    Given nothing\n  Rule: R\n    Scenario: twice\n      Given nothing\n"
    )
    ran = suite.run("features")
    assert ran.code == 2
    assert 'one.feature:2: the scenario name "twice" is used more than once' in ran.text
    assert 'one.feature:5: the scenario name "twice" is used more than once' in ran.text


def test_misspelled_tags_stop_the_collection_and_the_nearest_right_one_is_named(suite: MadeUpSuite) -> None:
    suite.feature(
        "@DPC-ISS-PKIATH-01\nFeature: F\n  @IOS-INT-8a @jorney\n  Scenario Outline: s <n>\n    Given nothing\n\n"
        "    @PIV-SRC-STATUS-10\n    Examples:\n      | n |\n      | 1 |\n"
    )
    ran = suite.run("features")
    assert ran.code == 2
    assert "one.feature:1: @DPC-ISS-PKIATH-01 is not the id of a requirement" in ran.text
    assert "did you mean @DPC-ISS-PKIAUTH-01?" in ran.text
    assert "did you mean @IOS-INT-08a?" in ran.text
    assert "@jorney is not a tag registered in pytest.ini; did you mean @journey?" in ran.text
    assert "did you mean @PIV-SRC-STATUS-01?" in ran.text


def test_a_scenario_without_a_step_is_refused(suite: MadeUpSuite) -> None:
    suite.feature("Feature: F\n  Scenario: s\n    Gvien nothing\n")
    assert 'one.feature:2: the scenario "s" has no step' in suite.run("features").text


def test_a_file_that_is_not_gherkin_is_one_sentence(suite: MadeUpSuite) -> None:
    suite.feature("Feature: F\n  Nonsense: s\n    Given nothing\nScenario: x\n Given nothing\n  Rule\n")
    ran = suite.run("features")
    assert ran.code == 2
    assert "is not a feature:" in ran.text


def test_ids_of_requirements_and_steps_select_scenarios(suite: MadeUpSuite) -> None:
    suite.feature(
        "Feature: F\n  @DPC-ISS-PKIAUTH-01\n  Scenario: one\n    Given nothing\n"
        "  @IOS-INT-08a @severity:critical\n  Scenario: two\n    Given nothing\n"
    )
    assert "1/2 tests collected" in suite.run("-m", "DPC-ISS-PKIAUTH-01", "--collect-only", "features").text
    assert "2 tests collected" in suite.run("-m", "DPC-ISS-PKIAUTH-01 or IOS-INT-08a", "--collect-only", ".").text
    found = suite.run("-k", "IOS-INT", "--collect-only", "-q", "features").text
    assert "features/one.feature::test_two" in found
    assert "test_one" not in found


def test_a_failure_points_at_the_line_of_the_scenario(suite: MadeUpSuite) -> None:
    suite.feature("Feature: F\n\n  @DPC-ISS-PKIAUTH-01\n  Scenario: never judged\n    Given nothing\n")
    ran = suite.run("features", "--junit-xml=junit.xml", "-o", "junit_family=xunit1")
    assert ran.code == 1
    assert 'file="features/one.feature" line="3"' in (suite.home / "junit.xml").read_text("utf-8")


def test_an_async_step_does_not_pass(suite: MadeUpSuite) -> None:
    suite.steps('@given("nothing")\nasync def _(): pass\n')
    suite.feature("Feature: F\n  Scenario: s\n    Given nothing\n")
    assert suite.run("features", "-W", "error").code == 1
