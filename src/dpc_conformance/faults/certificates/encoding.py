"""An encoder of DER that also writes what is wrong: no library of certificates would."""

from datetime import datetime


def tlv(tag: int, *contents: bytes) -> bytes:
    """One element with its length in the shortest form."""
    body = b"".join(contents)
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + body


def sequence(*members: bytes) -> bytes:
    """SEQUENCE."""
    return tlv(0x30, *members)


def set_of(*members: bytes) -> bytes:
    """SET OF, its members in order."""
    return tlv(0x31, *sorted(members))


def integer(value: int) -> bytes:
    """INTEGER in the shortest form."""
    bits_below_sign = (value if value >= 0 else ~value).bit_length()
    return tlv(0x02, value.to_bytes(bits_below_sign // 8 + 1, "big", signed=True))


def boolean(value: bool) -> bytes:
    """BOOLEAN."""
    return tlv(0x01, b"\xff" if value else b"\x00")


def null() -> bytes:
    """NULL."""
    return tlv(0x05)


def oid(dotted: str) -> bytes:
    """OBJECT IDENTIFIER."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    octets = bytearray()
    for arc in (40 * first + second, *rest):
        group = [arc & 0x7F]
        while arc := arc >> 7:
            group.append(0x80 | arc & 0x7F)
        octets += bytes(reversed(group))
    return tlv(0x06, bytes(octets))


def octets(contents: bytes) -> bytes:
    """OCTET STRING."""
    return tlv(0x04, contents)


def bits(contents: bytes, unused: int = 0) -> bytes:
    """BIT STRING; `unused` counts the bits of the last octet that do not count."""
    return tlv(0x03, bytes((unused,)), contents)


def utf8(text: str) -> bytes:
    """UTF8String."""
    return tlv(0x0C, text.encode())


def printable(text: str) -> bytes:
    """PrintableString."""
    return tlv(0x13, text.encode("ascii"))


def ia5(text: str) -> bytes:
    """IA5String."""
    return tlv(0x16, text.encode("ascii"))


def context(number: int, *contents: bytes) -> bytes:
    """A constructed context tag."""
    return tlv(0xA0 | number, *contents)


def implicit(number: int, contents: bytes) -> bytes:
    """A primitive context tag."""
    return tlv(0x80 | number, contents)


def utc_time(moment: datetime) -> bytes:
    """UTCTime to the second."""
    return tlv(0x17, f"{moment:%y%m%d%H%M%SZ}".encode())


def generalized_time(moment: datetime) -> bytes:
    """GeneralizedTime to the second."""
    return tlv(0x18, f"{moment:%Y%m%d%H%M%SZ}".encode())
