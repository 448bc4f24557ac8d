"""What a person at the terminal is asked about a real product, what was answered, and the book that keeps both."""

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any, Self


class Kind(StrEnum):
    """What an answer looks like."""

    CHOICE = "choice"
    """One of the choices, or other words where the question allows them."""
    LINE = "line"
    """Words in one line."""
    PICTURE = "picture"
    """The path of a picture in which one QR code can be read."""
    CERTIFICATES = "certificates"
    """Paths of certificates (PEM or DER) with commas between, or `none`."""
    MAILS = "mails"
    """Paths of saved e-mails (.eml) with commas between, or `none`."""
    DECISIONS = "decisions"
    """Entries of an audit log, ACTION OUTCOME REASON, with semicolons between, or `none`."""


FILES = frozenset({Kind.PICTURE, Kind.CERTIFICATES, Kind.MAILS})
"""Kinds whose answer is paths: the book keeps what they hold as digests."""
DESK = "DPC_QUESTION_DESK"
"""The environment variable in which `dpc run` tells its workers where questions are answered."""
NONE = "none"
"""The answer that there is nothing."""


class How(StrEnum):
    """What became of a question."""

    GIVEN = "given"
    SKIPPED = "skipped"
    """The person cannot do or see that; the answer is the reason."""
    LEFT = "left-to-review"
    """Only a later look can tell; the answer is what has to be decided."""
    BACK = "back"
    """The last answer is asked again, from the beginning of the scenario on."""


@dataclass(frozen=True)
class Question:
    """One documented step for a person. `step` is its id, empty where no document has it; `do` is what to do.

    `ask` is what to answer. `secret` is what has to be typed into the product, `picture` a PNG to be shown (base64):
    the person sees both, the book keeps neither.
    """

    role: str
    verb: str
    do: str
    ask: str
    kind: Kind
    step: str = ""
    source: str = ""
    choices: tuple[str, ...] = ()
    free: bool = False
    """Whether other words than the choices are an answer, too."""
    pausable: bool = True
    """Whether the answers to the scenario's questions can be given again to a scenario that begins anew."""
    secret: str = field(default="", repr=False)
    picture: str = field(default="", repr=False)

    def to_json(self) -> bytes:
        """For the way to whoever asks."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, content: bytes) -> Self:
        """What `to_json` wrote."""
        values = json.loads(content)
        return cls(**{**values, "kind": Kind(values["kind"]), "choices": tuple(values["choices"])})

    @property
    def digest(self) -> str:
        """By which an answer is known to be one to this question."""
        asked = [self.role, self.verb, self.do, self.ask, self.kind, *self.choices]
        return sha256("\0".join(asked).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Answer:
    """What a person answered, at a moment of the machine's time. `attached` holds paths of screenshots."""

    at: datetime
    how: How
    value: str = ""
    attached: tuple[str, ...] = ()
    digests: tuple[str, ...] = ()
    """SHA-256 of the files that the answer names."""

    def to_json(self) -> bytes:
        """For the way back to the scenario."""
        return json.dumps({**asdict(self), "at": self.at.isoformat()}).encode()

    @classmethod
    def from_json(cls, content: bytes) -> Self:
        """What `to_json` wrote. Raises ValueError."""
        return cls.of(json.loads(content))

    @classmethod
    def of(cls, values: dict[str, Any]) -> Self:
        """From plain values; others than those of an answer are left out. Raises ValueError."""
        known = {each.name: values[each.name] for each in fields(cls) if each.name in values}
        try:
            lists = {name: tuple(known.get(name, ())) for name in ("attached", "digests")}
            return cls(**{**known, **lists, "at": datetime.fromisoformat(known["at"]), "how": How(known["how"])})
        except (KeyError, TypeError) as problem:
            raise ValueError(f"this is no answer: {problem}") from None


def paths_in(answer: str) -> tuple[Path, ...]:
    """The files that an answer names; none for `none`."""
    return () if answer == NONE else tuple(Path(each.strip()) for each in answer.split(",") if each.strip())


def digests_of(paths: Sequence[Path]) -> tuple[str, ...]:
    """SHA-256 of each file. Raises OSError."""
    return tuple(sha256(path.read_bytes()).hexdigest() for path in paths)


class AnswerBook:
    """Questions and answers by scenario in an append-only file of JSON Lines; each is on disk before `add` returns."""

    def __init__(self, file: Path) -> None:
        """Reads what is there. Raises OSError; ValueError with the line that is no entry of such a book."""
        self.file = file
        self._given: dict[str, list[tuple[str, Answer]]] = {}
        *whole, half = file.read_bytes().split(b"\n") if file.exists() else [b""]
        for number, line in enumerate(whole, 1):
            self._read(number, line)
        self._half = len(half)

    def answers_to(self, scenario: str) -> tuple[tuple[str, Answer], ...]:
        """The answers that count in a scenario, each with the digest of its question, in order."""
        return tuple(self._given.get(scenario, ()))

    def add(self, scenario: str, question: Question, answer: Answer) -> None:
        """Put the next answer of a scenario on record. Raises OSError."""
        given = self._given.setdefault(scenario, [])
        given.append((question.digest, answer))
        asked = {"step": question.step, "role": question.role, "verb": question.verb, "do": question.do}
        entry = {"number": len(given), **asked, "ask": question.ask, "question": question.digest}
        self._write({"scenario": scenario, **entry, **json.loads(answer.to_json())})

    def withdraw(self, scenario: str, kept: int) -> None:
        """Only the first `kept` answers of the scenario count from now on. Raises OSError."""
        if kept < len(self._given.get(scenario, ())):
            del self._given[scenario][kept:]
            self._write({"scenario": scenario, "kept": kept})

    def _read(self, number: int, line: bytes) -> None:
        try:
            entry = json.loads(line)
            given = self._given.setdefault(str(entry["scenario"]), [])
            if "kept" in entry:
                del given[int(entry["kept"]) :]
            else:
                given.append((str(entry["question"]), Answer.of(entry)))
        except (ValueError, KeyError, TypeError):
            raise ValueError(f"{self.file}: line {number}: expected an answer that a run has kept") from None

    def _write(self, entry: dict[str, Any]) -> None:
        with self.file.open("ab") as stream:
            if self._half:  # what a crash left of a line was never given to a scenario
                stream.truncate(stream.tell() - self._half)
                self._half = 0
            stream.write(json.dumps(entry, ensure_ascii=False).encode() + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
