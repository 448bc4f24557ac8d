"""What a worker's log says about why it could not go on."""

import re
from pathlib import Path

COLLECTING = re.compile(r"^_+ ERROR collecting .*?_+$(.*?)^[_=]{3}", re.M | re.S)
FATAL = re.compile(r"Fatal Python error: (.+)$", re.M)
THREAD = re.compile(r"^(Current thread|Thread) 0x\w+.*$\n((?:^  .*$\n?)*)", re.M)
FRAME = re.compile(r'^  File "(?:.*/)?([^"/]+)", line (\d+) in (\S+)$', re.M)
FRAMES = 8
"""Calls of the thread that crashed, from the innermost on: those further out are always the same."""


def last_words(log: Path) -> str:
    """The errors of collection, else pytest's usage errors, else the last line of the log; in one line."""
    text = log.read_text("utf-8", errors="replace")
    sections = [line for section in COLLECTING.findall(text) for line in _errors(section)]
    usage = [line.removeprefix("ERROR: ") for line in text.splitlines() if line.startswith("ERROR: ")]
    last = [line.removeprefix("E  ").strip() for line in text.splitlines() if line.strip()][-1:]
    return "; ".join(dict.fromkeys(sections or usage or last)) or "it printed nothing"


def crash(log: Path, begun: int = 0) -> str:
    """What the interpreter wrote when it was ended by a signal, in one line; empty when it wrote nothing.

    Names the error, the calls of the thread in which it happened, and where the other threads were. Of a log that
    several processes write to, one after the other, the last began at octet `begun`.
    """
    text = log.read_bytes()[begun:].decode("utf-8", errors="replace")
    fatal = FATAL.search(text)
    if fatal is None:
        return ""
    threads = [(which, FRAME.findall(frames)) for which, frames in THREAD.findall(text[fatal.start() :])]
    crashed = [_place(frame) for which, frames in threads if which == "Current thread" for frame in frames[:FRAMES]]
    others = [_place(frames[0]) for which, frames in threads if which == "Thread" and frames]
    said = f"{fatal[1]} in {', called by '.join(crashed)}" if crashed else fatal[1]
    return f"{said}; other threads were in {', '.join(dict.fromkeys(others))}" if others else said


def _place(frame: tuple[str, str, str]) -> str:
    file, line, function = frame
    return f"{function} ({file}:{line})"


def _errors(section: str) -> list[str]:
    lines = [line.strip() for line in section.splitlines() if line.strip()]
    marked = [line.removeprefix("E").strip() for line in lines if line.startswith("E  ")]
    return marked or lines
