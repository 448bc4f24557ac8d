"""Parts of a certificate in their commonest form: whoever meets another form raises `Unusual` and reads carefully."""

from datetime import datetime
from typing import Final

from dpc_conformance.formats import der, oids
from dpc_conformance.formats.der_strings import text_of_its_characters
from dpc_conformance.formats.der_values import clean_oid
from dpc_conformance.formats.fields import Time
from dpc_conformance.formats.interned import Interned
from dpc_conformance.formats.names import Attribute, Name
from dpc_conformance.formats.public_key import ALGORITHMS, PublicKey, named_curve, read_algorithm

_STRINGS: Final = frozenset({der.UTF8_STRING, der.PRINTABLE_STRING, der.IA5_STRING})
_COMMON_NAME: Final = b"\x06\x03\x55\x04\x03"
_RSA_KEY: Final = b"\x30\x82"
_MODULUS: Final = b"\x02\x82"
_RDNS: Final[Interned[tuple[Attribute, ...]]] = Interned(lambda encoding: _rdn(encoding))
_CURVES: Final[Interned[str]] = Interned(lambda encoding: named_curve(read_algorithm(encoding)))


class Unusual(ValueError):
    """Something asks for a closer look; that it is wrong is not said."""


def body(data: bytes, at: int, tag: int) -> tuple[int, int]:
    """Where the contents of the element at `at` begin and stop. Unusual unless it has that tag and a shortest length.

    That it ends within its surroundings is left to the caller. IndexError when the input ends before.
    """
    length = data[at + 1]
    if data[at] != tag:
        raise Unusual
    if length < 0x80:
        return at + 2, at + 2 + length
    if length == 0x82 and data[at + 2]:
        return at + 4, at + 4 + (data[at + 2] << 8 | data[at + 3])
    if length == 0x81 and data[at + 2] >= 0x80:
        return at + 3, at + 3 + data[at + 2]
    raise Unusual


def quick_time(contents: bytes) -> Time:
    """The date in the contents of a UTCTime `YYMMDDHHMMSSZ`. ValueError for another form or no date."""
    digits = contents[:12]
    if len(contents) != 13 or contents[12] != 0x5A or not digits.isdigit() or contents[6:8] > b"23":
        raise Unusual
    written = digits.decode()
    century = "19" if contents[0] >= 0x35 else "20"
    return Time(der.UTC_TIME, contents, datetime.fromisoformat(f"{century}{written[:6]}T{written[6:]}Z"))


def quick_name(data: bytes, begin: int, start: int, stop: int) -> Name:
    """The name at `begin`, its contents between `start` and `stop`, each of its parts of one attribute."""
    rdns = []
    known = _RDNS.known
    while start < stop:
        end = start + 2 + data[start + 1]
        encoding = data[start:end]
        # Common names differ from person to person and would only crowd out what repeats.
        rdns.append(known.get(encoding) or (_rdn if encoding[4:9] == _COMMON_NAME else _RDNS.of)(encoding))
        start = end
    if start != stop:
        raise Unusual
    return Name(data[begin:stop], tuple(rdns), ())


def _rdn(encoding: bytes) -> tuple[Attribute, ...]:
    size = len(encoding)
    value = 6 + encoding[5]
    if (
        size < 8
        or size > 0x81
        or encoding[0] != der.SET
        or encoding[1] != size - 2
        or encoding[2] != der.SEQUENCE
        or encoding[3] != size - 4
        or encoding[4] != der.OBJECT_IDENTIFIER
        or encoding[value] not in _STRINGS
        or encoding[value + 1] != size - value - 2
    ):
        raise Unusual
    tag, contents = encoding[value], encoding[value + 2 :]
    read = text_of_its_characters(tag, contents)
    if not read:
        raise Unusual
    return (Attribute(clean_oid(encoding[6:value]), tag, contents, read),)


def quick_key(data: bytes, begin: int, start: int, stop: int) -> PublicKey:
    """The subjectPublicKeyInfo at `begin`, its contents between `start` and `stop`."""
    end = body(data, start, der.SEQUENCE)[1]
    algorithm = ALGORITHMS.of(data[start:end])
    held, last = body(data, end, der.BIT_STRING)
    if algorithm.defects or last != stop or held == last or data[held]:
        raise Unusual
    bits = data[held + 1 : stop]
    modulus_bits = exponent = 0
    if algorithm.oid == oids.RSA_ENCRYPTION:
        modulus_bits, exponent = _rsa_numbers(bits)
    return PublicKey(data[begin:stop], algorithm, bits, modulus_bits, exponent, _CURVES.of(algorithm.der), ())


def _rsa_numbers(bits: bytes) -> tuple[int, int]:
    start, stop = body(bits, 0, der.SEQUENCE)
    modulus, end = body(bits, start, der.INTEGER)
    held, last = body(bits, end, der.INTEGER)
    if stop != len(bits) or last != stop or held == last or bits[modulus] or bits[modulus + 1] < 0x80:
        raise Unusual
    if bits[held] >= 0x80 or (bits[held] == 0 and last - held > 1):
        raise Unusual
    return 8 * (end - modulus - 1), int.from_bytes(bits[held:last], "big")
