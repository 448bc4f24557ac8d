"""From judging steps to the journal: evaluations, and how scenarios end."""

from hashlib import sha256
from pathlib import Path

import pytest
from made_up import MadeUpSuite, Ran

from dpc_conformance.evidence.events import (
    ControlMade,
    EvaluationMade,
    Outcome,
    ScenarioEnded,
    ScenarioStarted,
    StepStarted,
)
from dpc_conformance.evidence.folder import EvidenceFolder
from dpc_conformance.evidence.journal import Journal, read_journal
from dpc_conformance.evidence.lines import ObjectJudged
from dpc_conformance.evidence.reading import EvidenceReader

STEPS = """
from dpc_conformance.roles.errors import MachineLacks, NotSupported, Unreachable
ID = "DPC-ISS-PKIAUTH-03"
CONTROL = "sign-in at the kiosk with a valid card"
@given("nothing")
def _(): pass
@then("it holds")
def _(judge): judge.expect(ID, True, "the audit record", "a refusal")
@then("it does not hold")
def _(judge): judge.expect(ID, False, "the audit record", "a refusal", "an acceptance")
@then("the product shows its PIN")
def _(judge, recorder):
    recorder.keep_secret("123456")
    judge.expect(ID, False, "the answer", "no PIN", "PIN 123456")
@then("the PIN 123456 is a word of a step")
def _(judge):
    judge.expect(ID, False, "the answer", "no PIN", "one")
    judge.control(CONTROL, True, "with the PIN 123456")
@then("a person has to look")
def _(judge): judge.review(ID, "Is it so?")
@then("an object is judged")
def _(judge):
    from dpc_conformance.checks.status.context import StatusContext
    crl = b"\\x30\\x82\\x00\\x50" + bytes(80)
    about = judge.look_at("a CRL", crl, StatusContext(judge.now(), issuer=bytes(90)), "crl")
    judge.record(ID, "PASS", about=about)
@then("it explodes")
def _(recorder):
    recorder.keep_secret("123456")
    raise RuntimeError("PIN 123456 was wrong")
@then("it is not supported")
def _(): raise NotSupported("phone", "take a picture")
@then("the machine lacks a program")
def _(): raise MachineLacks("nginx is not installed: install the package nginx")
@then("the server died")
def _(): raise Unreachable("issuer.dpc.example", "connection refused")
@given("a valid card signs in")
def _(judge): judge.control(CONTROL)
@given("a valid card was refused")
def _(judge): judge.control(CONTROL, False)
@given(parsers.parse("at {door} a valid card was {refused}"))
def _(judge, door, refused): judge.control(f"{CONTROL}: {door}", refused != "refused")
@then(parsers.parse("at {door} a revoked one is {refused}"))
def _(judge, door, refused):
    judge.refusal(refused == "refused", "policy", expected="revoked", control=f"{CONTROL}: {door}")
@then(parsers.re("it is (?P<refused>refused|accepted) because of (?P<reason>.*)"))
def _(judge, refused, reason):
    judge.refusal(refused == "refused", None if reason == "?" else reason, expected="revoked")
    judge.state(True, "no certificate was issued")
@then("it is not as it was")
def _(judge): judge.state(False, "no certificate was issued")
"""
UNTAGGED = """Feature: F
  Scenario: refused
    Then it is refused because of revoked
  Scenario: changed
    Then it is not as it was
"""
FEATURE = """@DPC-ISS-PKIAUTH-03
Feature: F
  Scenario: holds
    Then it holds
  Scenario: fails
    Then it does not hold
    And it does not hold
  Scenario: shows
    Then the product shows its PIN
    And the PIN 123456 is a word of a step
  Scenario: review
    Then a person has to look
  Scenario: never judged
    Given nothing
  Scenario: looks at an object
    Then an object is judged
  Scenario: explodes
    Then it explodes
    And it holds
  Scenario: unsupported
    Then it is not supported
  Scenario: lacking
    Then the machine lacks a program
  Scenario: died
    Then the server died
  Scenario Outline: refusal <reason>
    Given a valid card signs in
    Then it is <refused> because of <reason>

    Examples:
      | refused  | reason  |
      | refused  | revoked |
      | refused  | policy  |
      | refused  | ?       |
      | accepted | revoked |
  Scenario: everybody refused
    Given at another door a valid card was accepted
    And at this door a valid card was refused
    Then at this door a revoked one is refused
  Scenario: everybody refused at the only door
    Given a valid card was refused
    Then it is refused because of revoked
  Scenario: only the good refused
    Given at this door a valid card was refused
    Then at this door a revoked one is accepted
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ran, Journal, Path]:
    suite = MadeUpSuite(tmp_path_factory.mktemp("evaluations"))
    suite.steps(STEPS)
    suite.feature(FEATURE)
    ran = suite.run("features", "--journal=journal.jsonl", "--clock=2026-06-01", "--evidence=evidence")
    return ran, read_journal(suite.home / "journal.jsonl"), suite.home


def ended(journal: Journal) -> dict[str, ScenarioEnded]:
    return {event.scenario.partition("::test_")[2]: event for event in journal.of(ScenarioEnded)}


def made(journal: Journal, name: str) -> list[tuple[str, str, str]]:
    events = [event for event in journal.of(EvaluationMade) if event.scenario.endswith(f"::test_{name}")]
    return [(event.aspect, event.result, event.reason) for event in events]


@pytest.mark.parametrize(
    ("name", "outcome", "message"),
    [
        ("holds", Outcome.PASSED, ""),
        ("review", Outcome.PASSED, ""),
        ("never_judged", Outcome.FAILED, "DPC-ISS-PKIAUTH-03 is tagged but no step evaluated it"),
        ("explodes", Outcome.BROKEN, "RuntimeError: PIN (redacted) was wrong"),
        ("shows", Outcome.FAILED, "expected no PIN, found PIN (redacted)"),
        ("unsupported", Outcome.BLOCKED, "phone cannot take a picture"),
        ("lacking", Outcome.INFRASTRUCTURE, "nginx is not installed: install the package nginx"),
        ("died", Outcome.INFRASTRUCTURE, "issuer.dpc.example does not answer"),
    ],
)
def test_ends(ran: tuple[Ran, Journal, Path], name: str, outcome: Outcome, message: str) -> None:
    event = ended(ran[1])[name]
    assert event.outcome is outcome
    assert message in event.message


def test_the_scenario_fails_once_at_its_end_with_every_finding(ran: tuple[Ran, Journal, Path]) -> None:
    sentence = "DPC-ISS-PKIAUTH-03: the audit record: expected a refusal, found an acceptance"
    assert ended(ran[1])["fails"].message == f"{sentence}; {sentence}"
    steps = [event.text for event in ran[1].of(StepStarted) if event.scenario.endswith("test_fails")]
    assert steps == ["Then it does not hold", "And it does not hold"]


def test_a_refusal_makes_three_evaluations(ran: tuple[Ran, Journal, Path]) -> None:
    assert made(ran[1], "refusal_reason[refused-revoked]") == [
        ("refusal", "PASS", ""),
        ("reason", "PASS", ""),
        ("state", "PASS", ""),
    ]


def test_a_refusal_for_another_reason_fails_its_reason_only(ran: tuple[Ran, Journal, Path]) -> None:
    assert made(ran[1], "refusal_reason[refused-policy]")[1] == ("reason", "FAIL", "")


def test_a_reason_that_cannot_be_seen_is_inconclusive(ran: tuple[Ran, Journal, Path]) -> None:
    assert made(ran[1], "refusal_reason[refused-?]")[1] == ("reason", "INCONCLUSIVE", "reason-not-seen")


def test_what_was_accepted_has_no_reason(ran: tuple[Ran, Journal, Path]) -> None:
    assert made(ran[1], "refusal_reason[accepted-revoked]") == [("refusal", "FAIL", ""), ("state", "PASS", "")]


def test_where_everybody_is_refused_a_refusal_says_nothing(ran: tuple[Ran, Journal, Path]) -> None:
    assert made(ran[1], "everybody_refused") == [("refusal", "INCONCLUSIVE", "control-failed")]
    only_door = made(ran[1], "everybody_refused_at_the_only_door")
    assert only_door == [("refusal", "INCONCLUSIVE", "control-failed"), ("state", "PASS", "")]


def test_who_must_be_refused_and_is_not_is_a_finding_wherever_it_is(ran: tuple[Ran, Journal, Path]) -> None:
    assert made(ran[1], "only_the_good_refused") == [("refusal", "FAIL", "")]


def test_controls_are_recorded(ran: tuple[Ran, Journal, Path]) -> None:
    control = "sign-in at the kiosk with a valid card"
    assert {(event.control, event.passed) for event in ran[1].of(ControlMade)} == {
        (control, True),
        (control, False),
        (f"{control}: another door", True),
        (f"{control}: this door", False),
    }


def test_everything_happens_by_the_clock_of_the_run(ran: tuple[Ran, Journal, Path]) -> None:
    assert {event.at.isoformat() for event in ran[1].events} == {"2026-06-01T00:00:00+00:00"}


def test_no_secret_is_in_the_journal_or_in_the_evidence(ran: tuple[Ran, Journal, Path]) -> None:
    files = [ran[2] / "journal.jsonl", *(ran[2] / "evidence" / "scenarios").iterdir()]
    assert len(files) > 10
    assert not [file for file in files if b"123456" in file.read_bytes()]


def test_an_evaluation_names_the_lines_of_evidence_and_the_object_that_it_rests_on(
    ran: tuple[Ran, Journal, Path],
) -> None:
    [event] = [each for each in ran[1].of(EvaluationMade) if each.scenario.endswith("test_looks_at_an_object")]
    evidence = EvidenceReader(EvidenceFolder(ran[2] / "evidence")).scenario(event.scenario)
    assert evidence.problems == ()
    judged = evidence.lines[event.evidence - 1].record
    assert isinstance(judged, ObjectJudged)
    assert sha256(judged.content).hexdigest() == event.object
    assert (judged.name, judged.profile, len(judged.around["issuer"])) == ("a CRL", "crl", 1)


def test_the_evidence_of_a_scenario_begins_and_ends_with_it(ran: tuple[Ran, Journal, Path]) -> None:
    reader = EvidenceReader(EvidenceFolder(ran[2] / "evidence"))
    for event in ran[1].of(ScenarioEnded):
        kinds = [type(line.record).__name__ for line in reader.scenario(event.scenario).lines]
        assert (kinds[0], kinds[-1]) == ("ScenarioOpened", "ScenarioClosed")
    [accepted] = [each.scenario for each in ran[1].of(ScenarioStarted) if "accepted-revoked" in each.scenario]
    opened = reader.scenario(accepted).lines[0].record
    assert opened.steps == ("Given a valid card signs in", "Then it is accepted because of revoked")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("refused", "no requirement of this scenario is proved by a refusal because of revoked"),
        ("changed", "no certificate was issued: it is not so"),
    ],
)
def test_what_no_requirement_is_judged_by_does_not_pass_unseen(tmp_path: Path, name: str, message: str) -> None:
    suite = MadeUpSuite(tmp_path)
    suite.steps(STEPS)
    suite.feature(UNTAGGED)
    suite.run("features", "--journal=journal.jsonl", "--clock=2026-06-01")
    event = ended(read_journal(suite.home / "journal.jsonl"))[name]
    assert event.outcome is not Outcome.PASSED
    assert message in event.message
