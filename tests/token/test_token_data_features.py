"""The words in the features about a token's data are those of the judge, and no rule is forgotten."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from pytest_bdd.feature import get_features

from dpc_conformance import HOME
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.checks.registry import Evidence, check_for, checks
from dpc_conformance.checks.token import judge  # noqa: F401  imported for the checks it declares


class Scenario(NamedTuple):
    """A scenario's name, the requirements it is tagged with, and the rows of its table."""

    name: str
    tags: set[str]
    rows: list[tuple[str, str]]


def scenarios() -> Iterator[Scenario]:
    for file in sorted((HOME / "features" / "token").glob("1*.feature")):
        for feature in get_features([str(file)]):
            for template in feature.scenarios.values():
                table = template.steps[-1].datatable
                assert table is not None
                rows = [tuple(cell.value for cell in row.cells) for row in table.rows[1:]]
                tags = {tag for tag in template.tags if tag in load_catalogue()}
                yield Scenario(template.name, tags, [(row[0], row[1]) for row in rows])


ALL = list(scenarios())


@pytest.mark.parametrize("scenario", ALL, ids=lambda scenario: scenario.name)
def test_words_and_tags_are_those_of_the_judge(scenario: Scenario) -> None:
    assert scenario.tags == {identifier for identifier, _ in scenario.rows}
    for identifier, words in scenario.rows:
        assert words == check_for(identifier, Evidence.TOKEN).sentence.removesuffix(".")


def test_every_rule_has_its_scenario() -> None:
    judged = [identifier for scenario in ALL for identifier, _ in scenario.rows]
    assert sorted(judged) == [each.requirement for each in checks(Evidence.TOKEN)]
