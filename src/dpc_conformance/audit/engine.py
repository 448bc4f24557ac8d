"""Runs the jobs of an audit on the cores of this machine: one process each, a slice at a time."""

import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import islice
from multiprocessing import get_context
from typing import Final

from dpc_conformance.audit.court import Court
from dpc_conformance.audit.parts import Part, judge_slice
from dpc_conformance.audit.settings import Settings
from dpc_conformance.audit.slices import Slice

WAITING_PER_PROCESS: Final = 2
_here: dict[str, tuple[Court, Settings]] = {}


def judged_here(settings: Settings, pieces: Iterable[Slice]) -> Iterator[Part]:
    """The parts of the slices, made one after the other in this process."""
    court = Court(settings)
    for piece in pieces:
        yield judge_slice(court, settings, piece)


def judged_by_processes(settings: Settings, pieces: Iterable[Slice], jobs: int) -> Iterator[Part]:
    """The parts of the slices as they become ready, made by so many processes.

    When the caller stops, slices in work are finished and written; those that wait are given back.
    """
    pieces = iter(pieces)
    # Fresh processes: a fork would inherit the threads of the progress display.
    with ProcessPoolExecutor(jobs, get_context("spawn"), _prepare, (settings,)) as pool:
        waiting: set[Future[Part]] = set()
        try:
            while True:
                room = jobs * WAITING_PER_PROCESS - len(waiting)
                waiting |= {pool.submit(_judge, piece) for piece in islice(pieces, room)}
                if not waiting:
                    return
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _prepare(settings: Settings) -> None:
    # ^C reaches every process of the terminal; the one that asked decides what becomes of the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _here["court"] = Court(settings), settings


def _judge(piece: Slice) -> Part:
    court, settings = _here["court"]
    return judge_slice(court, settings, piece)
