"""Each step of each feature has exactly one definition, and no definition is unused."""

import importlib
import pkgutil
from collections import Counter
from collections.abc import Callable
from types import ModuleType

from pytest_bdd.feature import get_features
from pytest_bdd.parser import Step
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from dpc_conformance import HOME

PACKAGE = "dpc_conformance.steps"


def definitions() -> list[StepFunctionContext]:
    """What the modules of steps/ define."""
    steps: ModuleType = importlib.import_module(PACKAGE)
    for module in pkgutil.walk_packages(steps.__path__, f"{PACKAGE}."):
        importlib.import_module(module.name)
    return [
        context
        for context in step_function_context_registry.values()
        if context.step_func.__module__.startswith(PACKAGE)
    ]


def place(function: Callable[..., object]) -> str:
    return f"{function.__code__.co_filename}:{function.__code__.co_firstlineno}"


def matching(step: Step, known: list[StepFunctionContext]) -> list[StepFunctionContext]:
    return [each for each in known if each.type in (None, step.type) and each.parser.is_matching(step.name)]


def test_each_step_has_one_definition_and_each_definition_a_step() -> None:
    known = definitions()
    used: Counter[str] = Counter()
    problems = []
    for feature in get_features([str(HOME / "features")]):
        for template in feature.scenarios.values():
            rows = [row for examples in template.examples for row in examples.as_contexts()] or [{}]
            for step in (step for row in rows for step in template.render(row).steps):
                found = {place(each.step_func) for each in matching(step, known)}
                used.update(found)
                if len(found) != 1:
                    where = f"{feature.filename}:{step.line_number}"
                    problems.append(f"{where}: {step.keyword} {step.name}: defined {len(found)} times {sorted(found)}")
    unused = {place(each.step_func) for each in known} - set(used)
    problems += [f"{where}: this definition is never used" for where in sorted(unused)]
    assert not problems, "\n" + "\n".join(dict.fromkeys(problems))
