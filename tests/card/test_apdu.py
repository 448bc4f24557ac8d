"""The seven cases of ISO/IEC 7816-4, bytes written by hand."""

import pytest

from dpc_conformance.formats import status_words
from dpc_conformance.formats.apdu import CommandApdu, ResponseApdu
from dpc_conformance.formats.ber import Malformed

CASES = {
    "1": ("00200080", CommandApdu(0, 0x20, 0, 0x80)),
    "2 short": ("00C0000010", CommandApdu(0, 0xC0, 0, 0, le=16)),
    "2 short, all": ("00C0000000", CommandApdu(0, 0xC0, 0, 0, le=256)),
    "2 extended": ("00C00000000400", CommandApdu(0, 0xC0, 0, 0, le=1024, extended=True)),
    "3 short": ("0020008008313233343536FFFF", CommandApdu(0, 0x20, 0, 0x80, b"123456\xff\xff")),
    "3 extended": ("00200080000008313233343536FFFF", CommandApdu(0, 0x20, 0, 0x80, b"123456\xff\xff", extended=True)),
    "4 short": ("00CB3FFF055C035FC10200", CommandApdu(0, 0xCB, 0x3F, 0xFF, bytes.fromhex("5C035FC102"), le=256)),
    "4 extended": (
        "00CB3FFF0000055C035FC1020000",
        CommandApdu(0, 0xCB, 0x3F, 0xFF, bytes.fromhex("5C035FC102"), le=65536, extended=True),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_case_reads_and_writes(case):
    encoded, command = CASES[case]
    assert CommandApdu.from_bytes(bytes.fromhex(encoded)) == command
    assert bytes(command).hex().upper() == encoded


@pytest.mark.parametrize(
    "encoded", ["", "00A404", "00200080083132", "0020008000080102", "00CB3FFF055C035FC1020000", "0020008000000000"]
)
def test_a_command_that_fits_no_case_is_malformed(encoded):
    with pytest.raises(Malformed):
        CommandApdu.from_bytes(bytes.fromhex(encoded))


def test_data_that_does_not_fit_a_short_command_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="256 bytes"):
        bytes(CommandApdu(0, 0x87, 7, 0x9A, bytes(256)))


def test_an_answer_is_data_and_status_word():
    answer = ResponseApdu.from_bytes(bytes.fromhex("AABB6105"))
    assert (answer.data, answer.status) == (b"\xaa\xbb", 0x6105)
    assert bytes(answer).hex() == "aabb6105"
    with pytest.raises(Malformed):
        ResponseApdu.from_bytes(b"\x90")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (0x9000, "success"),
        (0x63C2, "verification failed, 2 attempts left"),
        (0x6300, "verification failed"),
        (0x6983, "authentication method blocked"),
        (0x6A82, "object or application not found"),
        (0x617B, "123 more bytes available"),
        (0x6100, "256 or more bytes still available"),
        (0x6C10, "wrong Le, 16 bytes available"),
        (0x1234, "not a status word of SP 800-73-5"),
    ],
)
def test_status_words_have_words(status, words):
    assert status_words.meaning(status) == words
