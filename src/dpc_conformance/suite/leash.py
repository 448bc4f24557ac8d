"""What ends a run early: ^C, a request to end, or, for a worker on a leash, that whoever started it is gone."""

import os
import signal
import threading

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """End as ^C does it, with everything that was started; watch the pipe whose other end the controller holds."""
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:  # which would leave servers and files behind
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        config.add_cleanup(_as_before)
    end = config.getoption("leash")
    if end is not None:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job begins with ^C ignored
        threading.Thread(target=_watch, args=(end,), name="leash", daemon=True).start()


def _as_before() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _watch(end: int) -> None:
    os.read(end, 1)  # returns when the last writer is gone
    os.kill(os.getpid(), signal.SIGINT)
