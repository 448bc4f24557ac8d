"""A product and a person who has it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from real_product import RealProduct
from scripted_person import ScriptedPerson
from walks import Walk


@pytest.fixture(scope="session")
def product_with() -> Iterator[Callable[[Path, str], RealProduct]]:
    """Switches a product on, with a defect or without; its exports go into the folder."""
    made: list[RealProduct] = []

    def switched_on(folder: Path, fault: str = "") -> RealProduct:
        made.append(RealProduct(folder, fault))
        return made[-1]

    yield switched_on
    for each in made:
        each.close()


@pytest.fixture(scope="session")
def walked(product_with, tmp_path_factory) -> Walk:
    """A journey with pauses, once for all that look at it."""
    return Walk(ScriptedPerson(product_with(tmp_path_factory.mktemp("walk"))))
