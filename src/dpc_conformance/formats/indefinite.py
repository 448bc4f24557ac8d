"""BER with indefinite lengths, as programs write it that do not know the end yet, made definite (X.690 §8.1.3.6)."""

from dpc_conformance.formats import ber
from dpc_conformance.formats.ber import Malformed

DEEPEST = 64
_END = b"\x00\x00"
_INDEFINITE, _CONSTRUCTED = 0x80, 0x20


def definite(data: bytes) -> bytes:
    """The same data object with definite lengths; what has them already stays as it is. Raises Malformed."""
    element, end = _read(data, 0, 0)
    if end != len(data):
        raise Malformed("something follows the data object", end)
    return element


def _read(data: bytes, offset: int, depth: int) -> tuple[bytes, int]:
    """The data object at `offset`, and the offset behind it."""
    if depth > DEEPEST:
        raise Malformed(f"data objects lie deeper than {DEEPEST} levels", offset)
    if data[offset + 1 : offset + 2] != bytes([_INDEFINITE]):
        element, end = ber.read_at(data, offset)
        if not element.constructed:
            return data[offset:end], end
        inner = _content(element.value, 0, depth)[0]
        return (data[offset:end] if inner == element.value else ber.write(element.tag, inner)), end
    if not data[offset] & _CONSTRUCTED:
        raise Malformed("a primitive data object without a length", offset)
    value, end = _content(data, offset + 2, depth)
    if data[end : end + 2] != _END:
        raise Malformed("a data object without an end", offset)
    return ber.write(data[offset : offset + 1], value), end + 2


def _content(data: bytes, offset: int, depth: int) -> tuple[bytes, int]:
    """The data objects from `offset` to the end, or to the two octets that end an indefinite length."""
    parts = []
    while offset < len(data) and data[offset : offset + 2] != _END:
        part, offset = _read(data, offset, depth + 1)
        parts.append(part)
    return b"".join(parts), offset
