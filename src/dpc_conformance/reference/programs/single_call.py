"""A program that does one thing and ends."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

SECONDS = 30.0


@dataclass(frozen=True)
class Ended:
    """Exit code and output, which may hold secrets."""

    code: int
    output: str


def call(words: tuple[str | Path, ...], stdin: bytes, seconds: float = SECONDS) -> Ended:
    """Call a program that reads `stdin`; it is gone when this returns.

    Nobody else sees what it reads: use `stdin` for keys, which on a command line everybody could read. Raises
    TimeoutError, OSError where it cannot be called.
    """
    try:
        answer = subprocess.run(
            words,
            input=stdin,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TimeoutError(f"{Path(words[0]).name} does not end within {seconds:g} seconds") from None
    return Ended(answer.returncode, answer.stdout.decode(errors="replace"))
