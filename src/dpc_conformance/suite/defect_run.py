"""Runs defects in batches, as many batches at a time as there are processors."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from math import ceil
from pathlib import Path
from queue import SimpleQueue
from threading import Event

from dpc_conformance.suite.defect_batch import DefectBatch, DefectDone
from dpc_conformance.suite.defects import DefectPlan, in_batches

CHILDREN = os.cpu_count() or 1
"""Processes at a time."""
BATCH = 30
"""Defects that share a process, whose start costs as much as ten scenarios of a journey."""


def run_plans(
    plans: Iterable[DefectPlan],
    folder: Path,
    silence: float,
    plugins: tuple[str, ...] = (),
) -> Iterator[DefectDone]:
    """Run every defect as planned.

    Yields each when its journal is complete. `folder` gets logs, `silence` is how long a process may do
    nothing, in seconds of machine time. Raises BatchBroke, OSError; what still runs then is ended, as it is when the
    caller goes away.
    """
    wanted = tuple(plans)
    done: SimpleQueue[DefectDone | Future[None]] = SimpleQueue()
    stopped = Event()
    with ThreadPoolExecutor(CHILDREN) as threads:
        batches = [
            threads.submit(DefectBatch(batch, folder / f"batch-{number}", silence, plugins).run, done.put, stopped)
            for number, batch in enumerate(_batches(wanted))
        ]
        for future in batches:
            future.add_done_callback(done.put)
        try:
            yield from _until_all_ended(done, len(batches))
        finally:
            stopped.set()


def _until_all_ended(done: "SimpleQueue[DefectDone | Future[None]]", running: int) -> Iterator[DefectDone]:
    while running:
        match done.get():
            case DefectDone() as one:
                yield one
            case future:
                future.result()
                running -= 1


def _batches(plans: tuple[DefectPlan, ...]) -> Iterator[tuple[DefectPlan, ...]]:
    """A batch has one folder and target; those of one folder come first: they are long, short ones fill the gaps."""
    for place in sorted({_place(plan) for plan in plans}, reverse=True):
        alike = tuple(plan for plan in plans if _place(plan) == place)
        share = ceil(len(alike) / CHILDREN)
        yield from in_batches(alike, min(BATCH, share))


def _place(plan: DefectPlan) -> tuple[str, str]:
    return plan.features, plan.target
