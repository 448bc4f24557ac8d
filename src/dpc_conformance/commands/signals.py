"""^C and SIGTERM as the way to end a command that goes on until it is stopped."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """SIGINT and SIGTERM end the block in order, which is no error."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def until_stopped() -> None:
    """Wait for a signal that ends the block of `ended_by_signals`."""
    threading.Event().wait()
