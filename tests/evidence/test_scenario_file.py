"""The evidence of a scenario: every kind of record survives, secrets do not, and a crash leaves what was written."""

import json
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from dpc_conformance.evidence.folder import file_name
from dpc_conformance.evidence.line_kinds import KINDS
from dpc_conformance.evidence.lines import EvidenceJudged, ScenarioClosed, StepBegan, TextShown
from dpc_conformance.evidence.objects import extension_of
from dpc_conformance.evidence.reading import changed_objects
from dpc_conformance.evidence.records import HttpExchange, MailReceived, Note, QrCodeShown, TlsFacts

NOW = datetime(2026, 11, 23, 12, 0, 1, tzinfo=UTC)
CERTIFICATE = b"\x30\x82\x00\x46" + bytes(70)
SECRET = "kD4_zzy-Qq1x-Aa0"  # noqa: S105


def made_up(hint: Any) -> Any:
    """A value of that type."""
    values = {str: "text", int: 3, bool: True, bytes: CERTIFICATE, datetime: NOW, timedelta: timedelta(minutes=2)}
    if hint in values:
        return values[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin is tuple:
        return (made_up(inner[0]),) if inner[-1] is Ellipsis else tuple(map(made_up, inner))
    if origin is not None and type(None) in inner:
        return made_up(next(each for each in inner if each is not type(None)))
    if origin is not None:
        return {"name": made_up(inner[1])}
    if hint in (date, object):
        return {date: NOW.date(), object: {"kind": "x"}}[hint]
    return of_kind(hint)


def of_kind(kind: type) -> Any:
    """A record of that kind with a value in every field."""
    return kind(**{name: made_up(hint) for name, hint in get_type_hints(kind).items()})


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.__name__)
def test_every_kind_of_line_survives(kept, kind):
    record = of_kind(kind)
    kept.recorder.note(record)
    [line] = kept.read().lines
    assert line.record == record
    assert line.not_kept == ()


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.__name__)
def test_a_line_of_a_kind_can_be_told_from_the_members_of_the_record(kind):
    assert not {field.name for field in fields(kind)} & {"record", "step"}


def test_half_a_character_that_a_product_names_in_json_survives(kept, now):
    kept.recorder.record(Note(now, json.loads('"half a character: \\ud83d"')))
    [line] = kept.read().lines
    assert line.record.text == "half a character: \ud83d"


def test_each_line_is_there_as_soon_as_it_happened_and_belongs_to_its_step(kept, now):
    kept.recorder.record(Note(now, "before"))
    kept.recorder.note(StepBegan("Given a card"))
    kept.recorder.record(Note(now, "within"))
    lines = [json.loads(line) for line in kept.path.read_text().splitlines()]
    assert [(line["record"], line["step"]) for line in lines] == [("note", 0), ("step-began", 1), ("note", 1)]
    assert kept.file.count == 3


def test_what_is_noted_is_no_part_of_the_timeline(kept, now):
    kept.recorder.note(TextShown("a table", "text"))
    kept.recorder.record(Note(now, "a record"))
    assert kept.recorder.timeline() == (Note(now, "a record"),)


def test_long_bytes_are_objects_by_their_hash_and_written_once(kept, now):
    kept.recorder.record(QrCodeShown(now, "kiosk", "https://a", b"\x89PNG\r\n\x1a\n" + bytes(80), "00"))
    kept.recorder.record(HttpExchange(now, "a", "GET", "u", 200, None, response_object=CERTIFICATE))
    kept.recorder.record(HttpExchange(now, "b", "GET", "u", 200, None, response_object=CERTIFICATE))
    files = sorted(kept.folder.objects.iterdir())
    assert {file.stem for file in files} >= {sha256(CERTIFICATE).hexdigest()}
    assert {file.suffix for file in files} == {".png", ".der"}
    assert len(files) == 2
    assert list(changed_objects(kept.folder)) == []
    files[0].write_bytes(b"other")
    assert list(changed_objects(kept.folder)) == [files[0].name]


@pytest.mark.parametrize(
    ("content", "extension"),
    [
        (CERTIFICATE, "der"),
        (CERTIFICATE + b"\x00", "bin"),
        (b"\x30\x03abc", "der"),
        (b"\x30", "bin"),
        (b"", "bin"),
        (b"\xff\xd8\xff\xe0", "jpg"),
        (b"From: a@agency.example\n\n", "eml"),
    ],
)
def test_an_object_is_called_by_what_it_is(content, extension):
    assert extension_of(content) == extension


def test_a_secret_that_becomes_known_is_taken_out_of_what_was_written_before(kept, now):
    kept.recorder.note(StepBegan(f"When {SECRET} is typed", docstring=SECRET))
    kept.recorder.record(MailReceived(now, "a", "b", "c", f"your code is {SECRET}"))
    kept.recorder.record(
        HttpExchange(now, "c", "GET", f"u?{SECRET}", 200, TlsFacts("1.3", "x", "EC", 256, SECRET), {"a": SECRET})
    )
    assert SECRET in kept.path.read_text()
    kept.recorder.keep_secret(SECRET)
    assert SECRET not in kept.path.read_text()
    kept.recorder.record(Note(now, f"again {SECRET}"))
    step, mail, exchange, note = (line.record for line in kept.read().lines)
    assert step.docstring == "(redacted)"
    assert mail.body == "your code is (redacted)"
    assert exchange.secrets_in == ("url", "headers")
    assert note.text == "again (redacted)"


