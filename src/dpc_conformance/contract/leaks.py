"""The clauses on what an adapter leaves behind: texts without secrets, and nothing open."""

import gc
import threading
import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from dpc_conformance.contract.clause import Clause, broken, kept
from dpc_conformance.evidence.recorder import Recorder

NAMED = 3


def secret_clauses(texts: dict[str, str], secrets: Collection[str], recorder: Recorder) -> Iterator[Clause]:
    """`texts` are the words of what the adapter handed out; `secrets` stand in its settings."""
    for subject, text in texts.items():
        shown = recorder.has_secret(text) or any(secret in text for secret in secrets)
        if shown:
            yield broken(subject, "its text shows a secret; expected a __repr__ without")
        else:
            yield kept(subject, "its text shows no secret")
    for number, secret in enumerate(secrets, 1):
        if not recorder.has_secret(secret):
            yield broken("recorder", f"was not told secret {number} of the settings; expected recorder.keep_secret")


class Leaks:
    """What was still open after the block of `watched`."""

    def __init__(self) -> None:
        self.threads: list[str] = []
        self.resources: list[str] = []

    def clause(self) -> Clause:
        """The clause on closing."""
        left = [*(f"thread {name}" for name in self.threads), *self.resources]
        if left:
            return broken("close", f"left open: {'; '.join(left[:NAMED])}")
        return kept("close", "nothing is left open")


@contextmanager
def watched() -> Iterator[Leaks]:
    """Sees threads that still run after the block, and files and sockets that nobody closed."""
    leaks, before = Leaks(), set(threading.enumerate())
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ResourceWarning)
        yield leaks
        gc.collect()
    leaks.resources = [str(each.message) for each in caught if issubclass(each.category, ResourceWarning)]
    leaks.threads = [each.name for each in threading.enumerate() if each not in before and not each.daemon]
