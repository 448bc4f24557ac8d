"""BER with indefinite lengths, as programs write it that do not know the end yet, made definite (X.690 §8.1.3.6)."""

from dpc_conformance.formats import ber
from dpc_conformance.formats.ber import Malformed

DEEPEST = 64
_END = b"\x00\x00"
_OCTETS, _OCTETS_IN_PIECES = b"\x04", b"\x24"
_INDEFINITE, _CONSTRUCTED = 0x80, 0x20


def definite(data: bytes) -> bytes:
    """The same data object with definite lengths; what has them already stays as it is. Raises Malformed.

    Octet strings in pieces become whole, as DER wants them.
    """
    element, end = _read(data, 0, 0)
    if end != len(data):
        raise Malformed("something follows the data object", end)
    return element


def _read(data: bytes, offset: int, depth: int) -> tuple[bytes, int]:
    """The data object at `offset`, and the offset behind it."""
    if offset >= len(data):
        raise Malformed("there is no data object", offset)
    if depth > DEEPEST:
        raise Malformed(f"data objects lie deeper than {DEEPEST} levels", offset)
    if data[offset + 1 : offset + 2] != bytes([_INDEFINITE]):
        element, end = ber.read_at(data, offset)
        if not element.constructed:
            return data[offset:end], end
        inner = _content(element.value, 0, depth)[0]
        stays = inner == element.value and element.tag != _OCTETS_IN_PIECES
        return (data[offset:end] if stays else _whole(element.tag, inner)), end
    if not data[offset] & _CONSTRUCTED:
        raise Malformed("a primitive data object without a length", offset)
    value, end = _content(data, offset + 2, depth)
    if data[end : end + 2] != _END:
        raise Malformed("a data object without an end", offset)
    return _whole(data[offset : offset + 1], value), end + 2


def _whole(tag: bytes, value: bytes) -> bytes:
    if tag != _OCTETS_IN_PIECES:
        return ber.write(tag, value)
    return ber.write(_OCTETS, b"".join(piece.value for piece in ber.read_all(value)))


def _content(data: bytes, offset: int, depth: int) -> tuple[bytes, int]:
    """The data objects from `offset` to the end, or to the two octets that end an indefinite length."""
    parts = []
    while offset < len(data) and data[offset : offset + 2] != _END:
        part, offset = _read(data, offset, depth + 1)
        parts.append(part)
    return b"".join(parts), offset
