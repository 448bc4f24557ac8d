"""A product and a person who has it, each test with its own."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from real_product import RealProduct
from scripted_person import ScriptedPerson


@pytest.fixture
def product_with(tmp_path) -> Iterator[Callable[[str], RealProduct]]:
    """Switches a product on, with a defect or without."""
    made: list[RealProduct] = []

    def switched_on(fault: str = "") -> RealProduct:
        made.append(RealProduct(tmp_path, fault))
        return made[-1]

    yield switched_on
    for each in made:
        each.close()


@pytest.fixture
def person(product_with) -> ScriptedPerson:
    return ScriptedPerson(product_with(""))


def verdicts(folder: Path) -> dict[str, tuple[str, str]]:
    """Verdict and reason of each requirement that was looked at."""
    statement = json.loads((folder / "statement.json").read_text())
    return {each["id"]: (each["verdict"], each["reason"]) for each in statement["requirements"]}
