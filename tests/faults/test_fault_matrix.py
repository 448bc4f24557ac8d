"""The fault matrix: every defect in scenarios turns red exactly what it has to, in its requirements' scenarios."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dpc_conformance.commands.selfcheck_rows import Reach, rows
from dpc_conformance.faults.matrix import Row
from dpc_conformance.faults.registry import faults

FAULTS = {fault.name: fault for fault in faults()}


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Row]]:
    folder: Path = tmp_path_factory.mktemp("matrix")
    return {row.fault.name: row for row in rows(tuple(FAULTS.values()), folder, Reach.OWN)}


@pytest.mark.parametrize("name", FAULTS)
def test_a_defect_is_caught(name: str, matrix: dict[str, Row]) -> None:
    assert matrix[name].caught, str(matrix[name])
