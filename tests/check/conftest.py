"""Files with certificates as a user has them, made from the goldens and mutants."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dpc_conformance.cli import main
from dpc_conformance.faults.certificates.material import evidence
from dpc_conformance.faults.mutants import goldens, mutants

AT = evidence()["moment"].isoformat()


@pytest.fixture(scope="session")
def golden() -> bytes:
    return bytes(goldens()[0].make())


@pytest.fixture(scope="session")
def mutant() -> bytes:
    """A certificate whose only defect is DPC-CERT-EKU-01."""
    return bytes(next(one for one in mutants() if one.yields == {"DPC-CERT-EKU-01"}).make())


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes], str]:
    def write(name: str, content: bytes) -> str:
        (tmp_path / name).write_bytes(content)
        return str(tmp_path / name)

    return write


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs `dpc check`; the exit code, standard output and standard error."""

    def check(*arguments: str) -> tuple[int, str, str]:
        code = main(["check", "--at", AT, *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return check


def told(name: str = "") -> Any:
    return evidence()[name]
