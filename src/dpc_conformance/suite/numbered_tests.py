"""The numbers of tests: a committed line for each scenario, so that a number means the same test in every version."""

import re
from collections.abc import Iterable
from pathlib import Path

from dpc_conformance import HOME
from dpc_conformance.suite.scenario_texts import ScenarioText

FILE = HOME / "features" / "numbers.txt"
LINE = re.compile(r"(?P<number>[0-9]{4}) (?P<file>[^:]+\.feature): (?P<name>.+)")
HEAD = """\
# The numbers of the tests in `dpc spec`, one for each scenario. A number is never given twice: the line of a scenario
# that is gone stays. Whoever renames or moves a scenario changes its line here, so that the test keeps its number.
# `make numbers` gives the next ones to new scenarios.
"""


class WrongNumbers(ValueError):
    """The file of numbers is wrong; the message is a sentence with the line."""


def read_numbers(file: Path = FILE) -> dict[str, str]:
    """The numbers by file and name of the scenario. Raises WrongNumbers; a file that is not there gives none."""
    found: dict[str, str] = {}
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    for count, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = LINE.fullmatch(line)
        if not match:
            raise WrongNumbers(f"{file}:{count}: expected a number, a feature file and the name of a scenario")
        key = f"{match['file']}: {match['name']}"
        if key in found or match["number"] in found.values():
            raise WrongNumbers(f"{file}:{count}: the number or the scenario stands there twice")
        found[key] = match["number"]
    return found


def key_of(text: ScenarioText) -> str:
    """How the file names a scenario."""
    return f"{text.file}: {text.name}"


def give_numbers(texts: Iterable[ScenarioText], file: Path = FILE) -> int:
    """Append a line for each scenario that has none; returns how many. Raises WrongNumbers, OSError."""
    known = read_numbers(file)
    following = max(map(int, known.values()), default=0) + 1
    new = [key for key in dict.fromkeys(map(key_of, texts)) if key not in known]
    head = file.read_text("utf-8") if file.exists() else HEAD
    lines = [f"{number:04} {key}\n" for number, key in enumerate(new, following)]
    file.write_text(head + "".join(lines), encoding="utf-8")
    return len(new)
