"""One audit from beginning to end: what is done already, what is left, and the results when nothing is."""

from collections.abc import Iterator
from typing import Final

from dpc_conformance.audit.cluster import judged_by_cluster
from dpc_conformance.audit.engine import judged_by_processes, judged_here
from dpc_conformance.audit.parts import FOLDER, Part, finished
from dpc_conformance.audit.settings import Settings
from dpc_conformance.audit.slices import Slice, SourceError

_FINGERPRINT: Final = "fingerprint"


def begin(settings: Settings) -> list[Part]:
    """Make the folder of results or find the parts of an interrupted audit in it.

    SourceError when it holds parts of another audit.
    """
    file = settings.out / FOLDER / _FINGERPRINT
    fingerprint = settings.fingerprint()
    if file.exists():
        if file.read_text() != fingerprint:
            raise SourceError(
                f"{settings.out}: holds the results of an audit of another source or with other options; "
                "choose another folder with --out, or delete it"
            )
        return list(finished(settings.out))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(fingerprint)
    return []


def go_on(
    settings: Settings, pieces: list[Slice], done: list[Part], jobs: int, scheduler: str | None
) -> Iterator[Part]:
    """The parts that are still missing, as they become ready."""
    known = {part.number for part in done}
    left = [piece for piece in pieces if piece.number not in known]
    if not left:
        return iter(())
    if scheduler is not None:
        return judged_by_cluster(settings, left, scheduler)
    if jobs == 1 or len(left) == 1:
        return judged_here(settings, left)
    return judged_by_processes(settings, left, min(jobs, len(left)))
