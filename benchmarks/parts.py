"""Measures what runs are made of: set-up, the test PKI, the stage, the card's APDUs."""

import subprocess
import time
from collections.abc import Callable

from dpc_conformance import HOME
from dpc_conformance.casting import Stage
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, default_folder
from dpc_conformance.roles.card import Card
from dpc_conformance.target import load_target

SEED = "benchmark"
ROUNDS = 500
SELECT_PIV = bytes.fromhex("00A4040009A0000003080000100000")


def measure_prepare() -> float:
    """Seconds of a call of `tools/prepare` that finds everything installed."""
    return _seconds(lambda: subprocess.run([HOME / "tools" / "prepare"], check=True))


def measure_pki() -> float:
    """Seconds to build the test PKI with RSA keys from a warm pool."""
    now = machine_now()
    return _seconds(lambda: TestPki(now, now, SeededEntropy(SEED), KeyPool(default_folder())))


def measure_stage() -> float:
    """Seconds to open and close the stage: PKI, web servers, mail server."""
    return _seconds(lambda: Stage(load_target(None), machine_now(), SEED).close())


def measure_scene() -> float:
    """Seconds to put the roles of a scenario on stage, with a new card, and to take them off again."""
    stage = Stage(load_target(None), machine_now(), SEED)
    try:

        def scene(name: str) -> None:
            with stage.scene(Recorder(), name):
                pass

        scene("the first loads what all others use")
        return _seconds(lambda: [scene(str(number)) for number in range(20)]) / 20
    finally:
        stage.close()


def measure_apdus() -> dict[str, float]:
    """APDUs per second of the virtual card in memory, by command."""
    stage = Stage(load_target(None), machine_now(), SEED)
    try:
        with stage.scene(Recorder(), SEED) as cast:
            return _apdus(cast.card, cast.pin)
    finally:
        stage.close()


def _apdus(card: Card, pin: str) -> dict[str, float]:
    recorder = Recorder()
    edge = PivCard(card, recorder, RunClock(machine_now()))

    def recorded(verb: Callable[[], object]) -> float:
        before = len(recorder.timeline())
        seconds = _seconds(lambda: [verb() for _ in range(ROUNDS)])
        return (len(recorder.timeline()) - before) / seconds

    bare = ROUNDS / _seconds(lambda: [card.transmit(SELECT_PIV) for _ in range(ROUNDS)])
    edge.select()
    read = recorded(lambda: edge.certificate(0x9A))
    edge.verify_pin(pin)
    signed = recorded(lambda: edge.sign_raw(0x9A, bytes(32)))
    return {
        "SELECT, bare": bare,
        "GET DATA and GET RESPONSE, recorded": read,
        "GENERAL AUTHENTICATE P-256, recorded": signed,
    }


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
