"""What a worker's log says about why it could not go on."""

import re
from pathlib import Path

COLLECTING = re.compile(r"^_+ ERROR collecting .*?_+$(.*?)^[_=]{3}", re.M | re.S)


def last_words(log: Path) -> str:
    """The errors of collection, else pytest's usage errors, else the last line of the log; in one line."""
    text = log.read_text("utf-8", errors="replace")
    sections = [line for section in COLLECTING.findall(text) for line in _errors(section)]
    usage = [line.removeprefix("ERROR: ") for line in text.splitlines() if line.startswith("ERROR: ")]
    last = [line.removeprefix("E  ").strip() for line in text.splitlines() if line.strip()][-1:]
    return "; ".join(dict.fromkeys(sections or usage or last)) or "it printed nothing"


def _errors(section: str) -> list[str]:
    lines = [line.strip() for line in section.splitlines() if line.strip()]
    marked = [line.removeprefix("E").strip() for line in lines if line.startswith("E  ")]
    return marked or lines
