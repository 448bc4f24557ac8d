"""The FASC-N: 40 characters of five bits with sentinels, parity and a check character (TIG SCEPACS v2.3 §2.1)."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import reduce
from operator import xor

from dpc_conformance.formats.ber import Malformed

LENGTH = 25
_START, _SEPARATOR, _END = 0xB, 0xD, 0xF
_WIDTHS = (4, 4, 6, 1, 1, 10, 1, 4, 1)
_SEPARATED = 5
"""The first five fields end with a separator; the person fields stand together."""


@dataclass(frozen=True)
class FascN:
    """The nine fields as decimal digits."""

    agency_code: str
    system_code: str
    credential_number: str
    credential_series: str
    individual_credential_issue: str
    person_identifier: str
    organizational_category: str
    organizational_identifier: str
    association_category: str

    @classmethod
    def from_bytes(cls, data: bytes) -> "FascN":
        """Read 25 bytes; Malformed for wrong length, parity, sentinels or check character, offset in bytes."""
        if len(data) != LENGTH:
            raise Malformed(f"a FASC-N has {LENGTH} bytes, not {len(data)}")
        characters = list(_characters(data))
        if reduce(xor, characters):
            raise Malformed("the check character of the FASC-N is wrong", LENGTH - 1)
        stream = iter(enumerate(characters))
        _expect(stream, _START, "start sentinel")
        fields = []
        for index, width in enumerate(_WIDTHS):
            fields.append(_digits(stream, width))
            if index < _SEPARATED:
                _expect(stream, _SEPARATOR, "field separator")
        _expect(stream, _END, "end sentinel")
        return cls(*fields)

    def __bytes__(self) -> bytes:
        """The 25 bytes; ValueError when a field is not as many digits as it must be."""
        characters = [_START]
        for index, (field, width) in enumerate(zip(astuple(self), _WIDTHS, strict=True)):
            if len(field) != width or not (field.isascii() and field.isdigit()):
                raise ValueError(f"field {index + 1} of a FASC-N is {width} digits, not {field!r}")
            characters += [int(digit) for digit in field]
            if index < _SEPARATED:
                characters.append(_SEPARATOR)
        characters.append(_END)
        characters.append(reduce(xor, characters))
        bits = "".join(_to_bits(character) for character in characters)
        return int(bits, 2).to_bytes(LENGTH, "big")

    @property
    def identifier(self) -> str:
        """Agency, system and credential number, the part that access control systems show: `4700-0001-987654`."""
        return f"{self.agency_code}-{self.system_code}-{self.credential_number}"


def _to_bits(character: int) -> str:
    low_first = f"{character:04b}"[::-1]
    return low_first + str((low_first.count("1") + 1) % 2)


_FROM_BITS = {_to_bits(character): character for character in range(16)}


def _characters(data: bytes) -> Iterator[int]:
    bits = f"{int.from_bytes(data, 'big'):0{LENGTH * 8}b}"
    for position in range(0, len(bits), 5):
        character = _FROM_BITS.get(bits[position : position + 5])
        if character is None:
            raise Malformed("a character of the FASC-N has even parity", position // 8)
        yield character


def _expect(stream: Iterator[tuple[int, int]], wanted: int, name: str) -> None:
    index, character = next(stream)
    if character != wanted:
        raise Malformed(f"expected the {name} of a FASC-N, found {character:X}", index * 5 // 8)


def _digits(stream: Iterator[tuple[int, int]], width: int) -> str:
    digits = ""
    for _ in range(width):
        index, character = next(stream)
        if character > 9:
            raise Malformed(f"expected a digit of the FASC-N, found {character:X}", index * 5 // 8)
        digits += str(character)
    return digits
