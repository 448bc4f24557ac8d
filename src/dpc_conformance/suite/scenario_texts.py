"""The scenarios as they stand in the features, without collecting them: for plans and the test specification."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pytest_bdd.exceptions import FeatureError, GherkinParseError
from pytest_bdd.gherkin_parser import Background, GherkinDocument, Rule, Scenario, Tag, get_gherkin_document
from pytest_bdd.gherkin_parser import Step as ParsedStep

from dpc_conformance.suite.candidates import Candidate


class UnreadableFeature(ValueError):
    """A feature file cannot be read; the message is a sentence with its path."""


@dataclass(frozen=True)
class StepText:
    """A step: `keyword` is Given, When, Then, And or But; `table` has the rows of its table."""

    keyword: str
    text: str
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class ScenarioText:
    """A scenario, or an outline with its rows. `file` is relative to the folder above features/, `line` from 1."""

    file: str
    line: int
    feature: str
    feature_description: str
    rule: str
    name: str
    description: str
    tags: frozenset[str]
    background: tuple[StepText, ...]
    steps: tuple[StepText, ...]
    rows: tuple[Mapping[str, str], ...] = ()

    @property
    def folder(self) -> str:
        """The part of the story."""
        return "".join(self.file.split("/")[1:-1][:1])

    def cases(self) -> tuple[str, ...]:
        """The name of the scenario, or those of an outline's rows."""
        return tuple(_filled(self.name, row) for row in self.rows) or (self.name,)

    def candidates(self) -> Iterator[Candidate]:
        """One for each case."""
        for number, _ in enumerate(self.cases()):
            yield Candidate(f"{self.file}:{self.line}:{number}", self.file, self.tags)


def read_scenarios(home: Path, below: str = "features") -> tuple[ScenarioText, ...]:
    """The scenarios of all features below a folder or in a file of `home`, in the order of the files.

    Raises UnreadableFeature.
    """
    start = home / below
    files = [start] if start.is_file() else sorted(start.rglob("*.feature"))
    return tuple(each for file in files for each in _scenarios(file, file.relative_to(home).as_posix()))


def _scenarios(path: Path, file: str) -> Iterator[ScenarioText]:
    try:
        document = get_gherkin_document(str(path))
    except (GherkinParseError, FeatureError, OSError) as problem:
        raise UnreadableFeature(f"{path} is not a feature: {problem}") from None
    feature = document.feature
    if feature is None:
        return
    for rule, background, scenario in _found(document):
        yield ScenarioText(
            file=file,
            line=scenario.location.line,
            feature=feature.name,
            feature_description=" ".join(feature.description.split()),
            rule=rule.name if rule else "",
            name=scenario.name,
            description=" ".join(scenario.description.split()),
            tags=_names((*feature.tags, *(rule.tags if rule else ()), *scenario.tags, *_of_examples(scenario))),
            background=tuple(_step(step) for each in background for step in each.steps),
            steps=tuple(_step(step) for step in scenario.steps),
            rows=tuple(_rows(scenario)),
        )


def _found(document: GherkinDocument) -> Iterator[tuple[Rule | None, list[Background], Scenario]]:
    """Every scenario with the rule it stands under and the backgrounds before it."""
    common: list[Background] = []
    for child in document.feature.children:
        common += [child.background] if child.background else []
        if child.scenario:
            yield None, list(common), child.scenario
        if child.rule:
            own: list[Background] = []
            for inner in child.rule.children:
                own += [inner.background] if inner.background else []
                if inner.scenario:
                    yield child.rule, [*common, *own], inner.scenario


def _of_examples(scenario: Scenario) -> list[Tag]:
    return [tag for examples in scenario.examples for tag in examples.tags]


def _names(tags: Iterable[Tag]) -> frozenset[str]:
    return frozenset(tag.name.removeprefix("@") for tag in tags)


def _step(step: ParsedStep) -> StepText:
    rows = step.datatable.rows if step.datatable else []
    return StepText(step.keyword.strip(), step.text, tuple(tuple(cell.value for cell in row.cells) for row in rows))


def _rows(scenario: Scenario) -> Iterator[Mapping[str, str]]:
    for examples in scenario.examples:
        if examples.table_header:
            heads = [cell.value for cell in examples.table_header.cells]
            for row in examples.table_body or ():
                yield dict(zip(heads, (cell.value for cell in row.cells), strict=True))


def _filled(name: str, row: Mapping[str, str]) -> str:
    for head, value in row.items():
        name = name.replace(f"<{head}>", value)
    return name
