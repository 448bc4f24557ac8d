"""A worker on a leash: when the process that started it is gone, however it went, the worker stops too."""

import os
import signal
import threading

import pytest


def pytest_configure(config: pytest.Config) -> None:
    """Watch the pipe whose other end the controller holds; nothing to watch where a person started pytest."""
    end = config.getoption("leash")
    if end is not None:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job begins with ^C ignored
        threading.Thread(target=_watch, args=(end,), name="leash", daemon=True).start()


def _watch(end: int) -> None:
    os.read(end, 1)  # returns when the last writer is gone
    os.kill(os.getpid(), signal.SIGINT)
