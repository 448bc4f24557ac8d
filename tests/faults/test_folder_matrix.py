"""The matrix of token, card data and use: every defect meets scenarios of its folder and turns red what it names."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dpc_conformance.commands.selfcheck_rows import Reach, rows
from dpc_conformance.faults.matrix import Row
from dpc_conformance.faults.registry import faults

FAULTS = {fault.name: fault for fault in faults() if fault.folder}


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Row]]:
    folder: Path = tmp_path_factory.mktemp("matrix")
    return {row.fault.name: row for row in rows(tuple(FAULTS.values()), folder, Reach.OWN)}


@pytest.mark.parametrize("name", FAULTS)
def test_exactly_the_named_requirements_turn_red(name: str, matrix: dict[str, Row]) -> None:
    assert matrix[name].caught, str(matrix[name])
