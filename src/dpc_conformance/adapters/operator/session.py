"""One scenario with a person: asks, keeps what was seen until something is done, and lets the run's clock follow."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from dpc_conformance.adapters.operator.captions import Language, source_of
from dpc_conformance.adapters.operator.line import Line
from dpc_conformance.adapters.operator.pictures import screenshot
from dpc_conformance.evidence.questions import Answer, How, Kind, Question
from dpc_conformance.evidence.records import Screenshot
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.errors import LeftToReview, NotSupported

PASSED = "it has passed"
READY = "ready"
Told = TypeVar("Told")


class Session:
    """What the roles of one scenario share that the same person plays."""

    def __init__(self, scene: Scene, line: Line, language: Language, preparation: str, pausable: bool) -> None:
        """`preparation` is what has to stand before the first step; `pausable` as in a Question."""
        self.scene, self.language = scene, language
        self._line, self._pausable = line, pausable
        self._preparation = preparation
        self._known = scene.clock.now()
        self._told: dict[str, Any] = {}
        self._told_when = self._moment()

    def done(
        self, role: str, verb: str, do: str, ask: str, kind: Kind, step: str = "", **more: Any
    ) -> str:  # more: fields of the question
        """Have something done and tell how it went; what was told before may no longer be so.

        Raises NotSupported where the person cannot do it, LeftToReview where only a later look can tell.
        """
        self._told.clear()
        return self._asked(role, verb, do, ask, kind, step, **more).value

    def told(self, role: str, verb: str, do: str, kind: Kind, read: Callable[[str], Told], step: str = "") -> Told:
        """What there is to be seen, asked once until something happens. Raises as `done`."""
        key = f"{role}.{verb}: {do}"
        if self._moment() != self._told_when:  # time has passed, or a role that no person plays has done something
            self._told.clear()
        if key not in self._told:
            self._told[key] = read(self._asked(role, verb, do, "what is there", kind, step).value)
            self._told_when = self._moment()
        found: Told = self._told[key]
        return found

    def _moment(self) -> tuple[datetime, int]:
        return self.scene.clock.now(), len(self.scene.recorder.timeline())

    def _asked(self, role: str, verb: str, do: str, ask: str, kind: Kind, step: str, **more: Any) -> Answer:
        self._prepare()
        self._let_time_pass()
        source = source_of(step)
        question = Question(role, verb, do, ask, kind, step, source, pausable=self._pausable, **more)
        answer = self._put(question)
        if answer.how is How.SKIPPED:
            raise NotSupported(role.replace("_", " "), f"{verb.replace('_', ' ')}: {answer.value}")
        if answer.how is How.LEFT:
            raise LeftToReview(f"{do} {answer.value}")
        return answer

    def _put(self, question: Question) -> Answer:
        answer = self._line.ask(question)
        # The product lives in the machine's time; the run's follows it, the same way each time the answer is used.
        clock = self.scene.clock
        clock.advance(max(answer.at - clock.now(), timedelta()))
        self._known = clock.now()
        for path in answer.attached:
            self.scene.recorder.record(Screenshot(clock.now(), question.role, screenshot(path)))
        return answer

    def _prepare(self) -> None:
        if self._preparation:
            words, self._preparation = self._preparation, ""
            self._confirmed("prepare", words, READY)

    def _let_time_pass(self) -> None:
        """A scenario that lets time pass has moved the run's clock; the product's does not move by itself."""
        ahead = self.scene.clock.now() - self._known
        if ahead > timedelta():
            words = f"Let {in_words(ahead)} pass at the product: wait, or move its clock."
            self._confirmed("let time pass", words, PASSED)

    def _confirmed(self, verb: str, words: str, choice: str) -> None:
        question = Question(
            "person", verb, words, "when it is so", Kind.CHOICE, choices=(choice,), pausable=self._pausable
        )
        answer = self._put(question)
        if answer.how is not How.GIVEN:
            raise NotSupported("person", f"{verb}: {answer.value}")


def in_words(duration: timedelta) -> str:
    """Days, hours, minutes and seconds, as far as there are any."""
    minutes, seconds = divmod(int(duration.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts: Sequence[tuple[int, str]] = ((days, "day"), (hours, "hour"), (minutes, "minute"), (seconds, "second"))
    return " ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in parts if count)
