"""Two runs beside each other: which verdicts changed, and what else did."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dpc_conformance.catalogue.verdicts import SETTLED, Verdict
from dpc_conformance.commands.run_folder import RunSays

ABSENT = "not in the run"
AROUND = {
    "suite_version": "suite",
    "target": "target",
    "edition": "edition",
    "scope": "scope",
    "selection": "what was chosen to run",
    "faults": "seeded defects",
}
"""What of a statement may explain a difference, and how it is called."""


@dataclass(frozen=True)
class Change:
    """A requirement whose verdict is another one; `sentence` says why it is what it is now."""

    requirement: str
    before: str
    after: str
    sentence: str


@dataclass(frozen=True)
class Difference:
    """`texts` are requirements that the catalogue words otherwise, `other` what else is not the same, in sentences."""

    new_failures: tuple[Change, ...]
    fixed: tuple[Change, ...]
    changed: tuple[Change, ...]
    texts: tuple[str, ...]
    other: tuple[str, ...]

    def sections(self) -> list[tuple[str, tuple[Change, ...]]]:
        """The changes under their headings, without empty ones."""
        titled = (("New failures", self.new_failures), ("Fixed", self.fixed), ("Changed", self.changed))
        return [(title, rows) for title, rows in titled if rows]

    def around(self) -> list[tuple[str, tuple[str, ...]]]:
        """What may explain them, under headings."""
        titled = (("Requirements with another text", self.texts), ("Not the same in both runs", self.other))
        return [(title, sentences) for title, sentences in titled if sentences]

    def summary(self) -> str:
        """In one line."""
        counts = f"new failures: {len(self.new_failures)}, fixed: {len(self.fixed)}, changed: {len(self.changed)}"
        return f"{counts}, requirements with another text: {len(self.texts)}"

    def values(self) -> dict[str, Any]:
        """For a program."""
        return {
            "new_failures": [vars(each) for each in self.new_failures],
            "fixed": [vars(each) for each in self.fixed],
            "changed": [vars(each) for each in self.changed],
            "requirements_with_another_text": list(self.texts),
            "not_the_same": list(self.other),
        }


def difference(before: RunSays, after: RunSays) -> Difference:
    """What `after` says that `before` did not."""
    new, fixed, changed = list[Change](), list[Change](), list[Change]()
    for identifier in dict.fromkeys((*before.requirements, *after.requirements)):
        old, now = before.requirements.get(identifier, {}), after.requirements.get(identifier, {})
        change = Change(identifier, _verdict(old), _verdict(now), str(now.get("sentence", "")))
        if _fails(now) and not _fails(old):
            new.append(change)
        elif change.before == Verdict.FAIL and change.after in SETTLED - {Verdict.FAIL}:
            fixed.append(change)
        elif change.before != change.after or old.get("waived") != now.get("waived"):
            changed.append(change)
    texts = (_changed_keys(before.texts, after.texts)) if before.texts and after.texts else []
    return Difference(tuple(new), tuple(fixed), tuple(changed), tuple(texts), tuple(_other(before, after)))


def _fails(verdict: Mapping[str, Any]) -> bool:
    return verdict.get("verdict") == Verdict.FAIL and not verdict.get("waived")


def _verdict(entry: Mapping[str, Any]) -> str:
    return str(entry.get("verdict", ABSENT))


def _other(before: RunSays, after: RunSays) -> Iterator[str]:
    for key, name in AROUND.items():
        old, now = before.values.get(key), after.values.get(key)
        if old != now:
            yield f"{name}: {_words(old)} → {_words(now)}"
    for key, name in (("claims", "claim"), ("conflicts", "option"), ("roles", "role")):
        yield from _of_table(name, before.values.get(key) or {}, after.values.get(key) or {})
    yield from _of_table("product", before.product, after.product)
    if before.interpretations and after.interpretations:
        yield from _of_table("reading", before.interpretations, after.interpretations)
    if not (before.texts and after.texts):
        yield "one of the journals does not hold the texts of the requirements, so they cannot be compared"


def _of_table(name: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for key in _changed_keys(before, after):
        yield f"{name} {key}: {_words(before.get(key))} → {_words(after.get(key))}"


def _changed_keys(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [key for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key)]


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("name", value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return "none" if value in (None, "") else str(value)
