"""Runs defects in batches, each batch a pytest process, as many at a time as there are processors."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from dpc_conformance import HOME
from dpc_conformance.suite.defects import DefectPlan, in_batches, write_plan

BATCH = 12
"""Defects that share a process, whose start costs as much as ten scenarios of a journey."""
BATCH_OF_FOLDER = 30
"""The same where they meet one folder of features: scenarios of a card or a token take milliseconds."""
PYTEST_DONE = (0, 1)


class BatchBroke(Exception):
    """A process did not run its scenarios to the end; the message tells its last words."""


def run_plans(
    plans: Iterable[tuple[str, frozenset[str] | None, str]], folder: Path, limit: float, options: tuple[str, ...] = ()
) -> Iterator[DefectPlan]:
    """Run every defect (name, requirements or None for all scenarios, folder below features/ or empty for all).

    Yields each when its journal is complete. `folder` gets journals and logs, `limit` is in seconds of machine time for
    a defect. Raises BatchBroke, OSError.
    """
    wanted = tuple(
        DefectPlan(name, folder / f"{number}.jsonl", ids, features)
        for number, (name, ids, features) in enumerate(plans)
    )
    batches = list(enumerate(_batches(wanted)))
    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        futures = [
            threads.submit(_run, batch, folder / f"batch-{number}", limit * len(batch), options)
            for number, batch in batches
        ]
        for done in as_completed(futures):
            yield from done.result()


def _batches(plans: tuple[DefectPlan, ...]) -> Iterator[tuple[DefectPlan, ...]]:
    """A batch has one folder; those of one folder come first: they are long, and short ones fill the gaps."""
    for features in sorted({plan.features for plan in plans}, reverse=True):
        alike = tuple(plan for plan in plans if plan.features == features)
        yield from in_batches(alike, BATCH_OF_FOLDER if features else BATCH)


def _run(batch: tuple[DefectPlan, ...], path: Path, limit: float, options: tuple[str, ...]) -> tuple[DefectPlan, ...]:
    plan, log = path.with_suffix(".json"), path.with_suffix(".log")
    write_plan(plan, batch)
    command = [
        *(sys.executable, "-m", "pytest", f"--config-file={HOME / 'pytest.ini'}", f"--rootdir={HOME}"),
        *("-o", "addopts=--strict-markers --strict-config", "--tb=short"),
        *("-o", f"cache_dir={path.parent / 'cache'}"),
        *("-p", "pytest_bdd.plugin", "-p", "dpc_conformance.suite.plugin", f"--defects={plan}"),
        *options,
        str(HOME / "features" / batch[0].features),
    ]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS"):
        environment.pop(name, None)
    with log.open("wb") as file:
        try:
            code = subprocess.run(
                command, cwd=HOME, env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=file, timeout=limit
            ).returncode
        except subprocess.TimeoutExpired:
            raise BatchBroke(f"{batch[0].name} or a defect after it ran for more than {limit:g} seconds") from None
    if code not in PYTEST_DONE:
        raise BatchBroke(f"pytest ended with exit code {code}: {_last_line(log)}")
    return batch


def _last_line(log: Path) -> str:
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"
