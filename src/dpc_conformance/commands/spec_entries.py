"""The entries of the test specification: what each scenario is for, from what it starts, what is done and expected."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dpc_conformance import HOME
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.digests import digest
from dpc_conformance.catalogue.part_in_run import BY_HAND
from dpc_conformance.catalogue.requirement import Requirement
from dpc_conformance.commands.known_rules import known_rules
from dpc_conformance.commands.proofs import KINDS
from dpc_conformance.faults import mutants as declared
from dpc_conformance.faults.registry import Fault, faults
from dpc_conformance.faults.without import WITHOUT_DEFECT
from dpc_conformance.suite.identifiers import is_story_step
from dpc_conformance.suite.numbered_tests import key_of, read_numbers
from dpc_conformance.suite.scenario_texts import ScenarioText, StepText, read_scenarios
from dpc_conformance.suite.selection import STORY

UNNUMBERED = "new"
NO_DEFECT = "only somebody with a device can do it, and no defect can be seeded into that"


@dataclass(frozen=True)
class Action:
    """Something that is done, with what is expected of it; either may be empty."""

    done: tuple[str, ...]
    expected: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One test. `defects` are the seeded ones that it has to find; `mutants` counts objects with one defect.

    `remarks` say of a requirement why no defect proves it.
    """

    number: str
    text: ScenarioText
    purpose: str
    requirements: tuple[Requirement, ...]
    story: tuple[str, ...]
    preconditions: tuple[str, ...]
    actions: tuple[Action, ...]
    defects: tuple[str, ...]
    mutants: int
    remarks: tuple[str, ...]
    digest: str

    @property
    def proof(self) -> Iterator[str]:
        """What shows that the test can fail, or why nothing does."""
        yield from self.defects
        if self.mutants:
            yield f"{self.mutants} certificates or other objects with one defect"
        yield from self.remarks


def entries() -> list[Entry]:
    """Every test in the order of the story. Raises UnreadableFeature, WrongNumbers."""
    numbers, catalogue, seeded = read_numbers(), load_catalogue(), faults()
    remarks = {**WITHOUT_DEFECT, **{each.requirement.id: each.remark for each in known_rules() if each.remark}}
    mutants = [one.yields for kind in KINDS for one in declared.mutants(kind)]
    found = []
    for text in in_story_order(read_scenarios(HOME)):
        requirements = tuple(catalogue[tag] for tag in sorted(text.tags) if tag in catalogue)
        ids = {each.id for each in requirements}
        story = tuple(sorted(filter(is_story_step, text.tags)))
        proved = set() if BY_HAND in text.tags else ids or set(story)
        preconditions, actions = parts_of(text)
        found.append(
            Entry(
                number=numbers.get(key_of(text), UNNUMBERED),
                text=text,
                purpose=text.description or text.rule or text.feature_description,
                requirements=requirements,
                story=story,
                preconditions=preconditions,
                actions=actions,
                defects=tuple(each.name for each in seeded if _meets(each, text) and proved & each.trips),
                mutants=sum(bool(ids & yields) for yields in mutants),
                remarks=(
                    *([NO_DEFECT] if BY_HAND in text.tags else []),
                    *(f"{each}: {remarks[each]}" for each in sorted(ids & remarks.keys())),
                ),
                digest=digest([text.name, *map(list, _words(text)), [dict(row) for row in text.rows]]),
            )
        )
    return found


def _meets(defect: Fault, text: ScenarioText) -> bool:
    return not defect.folder or text.file.startswith(f"features/{defect.folder}/")


def in_story_order(texts: Iterable[ScenarioText]) -> list[ScenarioText]:
    """As a run takes them."""
    return sorted(texts, key=_place)


def parts_of(text: ScenarioText) -> tuple[tuple[str, ...], tuple[Action, ...]]:
    """What a scenario starts from, and what is done and expected, in its order."""
    preconditions = [_sentence(step) for step in text.background]
    actions: list[tuple[list[str], list[str]]] = []
    kind = "Given"
    for step in text.steps:
        kind = step.keyword if step.keyword in ("Given", "When", "Then") else kind
        if kind == "Given" and not actions:
            preconditions.append(_sentence(step))
        elif kind == "Then":
            actions = actions or [([], [])]
            actions[-1][1].append(_sentence(step))
        else:
            if not actions or actions[-1][1]:
                actions.append(([], []))
            actions[-1][0].append(_sentence(step))
    return tuple(preconditions), tuple(Action(tuple(done), tuple(expected)) for done, expected in actions)


def _sentence(step: StepText) -> str:
    rows = "; ".join(" | ".join(row) for row in step.table)
    return f"{step.text}: {rows}" if rows else step.text


def _words(text: ScenarioText) -> Iterator[list[str]]:
    for step in (*text.background, *text.steps):
        yield [step.keyword, _sentence(step)]


def _place(text: ScenarioText) -> tuple[int, str, int]:
    return STORY.index(text.folder) if text.folder in STORY else -1, text.file, text.line
