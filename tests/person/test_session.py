"""What a person told counts until something happens, and not longer."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from dpc_conformance.adapters.operator.session import Session
from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.questions import Answer, How, Kind
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import Note, ScreenShown

AT = datetime(2026, 11, 30, tzinfo=UTC)


class Line:
    """In place of somebody at the terminal, who takes a minute for each answer."""

    def __init__(self, scene) -> None:
        self._scene = scene
        self.asked: list[str] = []

    def ask(self, question) -> Answer:
        self.asked.append(question.verb)
        return Answer(self._scene.clock.now() + timedelta(minutes=1), How.GIVEN, f"answer {len(self.asked)}")


@pytest.fixture
def scene():
    return SimpleNamespace(clock=RunClock(AT), recorder=Recorder())


@pytest.fixture
def line(scene):
    return Line(scene)


@pytest.fixture
def session(scene, line):
    return Session(scene, line, "en", "", pausable=True)


@pytest.fixture
def told(session, scene):
    """Asks what mails there are; reading the answer makes a record."""

    def read(answer: str) -> str:
        scene.recorder.record(ScreenShown(scene.clock.now(), "phone", answer, ""))
        return answer

    return lambda verb="mail": session.told("phone", verb, "Which e-mails?", Kind.LINE, read)


def test_what_was_told_is_not_asked_again(told, line) -> None:
    assert [told(), told("notifications"), told(), told("notifications")] == ["answer 1", "answer 2"] * 2
    assert line.asked == ["mail", "notifications"]


def test_what_was_told_counts_no_more_when_the_person_has_done_something(told, session) -> None:
    told()
    session.done("phone", "choose", "Tap it.", "what it shows", Kind.LINE)
    assert told() == "answer 3"


def test_what_was_told_counts_no_more_when_time_has_passed(told, scene, line) -> None:
    told()
    scene.clock.advance(timedelta(days=31))
    assert told() == "answer 3"
    assert line.asked == ["mail", "let time pass", "mail"]


def test_what_was_told_counts_no_more_when_somebody_else_has_done_something(told, scene) -> None:
    told()
    scene.recorder.record(Note(AT, "the issuer's program revokes the credential"))
    assert told() == "answer 2"
