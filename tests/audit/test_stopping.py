"""^C during an audit is not lost, wherever it arrives."""

import os
import signal

import pytest

from dpc_conformance.audit.stopping import stoppable


class Destroyed:
    """^C arrives in its destructor, where Python drops exceptions."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)


def test_a_stop_in_a_destructor_counts_after_the_part():
    seen = []

    def walk() -> None:
        for number in stoppable(range(5)):
            seen.append(number)
            if number == 1:
                Destroyed()

    with pytest.raises(KeyboardInterrupt):
        walk()
    assert seen == [0, 1]


def test_without_a_stop_every_part_comes_and_the_handler_is_as_before():
    before = signal.getsignal(signal.SIGINT)
    assert list(stoppable(range(3))) == [0, 1, 2]
    assert signal.getsignal(signal.SIGINT) is before
