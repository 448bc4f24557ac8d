"""Looks for secrets in every file below a folder: as text, in hexadecimal, in base64, in base64 files, in QR codes."""

import io
import json
import re
from base64 import b64decode, b64encode, urlsafe_b64encode
from pathlib import Path

import zxingcpp
from PIL import Image, UnidentifiedImageError

PNG = b"\x89PNG\r\n\x1a\n"
BASE64 = re.compile(rb"[A-Za-z0-9+/]{40,}={0,2}")
EMBEDDED = re.compile(rb"[A-Za-z0-9+/]{4000,}={0,2}")
SHORT = 9
"""Up to here a secret may stand in a longer number by chance, so it counts only when it stands alone."""
HEX = "hexadecimal"
THE_GENERATORS = b"/*! For license information"
"""How the program begins that the report generator puts into each page: megabytes that no run has a hand in."""
PRIVATE_KEY_PEM = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----")
PKCS8_EC = bytes.fromhex("301306072a8648ce3d020106082a8648ce3d0301070427")


def noted(file):
    """What the listener wrote: (kind, text, bytes)."""
    lines = [json.loads(line) for line in Path(file).read_text("utf-8").splitlines()]
    return [(line["kind"], line["text"], bytes.fromhex(line["hex"])) for line in lines]


def leaks_below(folder, secrets):
    """(file, kind of the secret, how it stands there) for each find."""
    needles = {(kind, how, needle) for kind, text, raw in secrets for how, needle in forms(text, raw)}
    patterns = {(kind, alone(text)) for kind, text, _ in secrets if 0 < len(text) <= SHORT}
    found, seen = set(), set()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        for content in layers(path.read_bytes()):
            # The report in one file holds the attachments once more: no need to search them again.
            if content in seen or content.startswith(THE_GENERATORS):
                continue
            seen.add(content)
            name, small = str(path.relative_to(folder)), content.lower()
            found |= {
                (name, kind, how) for kind, how, needle in needles if needle in (small if how == HEX else content)
            }
            found |= {(name, kind, "text") for kind, pattern in patterns if pattern.search(content)}
            if PRIVATE_KEY_PEM.search(content) or PKCS8_EC in content:
                found.add((name, "a private key", "PEM or PKCS #8"))
    return found


def layers(content):
    """The content; what base64 in it says; what the QR codes among these say."""
    found = [EMBEDDED.sub(b"(embedded)", content), *(decoded(each) for each in BASE64.findall(content))]
    return [*found, *(text for each in found if each.startswith(PNG) for text in qr_codes(each))]


def forms(text, raw):
    """How a secret may be written."""
    content = raw or text.encode()
    if len(text) > SHORT:
        yield "text", content
    if raw:
        yield "bytes", content
    if len(content) < 6:
        return
    yield HEX, content.hex().encode()
    if 0 < len(text) <= 8:
        return  # in base64 as short as a word that may stand there by chance
    for offset in range(3):
        for encode in (b64encode, urlsafe_b64encode):
            # Neither the first nor the last characters, which depend on the neighbours.
            inner = encode(bytes(offset) + content)[4:-4].rstrip(b"=")
            if len(inner) >= 12:
                yield "base64", inner


def alone(text):
    return re.compile(rb"(?<![0-9A-Za-z])" + re.escape(text.encode()) + rb"(?![0-9A-Za-z])")


def decoded(text):
    try:
        return b64decode(text + b"=" * (-len(text) % 4))
    except ValueError:
        return b""


def qr_codes(picture):
    try:
        image = Image.open(io.BytesIO(picture))
        return [symbol.text.encode() for symbol in zxingcpp.read_barcodes(image)]
    except (UnidentifiedImageError, OSError, ValueError):
        return []
