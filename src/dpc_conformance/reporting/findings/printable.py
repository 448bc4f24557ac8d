"""Text out of strangers' certificates, made harmless for terminals, XML and spreadsheets."""

import re

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text with control characters, and those that turn the direction of writing, spelled as escapes."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
