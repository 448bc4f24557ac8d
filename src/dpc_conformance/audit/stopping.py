"""^C between two parts: a KeyboardInterrupt may be raised inside a destructor of a library, where it gets lost."""

import signal
from collections.abc import Iterable, Iterator
from types import FrameType
from typing import TypeVar

Some = TypeVar("Some")


def stoppable(parts: Iterable[Some]) -> Iterator[Some]:
    """The parts, until somebody presses ^C: then KeyboardInterrupt after the part in work; at once the second time.

    Only for the main thread: ValueError elsewhere.
    """
    asked = False

    def note(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, note)
    try:
        for part in parts:
            yield part
            if asked:
                raise KeyboardInterrupt
    finally:
        signal.signal(signal.SIGINT, before)
