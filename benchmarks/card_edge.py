"""How many commands per second the virtual card answers: in memory, and as any program's card through PC/SC.

A measurement, not a test. Through PC/SC a command that takes 40 ms means that the plug lost its TCP_QUICKACK.
"""

import argparse
import os
import time
from collections.abc import Callable

from journey import table_of
from rich.console import Console

from dpc_conformance.adapters.pcsc import PcscCard
from dpc_conformance.adapters.private_pcscd import private_pcscd
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.formats import ber, containers
from dpc_conformance.formats.apdu import CommandApdu
from dpc_conformance.reference.card.personalise import personalise
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, default_folder
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.people import Person

PIN = "246801"
HOLDER = Person("grace.goode", "Grace", "Goode", "grace.goode@dpc.example", "grace.goode@dpc.example")
SECONDS = 0.4
"""How long each command is sent again and again."""
LARGE, LARGE_BYTES = containers.RETIRED_CERTIFICATES[-1], 9000
WHOLE = 65536


def read(tag: bytes) -> bytes:
    """GET DATA in one extended command."""
    return bytes(CommandApdu(0, containers.GET_DATA, 0x3F, 0xFF, ber.write(b"\x5c", tag), le=WHOLE, extended=True))


def sign(algorithm: int, reference: int) -> bytes:
    """GENERAL AUTHENTICATE in one extended command."""
    challenge = bytes(range(containers.BLOCK_BYTES[algorithm]))
    template = ber.write(b"\x7c", ber.write(b"\x82", b"") + ber.write(b"\x81", challenge))
    command = CommandApdu(0, containers.GENERAL_AUTHENTICATE, algorithm, reference, template, le=WHOLE, extended=True)
    return bytes(command)


COMMANDS = {
    "GET DATA, 20 bytes": read(containers.DISCOVERY.tag),
    f"GET DATA, {LARGE_BYTES} bytes": read(LARGE.tag),
    "GENERAL AUTHENTICATE RSA-2048": sign(containers.RSA_2048, containers.PIV_AUTHENTICATION_KEY),
    "GENERAL AUTHENTICATE P-256": sign(containers.P_256, containers.CARD_AUTHENTICATION_KEY),
}
ENTER = (
    bytes(CommandApdu(0, containers.SELECT, 4, 0, containers.PIV_AID, le=256)),
    bytes(CommandApdu(0, containers.VERIFY, 0, containers.APPLICATION_PIN, PIN.encode().ljust(8, b"\xff"))),
)


def new_card() -> VirtualCard:
    """A PIV Card with an RSA key for authentication, a P-256 key for card authentication, and one large object."""
    now, entropy, pool = machine_now(), SeededEntropy("benchmark"), KeyPool(default_folder())
    pki = TestPki(now, now, entropy, pool)
    algorithms = {containers.PIV_AUTHENTICATION_KEY: "RSA-2048"}
    card = personalise(pki, HOLDER, RunClock(now), entropy, pool, pin=PIN, algorithms=algorithms)
    card.application.objects.put(LARGE, bytes(LARGE_BYTES))
    return card


def measure(card: Card) -> dict[str, float]:
    """Commands per second, by command. RuntimeError when the card refuses one."""
    for command in ENTER:
        _accepted(card, command)
    return {name: _rate(lambda command=command: _accepted(card, command)) for name, command in COMMANDS.items()}


def measure_reader(reader: str) -> dict[str, float]:
    """The same for the card in that reader."""
    card = PcscCard(reader)
    try:
        return measure(card)
    finally:
        card.close()


def _accepted(card: Card, command: bytes) -> None:
    answer = card.transmit(command)
    if answer[-2:] != b"\x90\x00":
        raise RuntimeError(f"the card answers {answer[-2:].hex().upper()} to {command[:4].hex().upper()}")


def _rate(once: Callable[[], None]) -> float:
    count, began = 0, time.perf_counter()
    while (seconds := time.perf_counter() - began) < SECONDS:
        once()
        count += 1
    return count / seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="how often each is measured (default: 3)")
    repeat, card = max(1, parser.parse_args().repeat), new_card()
    with private_pcscd() as daemon, daemon.holding(card):
        os.environ.update(daemon.environment)
        measured = {
            "in memory": [measure(card) for _ in range(repeat)],
            "through PC/SC": [measure_reader(daemon.reader) for _ in range(repeat)],
        }
    rows = [
        (f"{command}, {place}", [each[command] for each in rates], ",.0f")
        for command in COMMANDS
        for place, rates in measured.items()
    ]
    Console().print(table_of("virtual card (commands per second)", rows))


if __name__ == "__main__":
    main()
