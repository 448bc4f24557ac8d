"""What commands do that go on until ^C."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from dpc_conformance.adapters.private_pcscd import PrivatePcscd
from dpc_conformance.commands.errors import CannotGoOn


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """SIGINT and SIGTERM end the block in order, which is no error."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with suppress(KeyboardInterrupt):
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def stay(daemon: PrivatePcscd | None) -> None:
    """Wait for a signal. CannotGoOn when the card in the daemon's reader is gone."""
    if daemon is None:
        threading.Event().wait()
        return
    daemon.log.wait_for(lambda log: not log.occupied, None)
    raise CannotGoOn("the PC/SC daemon ended" if daemon.log.ended else "the card was lost from the reader")
