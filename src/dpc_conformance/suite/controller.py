"""Watches workers through the journal: hands events on, and lets sanity scenarios run first, last and alone."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from dpc_conformance.evidence.events import Event, Outcome
from dpc_conformance.evidence.questions import How
from dpc_conformance.suite.lane import Lane, RunResult
from dpc_conformance.suite.question_desk import QuestionDesk
from dpc_conformance.suite.tail import JournalTail
from dpc_conformance.suite.worker import WorkerPlan

POLL = 0.05
"""Seconds between two looks into the journal."""


class Controller:
    """Runs all scenarios of a plan; `limit` is what one scenario may take, in seconds of machine time."""

    def __init__(
        self,
        plan: WorkerPlan,
        limit: float,
        on_event: Callable[[Event], None],
        at: datetime,
        workers: int = 1,
        desk: QuestionDesk | None = None,
    ) -> None:
        """`at` stands in the events the controller writes itself: the run's clock is the workers', not ours.

        At `desk` a person answers what scenarios ask; None where none of them does.
        """
        self._desk = desk
        self._plan, self._limit, self._on_event, self._at, self._workers = plan, limit, on_event, at, workers
        self._tail = JournalTail(plan.journal)
        self._lanes: list[Lane] = []

    def run(self) -> RunResult:
        """Run to the end. ^C stops everything that was started and is reported, not raised."""
        try:
            return self._alone() if self._workers == 1 else self._side_by_side()
        except KeyboardInterrupt:
            for lane in self._lanes:
                lane.ask_to_stop()
            for lane in self._lanes:
                lane.stop()
            self._hand_on()
            for lane in self._lanes:
                lane.end_running(Outcome.INTERRUPTED, "the run was stopped")
            self._hand_on()
            return RunResult(interrupted=True)
        finally:
            for lane in self._lanes:
                lane.kill()

    def _alone(self) -> RunResult:
        lane = self._lane("")
        lane.begin()
        return self._watch([lane])

    def _side_by_side(self) -> RunResult:
        """The first lane opens the run while the others wait; a further one closes it when they are done."""
        lanes = [self._lane(f"{number}/{self._workers}", number) for number in range(1, self._workers + 1)]
        lanes[0].begin()
        opened = self._watch(lanes[:1], until=lambda: lanes[0].past_opening)
        if opened.broke:
            return opened
        for lane in lanes[1:]:
            lane.begin()
        result = self._watch(lanes)
        if result.misused:
            return result
        closing = self._lane("", self._workers + 1, "--sanity=last")
        closing.begin()
        closed = self._watch([closing])
        return closed if closed.broke and not result.broke else result

    def _lane(self, share: str, number: int = 1, *more: str) -> Lane:
        arguments = more or ((f"--share={share}", f"--sanity={'first' if number == 1 else 'none'}") if share else ())
        plan = replace(self._plan.of_lane(number), arguments=(*self._plan.arguments, *arguments))
        lane = Lane(plan, share, self._limit, self._at)
        self._lanes.append(lane)
        return lane

    def _watch(self, lanes: Sequence[Lane], until: Callable[[], bool] = lambda: False) -> RunResult:
        """Until all of them are done; the first that could not go on tells why."""
        while any(lane.result is None for lane in lanes) and not until():
            for lane in lanes:
                lane.wait(POLL / len(lanes))
            self._hand_on()
            self._answer_questions(lanes)
            for lane in lanes:
                lane.settle(self._hand_on)
        results = [lane.result for lane in lanes if lane.result]
        return next((each for each in results if each.broke), RunResult())

    def _answer_questions(self, lanes: Sequence[Lane]) -> None:
        """Nothing else happens meanwhile: the one worker of such a run waits for the answer."""
        if self._desk is None:
            return
        waiting = self._desk.waiting()
        if waiting is None:
            return
        self._hand_on()  # the beginning of the scenario that asks is in the journal by now
        began = time.monotonic()
        how = self._desk.answer(waiting)
        for lane in lanes:
            lane.not_counted(time.monotonic() - began)
            if how is How.BACK:
                lane.begin_again()

    def _hand_on(self) -> None:
        for event in self._tail.new_events():
            if self._desk is not None:
                self._desk.notice(event)
            for lane in self._lanes:
                lane.notice(event)
            self._on_event(event)
