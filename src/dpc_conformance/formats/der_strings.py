"""The string types of ASN.1 (X.680 clause 41): how their characters are encoded, and which octets are none of them."""

from typing import Final

NUMERIC: Final = 0x12
PRINTABLE: Final = 0x13
ENCODINGS: Final = {
    0x0C: "utf-8",
    NUMERIC: "ascii",
    PRINTABLE: "ascii",
    0x14: "latin-1",
    0x16: "ascii",
    0x1C: "utf-32-be",
    0x1E: "utf-16-be",
}
"""The codec of each string type by its tag: UTF8, Numeric, Printable, Teletex, IA5, Universal and BMPString."""
CHARACTERS: Final = {
    NUMERIC: b"0123456789 ",
    PRINTABLE: b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 '()+,-./:=?",
}
"""All characters of the types that do not have those of their codec (X.680 41.2 and 41.4)."""


def text(tag: int, contents: bytes) -> str | None:
    """The characters of a string type; None for another type or for octets that its codec cannot read."""
    encoding = ENCODINGS.get(tag)
    if encoding is None:
        return None
    try:
        return contents.decode(encoding)
    except UnicodeDecodeError:
        return None


def text_of_its_characters(tag: int, contents: bytes) -> str | None:
    """As `text`; None also for characters that the type does not have."""
    own = CHARACTERS.get(tag)
    return None if own is not None and contents.translate(None, own) else text(tag, contents)


def has_only_its_characters(tag: int, contents: bytes) -> bool:
    """Whether the contents of that type are characters of it; true for what is no string type."""
    return tag not in ENCODINGS or text_of_its_characters(tag, contents) is not None
