"""Where the questions of scenarios are answered: out of the book of answers, or by a person at the terminal."""

import contextlib
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, Listener
from queue import Empty, SimpleQueue

from dpc_conformance.clock import machine_now
from dpc_conformance.entropy import SystemEntropy
from dpc_conformance.evidence.events import Event, ScenarioEnded, ScenariosChosen, ScenarioStarted, StepStarted
from dpc_conformance.evidence.questions import DESK, FILES, Answer, AnswerBook, How, Question, digests_of, paths_in

NO_MORE = "the file of answers has none to this question"
NOT_AGAIN = "answers cannot be given again where the reference or another adapter keeps what a scenario has done"


@dataclass
class Place:
    """Where a question stands. `scenario` counts from 1 out of `scenarios`, `number` from 1 in its scenario."""

    running: ScenarioStarted
    scenario: int
    scenarios: int
    number: int
    step: str = ""
    """The step of the scenario, as the feature has it."""
    note: str = ""
    """What the person should know about this question, such as why it is asked again."""
    secrets: set[str] = field(default_factory=set, repr=False)
    """What no answer may hold: the secrets that were shown so far."""


Waiting = tuple[Question, "Connection[bytes, bytes]"]
Person = Callable[[Question, Place], Answer]
"""Answers a question; raises KeyboardInterrupt to pause the run."""


class QuestionDesk:
    """Open while a run goes on. Its lines are for the processes that know the key in `environment`."""

    def __init__(self, book: AnswerBook, person: Person | None) -> None:
        """Without a person, what the book does not answer is skipped. Raises OSError."""
        self._book, self._person = book, person
        key = SystemEntropy().bytes(32)
        self._listener = Listener(authkey=key)
        self.environment: Mapping[str, str] = {DESK: json.dumps({"address": self._listener.address, "key": key.hex()})}
        self._waiting: SimpleQueue[Waiting] = SimpleQueue()
        self._running: ScenarioStarted | None = None
        self._step = ""
        self._asked = self._ended = self._chosen = 0
        self._secrets: set[str] = set()
        threading.Thread(target=self._accept, name="question desk", daemon=True).start()

    def notice(self, event: Event) -> None:
        """Follow the run."""
        match event:
            case ScenariosChosen():
                self._chosen = self._ended + event.count
            case ScenarioStarted():
                self._running, self._asked = event, 0
            case StepStarted():
                self._step = event.text
            case ScenarioEnded() if event.outcome != "interrupted":
                self._ended += 1

    def waiting(self) -> "Waiting | None":
        """The next question, with its line; None if none waits."""
        try:
            return self._waiting.get_nowait()
        except Empty:
            return None

    def answer(self, waiting: "Waiting") -> How:
        """Answer a question, however long the person takes. What it belongs to has to be noticed before.

        Raises KeyboardInterrupt where the person pauses the run, OSError where the answer cannot be put on record.
        """
        question, line = waiting
        answer = self._answered(question)
        with contextlib.suppress(OSError):  # the scenario has gone meanwhile; its answer is on record
            line.send_bytes(answer.to_json())
        return answer.how

    def close(self) -> None:
        """Take no more calls."""
        self._listener.close()

    def _answered(self, question: Question) -> Answer:
        if self._running is None:
            raise ValueError("a question came before the first scenario")
        scenario, note = self._running.scenario, ""
        self._secrets |= {question.secret} - {""}
        given = self._book.answers_to(scenario)
        if self._asked < len(given):
            note = self._why_not_again(question, *given[self._asked])
            if not note:
                self._asked += 1
                return given[self._asked - 1][1]
        if self._person is None:
            return Answer(machine_now(), How.SKIPPED, note or NO_MORE)
        if note:
            self._book.withdraw(scenario, self._asked)
        number = self._asked + 1
        place = Place(self._running, self._ended + 1, self._chosen, number, self._step, note, self._secrets)
        answer = self._person(question, place)
        if answer.how is How.BACK:
            self._book.withdraw(scenario, self._asked - 1)
            return answer
        self._book.add(scenario, question, answer)
        self._asked += 1
        return answer

    def _why_not_again(self, question: Question, digest: str, answer: Answer) -> str:
        """Why an answer on record is not given again; empty where it is."""
        if not question.pausable:
            return NOT_AGAIN
        if digest != question.digest:
            return "another question was answered here before"
        if question.kind in FILES and answer.how is How.GIVEN:
            try:
                same = digests_of(paths_in(answer.value)) == answer.digests
            except OSError:
                return f"{answer.value} cannot be read any more"
            return "" if same else f"{answer.value} is not what it was"
        return ""

    def _accept(self) -> None:
        while True:
            try:
                line = self._listener.accept()
            except OSError:
                return  # closed
            except Exception:  # noqa: S112  somebody without the key
                continue
            threading.Thread(target=self._listen, args=(line,), name="line to a scenario", daemon=True).start()

    def _listen(self, line: "Connection[bytes, bytes]") -> None:
        with contextlib.suppress(OSError, EOFError):
            while True:
                self._waiting.put((Question.from_json(line.recv_bytes()), line))
