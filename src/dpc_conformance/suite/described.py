"""What a collected item says about its scenario: the only place that knows pytest-bdd's registry of templates."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd.scenario import scenario_wrapper_template_registry as templates

from dpc_conformance.suite.identifiers import is_requirement


@dataclass(frozen=True)
class Described:
    """A scenario (one row, for an outline) in the words of its feature. `line` counts from 1."""

    node_id: str
    file: str
    line: int
    folder: str
    feature: str
    feature_description: str
    rule: str
    template_name: str
    name: str
    description: str
    tags: tuple[str, ...]
    row: dict[str, str] = field(default_factory=dict)
    steps: tuple[str, ...] = ()

    @property
    def requirements(self) -> tuple[str, ...]:
        """The requirement ids the scenario is tagged with."""
        return tuple(tag for tag in self.tags if is_requirement(tag))


def step_text(step: Any) -> str:
    """A step of pytest-bdd as its feature reads."""
    return f"{step.keyword} {step.name}".strip()


def describe(item: pytest.Item) -> Described | None:
    """The scenario behind an item; None for an ordinary test."""
    template = templates.get(item.obj) if isinstance(item, pytest.Function) else None
    if template is None:
        return None
    callspec = getattr(item, "callspec", None)
    row: dict[str, str] = callspec.params.get("_pytest_bdd_example", {}) if callspec else {}
    rendered = template.render(row)
    tags = {mark.kwargs["name"] if mark.name == "tag" else mark.name for mark in item.iter_markers()}
    file = item.nodeid.partition("::")[0]
    return Described(
        node_id=item.nodeid,
        file=file,
        line=template.line_number,
        folder=Path(file).parent.name,
        feature=template.feature.name,
        feature_description=template.feature.description.strip(),
        rule=template.rule.name if template.rule else "",
        template_name=template.name,
        name=rendered.name,
        description=(rendered.description or "").strip(),
        tags=tuple(sorted(tags - {"parametrize", "usefixtures"})),
        row=dict(row),
        steps=tuple(step_text(step) for step in rendered.steps),
    )
