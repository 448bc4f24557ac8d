"""The suite's own client in a PC/SC reader: what the virtual card can do survives the way through the daemon."""

import time
from statistics import median

import pytest

from dpc_conformance.adapters.pcsc import PcscCard, readers
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.formats import containers
from dpc_conformance.protocols.piv_card import PivCard, SecurityStatusNotSatisfied
from dpc_conformance.roles.errors import CardRemoved, WrongPin

pytest.importorskip("smartcard")
SELECT_PIV = bytes.fromhex("00A4040009A0000003080000100000")
READ_DISCOVERY = bytes.fromhex("00CB3FFF035C017E00")
UNUSED, LARGE = containers.RETIRED_CERTIFICATES[-1], 9000
"""A container of the card, and bytes that take thirty-six answers."""
BLOCK = b"\x00\x01" + bytes([0xFF]) * 221 + b"\x00" + bytes(range(32))
rsa_card = pytest.mark.parametrize("inserted", ["RSA-2048"], indirect=True, scope="session")


@pytest.fixture
def connected(in_reader):
    """A connection that keeps the card powered between two commands."""
    card = PcscCard(in_reader.reader)
    yield card
    card.close()


@pytest.fixture(params=[False, True], ids=["short", "extended"])
def piv(connected, request):
    edge = PivCard(connected, Recorder(), RunClock(machine_now()), extended_length=request.param)
    edge.select()
    return edge


@pytest.fixture
def large_object(in_reader):
    """Nine kilobytes on the card that everybody may read, where no certificate is."""
    objects, content = in_reader.card.application.objects, bytes(number % 251 for number in range(LARGE))
    objects.put(UNUSED, content)
    yield content
    objects.remove(UNUSED)


def test_the_reader_is_found_by_a_part_of_its_name_although_vpcd_has_two(in_reader, daemon):
    assert readers() == [daemon.reader, daemon.reader.replace("00 00", "00 01")]
    card = PcscCard("virtual piv")
    assert card.transmit(SELECT_PIV)[-2:] == b"\x90\x00"
    card.close()
    with pytest.raises(CardRemoved):
        PcscCard("00 01")


@rsa_card
def test_a_large_object_arrives_whole(piv, large_object):
    assert piv.read(UNUSED.tag) == large_object


@rsa_card
def test_an_rsa_signature_of_a_block_longer_than_a_short_command(piv, in_reader):
    piv.verify_pin(in_reader.pin)
    signature = int.from_bytes(piv.sign_raw(0x9A, BLOCK), "big")
    public = in_reader.card.application.keys[0x9A].private.public_key().public_numbers()
    assert pow(signature, public.e, public.n) == int.from_bytes(BLOCK, "big")


@rsa_card
def test_a_reset_forgets_the_pin_but_not_the_wrong_attempts(connected, in_reader):
    edge = PivCard(connected, Recorder(), RunClock(machine_now()))
    edge.select()
    edge.verify_pin(in_reader.pin)
    edge.read(containers.FINGERPRINTS.tag)
    with pytest.raises(WrongPin):
        edge.verify_pin("135790")
    edge.reset()
    edge.select()
    with pytest.raises(SecurityStatusNotSatisfied):
        edge.read(containers.FINGERPRINTS.tag)
    assert edge.attempts_left() == 2
    edge.verify_pin(in_reader.pin)
    assert edge.attempts_left() is None


@rsa_card
def test_a_command_takes_no_forty_milliseconds(connected):
    connected.transmit(SELECT_PIV)

    def seconds():
        before = time.perf_counter()
        assert connected.transmit(READ_DISCOVERY)[-2:] == b"\x90\x00"
        return time.perf_counter() - before

    # That long it would take if the plug did not acknowledge at once what vpcd sends.
    assert median(seconds() for _ in range(30)) < 0.02
