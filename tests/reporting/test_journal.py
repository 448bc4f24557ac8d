"""The journal: every event survives, also a crash in the middle of a line."""

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dpc_conformance.evidence.events import (
    Announced,
    CatalogueUsed,
    ControlMade,
    EvaluationMade,
    Outcome,
    ReviewDecided,
    RunEnded,
    RunStarted,
    ScenarioEnded,
    ScenarioLeftOut,
    ScenariosChosen,
    ScenarioStarted,
    StepStarted,
)
from dpc_conformance.evidence.journal import KINDS, JournalWriter, decode, encode, read_journal

AT = datetime(2026, 11, 23, 12, 0, 1, tzinfo=UTC)
EVENTS = [
    RunStarted(
        AT, "0.1.0", "Reference", "", "seed", AT, "2014", "enrolment", True, {"card": "reference"}, {"a": ["b"]}
    ),
    ScenarioStarted(AT, "a.feature::test_a", "A", "F", "a.feature", 3, ("IOS-INT-11", "DPC-ISS-PKIAUTH-01"), "w1"),
    StepStarted(AT, "a.feature::test_a", 'Given "ü"\nand more', 4),
    EvaluationMade(AT, "a.feature::test_a", "DPC-ISS-PKIAUTH-01", "PASS", "refusal", control="good card"),
    ControlMade(AT, "a.feature::test_a", "good card", True),
    ScenarioEnded(AT, "a.feature::test_a", Outcome.BROKEN, "Then", "why", 0.25),
    Announced(AT, "nothing changes the token"),
    CatalogueUsed(AT, {"DPC-ISS-PKIAUTH-01": "ab12"}, {"INT-01": "common-policy"}),
    ScenarioLeftOut(AT, "a.feature::test_b", "B", "F", "a.feature", 9, ("IOS-INT-11",), "it is not the product's"),
    ScenariosChosen(AT, 3),
    RunEnded(AT, 2.0, True, "broke"),
    ReviewDecided(AT, {"requirement": "DPC-ISS-AUDIT-02", "decision": "holds"}),
    EvaluationMade(AT, "a.feature::test_a", "DPC-ISS-PKIAUTH-01", "FAIL", actual="half a character: \ud83d"),
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "journal.jsonl"
    with JournalWriter(path) as journal:
        for event in EVENTS:
            journal.write(event)
    return path


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_every_event_survives_a_line_of_json(event):
    line = encode(event)
    assert "\n" not in line
    assert decode(line) == event


def test_every_kind_of_event_is_tried():
    assert {type(event) for event in EVENTS} == set(KINDS.values())


def test_a_journal_is_read_back_in_order(file: Path):
    journal = read_journal(file)
    assert list(journal.events) == EVENTS
    assert journal.damaged == ()
    assert [event.requirement for event in journal.of(EvaluationMade)] == ["DPC-ISS-PKIAUTH-01"] * 2


def test_a_truncated_last_line_is_left_out_and_is_no_damage(file: Path):
    content = file.read_bytes()
    for length in (1, 20, 60):
        file.write_bytes(content[:-length])
        journal = read_journal(file)
        assert list(journal.events) in (EVENTS, EVENTS[:-1])
        assert journal.damaged == ()


def test_writing_goes_on_after_a_crash_and_the_half_line_is_named(file: Path):
    file.write_bytes(file.read_bytes()[:-10])
    with JournalWriter(file) as journal:
        journal.write(EVENTS[-1])
    journal = read_journal(file)
    assert list(journal.events) == EVENTS
    assert journal.damaged == (len(EVENTS),)


@pytest.mark.parametrize(
    "line",
    ["", "null", "3", '"x"', '{"event":"other"}', '{"event":["x"]}', '{"event":"run-ended"}', '{"event":', "\x00"],
)
def test_a_line_that_is_no_event_is_damage(file: Path, line):
    file.write_bytes(line.encode() + b"\n" + file.read_bytes())
    journal = read_journal(file)
    assert journal.damaged == (1,)
    assert list(journal.events) == EVENTS


@pytest.mark.parametrize("change", [{"at": 5}, {"at": "noon"}, {"outcome": "well"}])
def test_a_value_of_the_wrong_kind_is_damage(change):
    values = {**json.loads(encode(EVENTS[5])), **change}
    with pytest.raises(ValueError, match="lacks|Invalid|not a valid"):
        decode(json.dumps(values))


def test_a_field_of_a_newer_suite_is_left_out():
    values = json.loads(encode(EVENTS[-1]))
    assert decode(json.dumps({**values, "colour": "red"})) == EVENTS[-1]


def test_writers_share_a_file(tmp_path: Path):
    path = tmp_path / "journal.jsonl"
    writers = [JournalWriter(path) for _ in range(4)]

    def write(writer: JournalWriter) -> None:
        for number in range(50):
            writer.write(StepStarted(AT, "s" * 500, f"step {number}", number))

    threads = [threading.Thread(target=write, args=(writer,)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for writer in writers:
        writer.close()
        writer.close()
    journal = read_journal(path)
    assert len(journal.events) == 200
    assert journal.damaged == ()


def test_a_line_that_is_nested_without_end_is_damage(file: Path):
    with file.open("a") as journal:
        journal.write("[" * 100_000 + "\n")
    assert read_journal(file).damaged == (len(EVENTS) + 1,)
