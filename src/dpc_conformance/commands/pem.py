"""Blocks of PEM (RFC 7468), taken out of a file without a library that would refuse what must be reported."""

import base64
import binascii
import re
from collections.abc import Iterator
from typing import NamedTuple

_BLOCK = re.compile(rb"-----BEGIN ([A-Z0-9 ]{1,40})-----(.*?)-----END \1-----", re.DOTALL)
BEGIN = b"-----BEGIN "


class Block(NamedTuple):
    """One block: its label, and its bytes or None when what stands in it is not base64."""

    label: str
    data: bytes | None


def blocks(text: bytes) -> Iterator[Block]:
    """The complete blocks in order; text around them is passed over."""
    for found in _BLOCK.finditer(text):
        yield Block(found[1].decode("ascii"), _decoded(found[2]))


def _decoded(body: bytes) -> bytes | None:
    lines = body.strip().splitlines()
    # An old header such as "Proc-Type: 4,ENCRYPTED" ends with an empty line.
    if any(b":" in line for line in lines):
        lines = [line for line in lines if b":" not in line]
    try:
        return base64.b64decode(b"".join(line.strip() for line in lines), validate=True)
    except binascii.Error:
        return None
