"""A program that does one thing and ends: called with nothing of the machine's settings, bounded in time."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dpc_conformance.reference.programs.installed import program
from dpc_conformance.roles.errors import Unreachable

TIME_LIMIT = 60.0
"""Seconds of the machine's time for one call; it ends a program that hangs, and measures nothing."""


@dataclass(frozen=True)
class Answer:
    """How a call ended. `words` is what the program printed for people; output may hold secrets."""

    code: int
    output: bytes = field(repr=False)
    words: str


@dataclass(frozen=True)
class Command:
    """`name` is the executable, `package` the Debian package that has it."""

    name: str
    package: str
    environment: Mapping[str, str] = field(default_factory=dict)

    def find(self) -> str:
        """Where it is. Raises MachineLacks, which names the Debian package that brings it."""
        return str(program(self.name, self.package))

    def run(self, *arguments: str | Path, stdin: bytes = b"") -> Answer:
        """Call it; keys belong in `stdin`, a command line can be read by everybody.

        Raises MachineLacks; Unreachable where it does not end.
        """
        command = [self.find(), *map(str, arguments)]
        try:
            done = subprocess.run(
                command, input=stdin, capture_output=True, env=self.settings(), timeout=TIME_LIMIT, check=False
            )
        except subprocess.TimeoutExpired:
            raise Unreachable(self.name, f"it did not end within {TIME_LIMIT:g} seconds") from None
        return Answer(done.returncode, done.stdout, done.stderr.decode(errors="replace"))

    def settings(self) -> dict[str, str]:
        """The whole environment of the program."""
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", **self.environment}
