"""Runs the jobs of an audit on a Dask cluster whose workers see the source and the results under the same paths."""

import importlib
import threading
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

from dpc_conformance.audit.court import Court
from dpc_conformance.audit.parts import Part, judge_slice
from dpc_conformance.audit.settings import Settings
from dpc_conformance.audit.slices import Slice, SourceError

WAITING_PER_THREAD: Final = 3
RETRIES: Final = 2


def judged_by_cluster(settings: Settings, pieces: Iterable[Slice], scheduler: str) -> Iterator[Part]:
    """The parts of the slices as they become ready. What a lost worker had in hand is given to another one.

    SourceError when the scheduler does not answer.
    """
    distributed: Any = importlib.import_module("distributed")
    try:
        client = distributed.Client(scheduler, timeout=10, set_as_default=False)
    except OSError as error:
        raise SourceError(f"{scheduler}: no Dask scheduler answers there: {error}") from None
    pieces = iter(pieces)
    with client:
        told = client.scatter(settings, broadcast=True)
        room = WAITING_PER_THREAD * max(1, sum(client.nthreads().values()))

        def submit(count: int) -> list[object]:
            return [
                client.submit(judge_on_worker, told, piece, pure=False, retries=RETRIES)
                for piece in islice(pieces, count)
            ]

        running = distributed.as_completed(submit(room), loop=client.loop)
        for future in running:
            yield future.result()
            future.release()
            for more in submit(1):
                running.add(more)


_kept = threading.local()


def judge_on_worker(settings: Settings, piece: Slice) -> Part:
    """One job, in a thread of a worker: the court is kept for the next one."""
    fingerprint = settings.fingerprint()
    if getattr(_kept, "fingerprint", None) != fingerprint:
        _kept.court, _kept.fingerprint = Court(settings), fingerprint
    return judge_slice(_kept.court, settings, piece)
