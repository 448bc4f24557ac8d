"""The contactless interface without a virtual contact interface: what it reads, and that it changes nothing."""

import pytest

from dpc_conformance.formats import containers
from dpc_conformance.reference.card.access import READABLE_CONTACTLESS

PIN = b"246801\xff\xff".hex()
DIGEST = bytes(range(32)).hex()
CHALLENGE = f"7C2482008120{DIGEST}00"


@pytest.fixture
def near(card, connect):
    return connect(card.contactless(), "00A4040009A0000003080000100000")


@pytest.mark.parametrize("container", containers.CONTAINERS, ids=lambda each: each.name)
def test_only_what_is_marked_always_can_be_read(card, near, container):
    card.application.objects.put(container, b"\x99\x01\x02")
    tag = container.tag.hex()
    expected = "9000" if container.tag in READABLE_CONTACTLESS else "6982"
    assert near(f"00CB3FFF{len(tag) // 2 + 2:02X}5C{len(tag) // 2:02X}{tag}00")[1] == expected


def test_that_is_chuid_card_authentication_discovery_and_the_secure_messaging_signer():
    assert {tag.hex() for tag in READABLE_CONTACTLESS} == {"5fc102", "5fc101", "7e", "5fc122"}


def test_card_authentication_works_and_no_other_key(near, ask):
    ask("0020008008" + PIN)
    assert near(f"0087119E26{CHALLENGE}")[1] == "9000"
    for reference in ("9A", "9C", "9D"):
        assert near(f"008711{reference}26{CHALLENGE}") == ("", "6982")
    assert near("0087089B047C02810000") == ("", "6982")


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("0020008008" + PIN, "6982"),
        ("0020008008" + b"111111\xff\xff".hex(), "6982"),
        ("00200080", "6982"),
        ("0020FF80", "6982"),
        ("0024008010" + PIN + b"97531024".hex(), "6982"),
        ("002C008010" + "00" * 8 + b"97531024".hex(), "6A81"),
        ("00DB3FFF075C035FC1025300", "6A81"),
        ("0047009A05AC03800111", "6A81"),
    ],
)
def test_what_authenticates_or_changes_is_refused_without_side_effect(near, ask, card, administrator, command, status):
    ask("0020008008" + PIN)
    administrator.authenticate()
    stored, keys = dict(card.application.objects.stored), dict(card.application.keys)
    assert near(command) == ("", status)
    assert (card.application.objects.stored, card.application.keys) == (stored, keys)
    assert card.application.pins.puk.attempts_left == 5
    assert ask("00200080")[1] == "9000"
    ask("0020FF80")
    assert ask("00200080")[1] == "63C3"


def test_the_unblocking_key_is_not_changed_either(near, card):
    puk = card.application.pins.puk.secret.hex()
    assert near("0024008110" + puk + "00" * 8) == ("", "6982")
    assert card.application.pins.puk.secret.hex() == puk


def test_the_interfaces_do_not_share_a_chain_or_an_answer(near, ask):
    ask("0020008008" + PIN)
    ask(f"1087119A10{CHALLENGE[:32]}")
    assert near("00CB3FFF035C017E08")[1] == "610C"
    assert ask(f"0087119A16{CHALLENGE[32:]}")[1] == "9000"
    assert near("00C000000C")[1] == "9000"


def test_a_token_has_nothing_that_works_contactless_but_discovery(token, connect):
    far = connect(token.card, "00A404000BA00000030800002000010000")
    near = connect(token.card.contactless(), "00A404000BA00000030800002000010000")
    assert far("00CB3FFF055C035FC10500")[1] == "6100"
    assert near("00CB3FFF055C035FC10500") == ("", "6982")
    assert near("00CB3FFF035C017E00")[1] == "9000"


def test_out_of_the_field_forgets(near, card, connect):
    near("00CB3FFF035C017E08")
    near_again = card.contactless()
    near_again.reset()
    assert near("00C000000C") == ("", "6985")
