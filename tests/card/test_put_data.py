"""PUT DATA: who may, what fits, what comes back, and what a refused write leaves."""

import pytest

from dpc_conformance.formats import containers

READ_CHUID = "00CB3FFF0000055C035FC1020000"


def tlv(tag, value):
    length = bytes([len(value)]) if len(value) < 0x80 else b"\x82" + len(value).to_bytes(2, "big")
    return bytes.fromhex(tag) + length + value


def put(*objects, p1p2="3FFF"):
    data = b"".join(objects)
    return f"00DB{p1p2}00{len(data):04X}{data.hex()}"


def wrapped(tag, content):
    return put(tlv("5C", bytes.fromhex(tag)), tlv("53", content))


@pytest.fixture
def write(administrator, ask):
    administrator.authenticate()
    return lambda command: ask(command)[1]


@pytest.fixture
def read(ask):
    def whole(tag):
        data, status = ask(f"00CB3FFF0000{len(tag) // 2 + 2:02X}5C{len(tag) // 2:02X}{tag}0000")
        return data, status

    return whole


def test_a_shorter_object_replaces_the_whole_longer_one(write, read):
    assert write(wrapped("5FC105", bytes(300))) == "9000"
    assert read("5FC105") == ("5382012C" + "00" * 300, "9000")
    assert write(wrapped("5FC105", b"\xaa\xbb")) == "9000"
    assert read("5FC105") == ("5302AABB", "9000")


def test_without_the_administrator_nothing_is_written(ask, read):
    before = read("5FC102")
    ask("0020008008" + b"246801".hex() + "FFFF")
    assert ask(wrapped("5FC102", b"new")) == ("", "6982")
    assert read("5FC102") == before


@pytest.mark.parametrize("container", containers.CONTAINERS, ids=lambda each: each.name)
def test_every_container_holds_what_the_standard_guarantees_and_not_much_more(write, container, card):
    tag, full = container.tag.hex(), bytes(container.capacity)
    command = (lambda content: put(tlv(tag, content))) if container.own_tag else (lambda content: wrapped(tag, content))
    assert write(command(full)) == "9000"
    assert write(command(bytes(32 * 1024))) == "6A84"
    assert card.application.objects.content(container) == full


def test_discovery_and_the_bit_group_template_come_under_their_own_tags(write, read):
    content = bytes.fromhex("4F0BA0000003080000100001005F2F024000")
    assert write(put(tlv("7E", content))) == "9000"
    assert read("7E") == ("7E12" + content.hex().upper(), "9000")
    assert write(put(tlv("7F61", b"\x02\x01\x00"))) == "9000"
    assert read("7F61") == ("7F6103020100", "9000")


@pytest.mark.parametrize("tag", ["5FC102", "5FC105"])
def test_zero_length_clears(write, read, tag):
    assert write(wrapped(tag, b"")) == "9000"
    assert read(tag) == ("5300", "9000")


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (wrapped("5FC17F", b"new"), "6A82"),
        (put(tlv("5C", b"\x5f\xc1\x02")), "6A80"),
        (put(tlv("53", b"new")), "6A80"),
        (put(tlv("5C", b"\x7e"), tlv("53", b"new")), "6A80"),
        (put(tlv("5C", b"\x5f\xc1\x02"), tlv("53", b"new"), tlv("54", b"")), "6A80"),
        (put(b"\x5c\x03\x5f\xc1\x02\x53\x05new"), "6A80"),
        ("00DB3FFF", "6A80"),
        (put(tlv("5C", b"\x5f\xc1\x02"), tlv("53", b"new"), p1p2="0000"), "6A86"),
    ],
)
def test_refused_and_nothing_changed(write, card, command, status):
    before = dict(card.application.objects.stored)
    assert write(command) == status
    assert card.application.objects.stored == before


def test_in_a_chain(administrator, ask, read):
    administrator.authenticate()
    data = tlv("5C", b"\x5f\xc1\x02") + tlv("53", bytes(range(200)) * 2)
    parts = [data[at : at + 200] for at in range(0, len(data), 200)]
    for number, part in enumerate(parts, start=1):
        cla = "00" if number == len(parts) else "10"
        assert ask(f"{cla}DB3FFF{len(part):02X}{part.hex()}") == ("", "9000")
    assert read("5FC102")[0] == data[5:].hex().upper()


def test_a_chain_that_is_interrupted_writes_nothing(administrator, ask, read):
    before = read("5FC102")
    administrator.authenticate()
    data = tlv("5C", b"\x5f\xc1\x02") + tlv("53", b"replaced")
    ask(f"10DB3FFF07{data[:7].hex()}")
    ask("00CB3FFF035C017E00")
    assert ask(f"00DB3FFF{len(data) - 7:02X}{data[7:].hex()}") == ("", "6A80")
    assert read("5FC102") == before
    assert ask(wrapped("5FC102", b"")) == ("", "9000"), "the administrator is still there"


def test_a_token_has_room_for_a_security_object_with_its_certificate(token, ask_token, token_administrator):
    token_administrator.authenticate()
    assert ask_token(wrapped("5FC106", bytes(3000))) == ("", "9000")
