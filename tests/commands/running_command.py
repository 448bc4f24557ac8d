"""A command of ours that runs until it is stopped, in a process of its own."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


@contextmanager
def running(
    *words: str, last: str | tuple[str, ...] = "", environment: Mapping[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`dpc` with the words, and what it said up to the line that begins with `last`; the first where that is empty."""
    call = [sys.executable, "-m", "dpc_conformance", *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(call, stdout=pipe, stderr=pipe, text=True, env=environment) as process:
        try:
            said = ""
            for line in process.stdout:
                said += line
                if line.startswith(last):
                    break
            yield process, said
        finally:
            process.terminate()