def test_an_object_that_holds_a_secret_is_not_kept_and_one_that_turns_out_to_is_taken_away(kept, now):
    request = b"\x30\x82\x00\x60" + b"challenge " + SECRET.encode() + bytes(70)
    kept.recorder.record(HttpExchange(now, "a", "POST", "u", 200, None, request_object=request))
    assert len(list(kept.folder.objects.iterdir())) == 1
    kept.recorder.keep_secret(SECRET)
    assert list(kept.folder.objects.iterdir()) == []
    kept.recorder.record(HttpExchange(now, "a", "POST", "u", 200, None, request_object=request))
    assert list(kept.folder.objects.iterdir()) == []
    first, second = kept.read().lines
    assert first.record.request_object == b""
    assert first.not_kept == second.not_kept == (sha256(request).hexdigest(),)


@pytest.mark.parametrize(
    ("content", "holds"),
    [
        (b"\x13\x06" + b"314159" + b"\x00", True),
        (b"\x17\x0d" + b"260314159000Z", False),
        (b"9314159", False),
    ],
)
def test_a_pin_counts_in_bytes_only_where_it_stands_alone(kept, content, holds):
    kept.recorder.keep_secret("314159")
    assert kept.recorder.holds_secret(content) is holds


def test_a_crash_leaves_the_lines_before_it_and_says_so(kept, now):
    kept.recorder.record(Note(now, "one"))
    kept.recorder.record(Note(now, "two"))
    kept.path.write_bytes(kept.path.read_bytes()[:-20])
    found = kept.read()
    assert [line.record.text for line in found.lines] == ["one"]
    assert "line 2" in found.problems[0]
    assert found.problems[1].endswith("ends before the scenario does")


def test_an_end_is_an_end(kept, now):
    kept.recorder.note(ScenarioClosed(now, "passed"))
    kept.file.close()
    kept.file.close()
    kept.recorder.record(Note(now, "a thread that comes late"))
    kept.recorder.keep_secret("another secret")
    assert kept.read().problems == ()
    assert len(kept.read().lines) == 1


def test_a_second_attempt_begins_anew(kept, now):
    kept.recorder.record(Note(now, "of the first attempt"))
    again = type(kept)(kept.folder.root)
    again.recorder.record(Note(now, "of the second"))
    assert [line.record.text for line in again.read().lines] == ["of the second"]


def test_what_json_has_nothing_for_is_named_by_its_type(kept, now):
    kept.recorder.note(EvidenceJudged(now, "Strange", {"view": object(), "numbers": {3, 1}}))
    assert kept.read().lines[0].record.values == {"view": {"type": "object"}, "numbers": [1, 3]}


@pytest.mark.parametrize("line", ["", "null", "[]", '{"record":"other","step":1}', '{"record":"note","step":0,"at":5}'])
def test_a_line_that_is_none_is_damage_and_no_trace(kept, now, line):
    kept.path.write_text(line + "\n")
    kept_well = kept.read()
    assert kept_well.lines == ()
    assert kept_well.problems[0].startswith("line 1 of ")


def test_an_object_outside_the_folder_is_none(kept, now):
    reference = '{"sha256":"00","bytes":3,"file":"../../../etc/hostname"}'
    kept.path.write_text(
        f'{{"record":"certificate-installed","step":0,"at":"{now.isoformat()}","usage":"x","der":{reference},'
        '"key_generated_on_device":true}\n'
    )
    [line] = kept.read().lines
    assert (line.record.der, line.not_kept) == (b"", ("00",))


def test_file_names_are_readable_different_and_the_same_everywhere():
    one = file_name("features/token/01_a.feature::test_select[9000-the PIV AID]")
    assert one.startswith("token-01_a-select-9000-the-PIV-AID-")
    assert one != file_name("features/token/01_a.feature::test_select[9000-the-PIV AID]")
    assert file_name("features/a.feature::test_" + "x" * 300) != file_name("features/a.feature::test_" + "x" * 301)


@pytest.mark.parametrize(
    "line",
    [
        "[" * 100_000,
        '{"record":"note","at":"2026-11-23T12:00:01+00:00","text":"x"}',
        '{"record":"note","step":null,"at":"2026-11-23T12:00:01+00:00","text":"x"}',
        '{"record":"apdu-exchange","step":0,"at":"2026-11-23T12:00:01+00:00","name":"SELECT","command":"","response":"",'
        '"status":"nine thousand","meaning":""}',
    ],
    ids=["nested without end", "no step", "a step that is none", "a status in words"],
)
def test_a_line_of_another_shape_is_damage(kept, line):
    kept.path.write_text(f"{line}\n")
    assert "line 1 of" in kept.read().problems[0]


def test_half_an_object_that_a_killed_worker_left_is_no_changed_one(kept):
    (kept.folder.objects / f".{'0' * 64}.4711").write_bytes(b"half")
    assert list(changed_objects(kept.folder)) == []
