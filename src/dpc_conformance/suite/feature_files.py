"""Collects *.feature files as if they were test modules, and refuses what pytest-bdd would quietly lose."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from pytest_bdd import scenario
from pytest_bdd.exceptions import FeatureError, GherkinParseError
from pytest_bdd.feature import get_feature
from pytest_bdd.gherkin_parser import GherkinDocument, Scenario, get_gherkin_document
from pytest_bdd.scenario import get_python_name_generator

from dpc_conformance.suite.described import describe
from dpc_conformance.suite.tags import misspelled_tags


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "FeatureFile | None":
    """Every .feature below the paths asked for is a collector."""
    return FeatureFile.from_parent(parent, path=file_path) if file_path.suffix == ".feature" else None


def pytest_itemcollected(item: pytest.Item) -> None:
    """Failures, JUnit and editors point at the scenario's line in the .feature, not into pytest-bdd."""
    facts = describe(item)
    if facts and isinstance(item.parent, FeatureFile):
        item.location = (facts.file, facts.line - 1, facts.name)


class FeatureFile(pytest.Module):
    """A .feature file; its scenarios are test functions, so that fixtures, markers and selection work as usual."""

    def _getobj(self) -> ModuleType:
        document = read_feature(self.path)
        problems = [*duplicate_names(document), *empty_scenarios(document), *misspelled_tags(document, self.config)]
        if problems:
            raise pytest.Collector.CollectError("\n".join(f"{self.path}:{problem}" for problem in problems))
        module = ModuleType(self.path.stem)
        module.__file__ = str(self.path)
        folder = str(self.path.parent)
        for name in get_feature(folder, self.path.name).scenarios:
            test = scenario(self.path.name, name, features_base_dir=folder)(lambda: None)
            free = next(known for known in get_python_name_generator(name) if not hasattr(module, known))
            setattr(module, free, test)
        return module


def read_feature(path: Path) -> GherkinDocument:
    """The parsed file. Collection stops with one sentence where it is not Gherkin."""
    try:
        document = get_gherkin_document(str(path))
    except (GherkinParseError, FeatureError) as error:
        raise pytest.Collector.CollectError(f"{path} is not a feature: {error}") from None
    if document.feature is None:
        raise pytest.Collector.CollectError(f"{path} is not a feature: it is empty")
    return document


def scenarios_of(document: GherkinDocument) -> Iterator[Scenario]:
    """All scenarios of a file, also those under a Rule."""
    for child in document.feature.children:
        for inner in child.rule.children if child.rule else [child]:
            if inner.scenario:
                yield inner.scenario


def duplicate_names(document: GherkinDocument) -> list[str]:
    """pytest-bdd keeps only the last of two scenarios with one name, also across Rules; we say so instead."""
    found = list(scenarios_of(document))
    counts = Counter(each.name for each in found)
    return [
        f'{each.location.line}: the scenario name "{each.name}" is used more than once'
        for each in found
        if counts[each.name] > 1
    ]


def empty_scenarios(document: GherkinDocument) -> list[str]:
    """A scenario without a step passes and proves nothing: usually a keyword is misspelled and became a description."""
    return [
        f'{each.location.line}: the scenario "{each.name}" has no step'
        for each in scenarios_of(document)
        if not each.steps
    ]
