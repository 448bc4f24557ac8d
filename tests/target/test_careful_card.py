"""What is never sent to a real card, whatever a scenario asks for."""

import pytest

from dpc_conformance.adapters.careful_card import CarefulCard
from dpc_conformance.roles.errors import NotSupported

RIGHT, WRONG = b"123456\xff\xff", b"654321\xff\xff"


class Counting:
    """A card with a retry counter of three."""

    def __init__(self, left: int = 3) -> None:
        self.left, self.sent = left, []

    def transmit(self, command: bytes) -> bytes:
        self.sent.append(command)
        if command[1] == 0x20 and len(command) > 5:
            self.left = 3 if command[5:] == RIGHT else self.left - 1
            return b"\x90\x00" if self.left == 3 else bytes([0x63, 0xC0 | self.left])
        return bytes([0x63, 0xC0 | self.left]) if command[1] == 0x20 else b"\x90\x00"

    def reset(self) -> None:
        self.sent.append(b"reset")


def verify(pin: bytes) -> bytes:
    return bytes([0, 0x20, 0, 0x80, len(pin)]) + pin


@pytest.mark.parametrize(
    "command",
    ["0024008010", "002C008010", "00DB3FFF", "10DB3FFF01AA", "0047009A", "0C24008001AA"]
    + ["00D60000", "00FE079A", "00FB0000", "00E40000"],
)
def test_nothing_that_writes_is_sent(command):
    inner = Counting()
    card = CarefulCard(inner, "the card", (RIGHT,), wrong_pins=True)
    command = bytes.fromhex(command)
    with pytest.raises(NotSupported, match="the card cannot be (changed|sent bytes)"):
        card.transmit(command + bytes(16) if command[4:5] == b"\x10" else command)
    assert inner.sent == []


def test_the_right_pin_is_sent_while_two_tries_are_left():
    for left, sent in ((3, True), (2, True), (1, False)):
        inner = Counting(left)
        card = CarefulCard(inner, "the card", (RIGHT,), wrong_pins=False)
        if sent:
            assert card.transmit(verify(RIGHT)) == b"\x90\x00"
        else:
            with pytest.raises(NotSupported, match="1 tries are left"):
                card.transmit(verify(RIGHT))
        assert (verify(RIGHT) in inner.sent) is sent


@pytest.mark.parametrize("pin", [RIGHT, WRONG])
def test_no_pin_is_sent_to_a_card_that_does_not_tell_its_tries(pin):
    inner = Counting()
    inner.transmit = lambda command: inner.sent.append(command) or b"\x67\x00"
    card = CarefulCard(inner, "the card", (RIGHT,), wrong_pins=True)
    with pytest.raises(NotSupported, match=r"does not tell how many tries are left \(6700\)"):
        card.transmit(verify(pin))
    assert verify(pin) not in inner.sent


def test_a_wrong_pin_needs_consent():
    inner = Counting()
    with pytest.raises(NotSupported, match="a wrong PIN: the user has not allowed it"):
        CarefulCard(inner, "the card", (RIGHT,), wrong_pins=False).transmit(verify(WRONG))
    assert inner.left == 3


def test_tries_never_reach_zero():
    inner = Counting()
    card = CarefulCard(inner, "the card", (RIGHT,), wrong_pins=True)
    assert card.transmit(verify(WRONG)) == b"\x63\xc2"
    for _ in range(5):
        with pytest.raises(NotSupported):
            card.transmit(verify(WRONG))
    assert inner.left == 2


def test_the_right_pin_restores_the_tries_afterwards():
    inner = Counting()
    card = CarefulCard(inner, "the card", (RIGHT,), wrong_pins=True)
    card.transmit(verify(WRONG))
    card.put_back()
    assert inner.left == 3
    sent = len(inner.sent)
    card.put_back()
    assert len(inner.sent) == sent
