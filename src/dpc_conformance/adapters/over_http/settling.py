"""Waits for a product whose records and mail come a little after what they are about."""

import time
from collections.abc import Callable
from datetime import datetime

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import TESTER, HttpExchange, MailReceived, Record, ScreenShown


class Settling:
    """Called before records or mail are read: sleeps so many seconds where anything happened since it last did."""

    def __init__(
        self, seconds: float, recorder: Recorder, clock: RunClock, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._seconds, self._recorder, self._clock, self._sleep = seconds, recorder, clock, sleep
        self._seen: tuple[datetime, int] | None = None

    def __call__(self) -> None:
        if not self._seconds:
            return
        happened = sum(not _changes_nothing(each) for each in self._recorder.timeline())
        if (self._clock.now(), happened) != self._seen:
            self._sleep(self._seconds)
            self._seen = self._clock.now(), happened


def _changes_nothing(record: Record) -> bool:
    """Whether a product does nothing on account of it: mail that came, a screen, a question of the tester."""
    if isinstance(record, HttpExchange):
        return record.client == TESTER and record.method == "GET"
    return isinstance(record, MailReceived | ScreenShown)
