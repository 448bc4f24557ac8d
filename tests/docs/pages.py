"""A page of the documentation, followed from top to bottom: its files are written, its commands run.

Of each command the exit code is compared (0, or what its comment says), and that its output has the lines of the page.
"""

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"(?:^(Write|Add to|In) `([^`]+)`:\n\n)?^```(\w+)\n(.*?)^```", re.M | re.S)
COMMAND = re.compile(r"\$ (.*?)(?:\s+#.*?(?:exit code (\d+).*)?)?")
Run = Callable[[list[str]], tuple[int, str]]
"""Runs `dpc` with these arguments: exit code, and what it said."""


@dataclass(frozen=True)
class Block:
    """A block of code: `verb` and `file` say what becomes of it, empty where nothing is said."""

    verb: str
    file: str
    kind: str
    text: str


@dataclass(frozen=True)
class Command:
    """A line of a console, with the exit code and the lines of output that the page shows."""

    words: list[str]
    code: int
    output: list[str]


def blocks(page: str) -> list[Block]:
    return [Block(*(part or "" for part in found)) for found in BLOCK.findall(page)]


def commands(console: str) -> list[Command]:
    found: list[Command] = []
    for line in console.splitlines():
        command = COMMAND.fullmatch(line)
        if command:
            found.append(Command(shlex.split(command[1]), int(command[2] or 0), []))
        else:
            found[-1].output.append(line)
    return found


def follow(page: str, folder: Path, run: Run) -> None:
    """Do what the page says in that folder."""
    for block in blocks(page):
        file = folder / block.file
        if block.kind == "console":
            for command in commands(block.text):
                carry_out(command, run)
        elif block.verb == "Write":
            assert not file.exists()
            file.write_text(block.text, "utf-8")
        elif block.verb == "Add to":
            apart = "\n\n" if block.kind == "python" else "\n"
            file.write_text(file.read_text("utf-8") + apart + block.text, "utf-8")
        else:
            assert (block.verb, block.kind) == ("In", "diff"), f"nobody can follow this: {block}"
            file.write_text(changed(file.read_text("utf-8"), block.text), "utf-8")


def carry_out(command: Command, run: Run) -> None:
    program, *words = command.words
    assert program == "dpc"
    code, said = run(words)
    assert code == command.code, (command, said)
    lines = [" ".join(line.split()) for line in said.splitlines()]
    for expected in command.output:
        parts = r".*".join(re.escape(each) for each in re.split(r"\s{2,}", expected.strip()))
        assert any(re.search(parts, line) for line in lines), (expected, said)


def changed(text: str, difference: str) -> str:
    """The text with the lines that a difference adds, each of its parts in the one place where it fits."""
    for part in difference.split("@@\n"):
        lines = part.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line[0] == " ")
        assert text.count(before) == 1, before
        text = text.replace(before, "".join(line[1:] for line in lines))
    return text
