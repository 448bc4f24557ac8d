"""A folder of made-up features for a worker to run."""

from collections.abc import Mapping
from pathlib import Path

from dpc_conformance.suite.parts import PARTS
from dpc_conformance.suite.worker import WorkerPlan


def planned(home: Path, steps: str, features: Mapping[str, str], *arguments: str) -> WorkerPlan:
    """The plan of a worker for features by name, with these steps and arguments of pytest."""
    (home / "features").mkdir()
    for name, text in features.items():
        (home / "features" / f"{name}.feature").write_text(text, encoding="utf-8")
    (home / "conftest.py").write_text(steps, encoding="utf-8")
    (home / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    return WorkerPlan(
        home=home,
        config_file=home / "pytest.ini",
        journal=home / "journal.jsonl",
        log=home / "worker.log",
        arguments=(*arguments, "features"),
        plugins=("pytest_bdd.plugin", *PARTS),
    )
