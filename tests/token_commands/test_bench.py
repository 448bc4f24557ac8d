"""What a table cannot say: long answers on every transport, and keys that are no secret."""

from dataclasses import replace

import pytest

from dpc_conformance.fixtures.token_administration import reply
from dpc_conformance.fixtures.token_bench import TokenBench
from dpc_conformance.fixtures.token_commands import content_of
from dpc_conformance.fixtures.token_errors import NotReady
from dpc_conformance.formats import ber, containers
from dpc_conformance.roles.errors import NotSupported

READ, MORE, EXACT = "00CB3FFF055C035FC120", "00C00000", "00CB3FFF055C035FC12066"
SMALL = ber.write(containers.WRAPPER, content_of(100))
LARGE = ber.write(containers.WRAPPER, content_of(300))
FACTORY = "010203040506070801020304050607080102030405060708"


class Judge:
    def __init__(self):
        self.made = []

    def expect(self, requirement, holds, _where, _expected, actual=""):
        self.made.append((requirement, holds, actual))


@pytest.fixture
def judged(hand):
    judge = Judge()
    return TokenBench(hand, judge, (), {}), judge.made


@pytest.mark.parametrize(
    ("size", "answers"),
    [
        (100, {READ: ["6A82", f"{SMALL.hex()}9000"]}),
        (100, {EXACT: [f"{SMALL.hex()}9000"], READ: ["6A82", "6C66"]}),
        (100, {READ: ["6A82", "6166"], MORE: [f"{SMALL.hex()}9000"]}),
        (300, {READ: ["6A82", "6100"], MORE: [f"{LARGE[:256].hex()}6130", f"{LARGE[256:].hex()}9000"]}),
        (300, {READ: ["6A82", f"{LARGE[:256].hex()}6130"], MORE: [f"{LARGE[256:].hex()}9000"]}),
    ],
    ids=["at once", "6Cxx of T=0", "61xx of T=0", "6100 of T=0", "in parts"],
)
def test_a_long_object_may_come_as_either_protocol_has_it(card, judged, size, answers):
    bench, made = judged
    card.answers = answers
    bench.in_parts("5FC120", [size])
    assert made == [("DPC-APDU-GET-04", True, "")]


@pytest.mark.parametrize(
    "answers",
    [
        {READ: ["6A82", "6166"], MORE: ["6166"]},
        {READ: ["6A82", "6165"], MORE: [f"{SMALL.hex()}9000"]},
        {READ: ["6A82", "6C66"]},
        {READ: ["6A82", "9000"]},
    ],
    ids=["never delivered", "a wrong number", "6Cxx for ever", "nothing"],
)
def test_an_answer_that_does_not_come_or_is_announced_wrongly_departs(card, judged, answers):
    bench, made = judged
    card.answers = answers
    bench.in_parts("5FC120", [100])
    [(requirement, holds, _)] = made
    assert (requirement, holds) == ("DPC-APDU-GET-04", False)


@pytest.mark.parametrize(
    ("algorithm", "block", "factory"),
    [("03", 8, FACTORY), ("0A", 16, FACTORY), ("08", 16, "404142434445464748494A4B4C4D4E4F")],
)
def test_a_factory_key_is_found_where_there_is_no_other_token(card, hand, judged, algorithm, block, factory):
    def none():
        raise NotSupported("the token", "be compared with another")

    bench, made = judged
    hand.token = replace(hand.token, another=none)
    challenge = bytes(range(block))
    secrets = replace(
        hand.token.secrets, administration_key=bytes.fromhex(factory), administration_algorithm=int(algorithm, 16)
    )
    card.answers = {
        bytes(reply(secrets, challenge)).hex().upper(): ["9000"],
        f"0087{algorithm}9B047C028100": [f"7C{block + 2:02X}81{block:02X}{challenge.hex()}9000"],
        "0087": ["6A86"],
    }
    bench.administration_is_unique()
    assert [(requirement, holds) for requirement, holds, _ in made] == [("DPC-CRY-ADMIN-02", False)]
    assert f"a factory key ({algorithm})" in made[0][2]
    assert factory not in str(made)


def test_without_its_certificate_nobody_can_tell_how_long_triple_des_will_do(hand, judged):
    secrets = replace(hand.token.secrets, administration_key=bytes(range(24)), administration_algorithm=0x03)
    hand.token = replace(hand.token, secrets=secrets)
    with pytest.raises(NotReady, match="the token has no certificate of the key 9A that can be read"):
        judged[0].administration_is_aes()


def test_without_another_token_a_key_of_its_own_stays_open(card, hand, judged):
    def none():
        raise NotSupported("the token", "be compared with another")

    bench, made = judged
    hand.token = replace(hand.token, another=none)
    card.answers = {"0087": ["6A86"]}
    with pytest.raises(NotSupported):
        bench.administration_is_unique()
    assert made == []
