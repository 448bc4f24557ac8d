"""The plug against a stand-in for vpcd: what each message does to the card, and how the connection ends."""

import socket

import pytest

from dpc_conformance.adapters.vpcd_plug import ATR, plug
from dpc_conformance.roles.errors import CardRemoved

SECONDS = 10


class NotingCard:
    """Answers a command with the same bytes and 9000, and counts how often it lost power."""

    def __init__(self):
        self.resets = 0

    def transmit(self, command):
        if command == b"gone":
            raise CardRemoved
        return command + b"\x90\x00"

    def reset(self):
        self.resets += 1


@pytest.fixture
def card():
    return NotingCard()


@pytest.fixture
def vpcd(card):
    """The daemon's end of the connection, as something to write to and read from."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(SECONDS)
        with plug(card, server.getsockname()[1]):
            connection, _ = server.accept()
            connection.settimeout(SECONDS)
            with connection, connection.makefile("rwb", buffering=0) as stream:
                yield stream


def send(vpcd, message):
    vpcd.write(len(message).to_bytes(2, "big") + message)


def receive(vpcd):
    return vpcd.read(int.from_bytes(vpcd.read(2), "big"))


def test_the_atr_is_asked_for(vpcd):
    send(vpcd, b"\x04")
    assert receive(vpcd) == ATR


def test_its_check_byte_is_right():
    check = 0
    for byte in ATR[1:]:
        check ^= byte
    assert check == 0


@pytest.mark.parametrize(
    ("messages", "resets"),
    [([b"\x02"], 1), ([b"\x01"], 1), ([b"\x00"], 0), ([b"\x00", b"\x01"], 1)],
    ids=["reset", "on", "off", "off and on"],
)
def test_power_has_no_answer_and_coming_back_it_makes_the_card_forget_once(vpcd, card, messages, resets):
    for message in messages:
        send(vpcd, message)
    send(vpcd, b"next")
    assert receive(vpcd) == b"next\x90\x00"
    assert card.resets == resets


def test_commands_in_pieces_and_up_to_the_longest(vpcd):
    command = bytes(65000)
    for part in (len(command).to_bytes(2, "big")[:1], len(command).to_bytes(2, "big")[1:], command[:10], command[10:]):
        vpcd.write(part)
    answer = b""
    wanted = int.from_bytes(vpcd.read(2), "big")
    while len(answer) < wanted:
        answer += vpcd.read(wanted - len(answer))
    assert answer == command + b"\x90\x00"


def test_a_card_that_is_gone_is_taken_out(vpcd):
    send(vpcd, b"gone")
    assert vpcd.read(1) == b""


def test_a_card_is_taken_out_at_the_end_of_the_block(card):
    with socket.create_server(("127.0.0.1", 0)) as server:
        with plug(card, server.getsockname()[1]) as plugged:
            connection, _ = server.accept()
        with connection:
            connection.settimeout(SECONDS)
            assert connection.recv(1) == b""
        plugged.pull_out()


def test_where_nothing_listens_there_is_no_reader(card):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(ConnectionRefusedError), plug(card, port):
        pass
