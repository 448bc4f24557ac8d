"""Finds years in whatever a run makes: texts, HTTP dates, DER, epoch seconds, tokens and signed cookies."""

import re
from base64 import b64decode, urlsafe_b64decode
from datetime import UTC, datetime

WRITTEN = re.compile(rb"(?<![0-9A-Za-z])(20\d\d)(?![0-9A-Za-z])")
UTC_TIME = re.compile(rb"\x17\x0d(\d\d)\d{10}Z")
GENERALIZED_TIME = re.compile(rb"\x18\x0f(20\d\d)\d{10}Z")
EPOCH = re.compile(rb"(?<![0-9A-Za-z.])([12]\d{9})(?![0-9A-Za-z])")
COOKIE_STAMP = re.compile(rb"\.([A-Za-z0-9_-]{6})\.[A-Za-z0-9_-]{20,}")
PEM = re.compile(rb"-----BEGIN [A-Z ]+-----(.+?)-----END", re.S)
BASE64 = re.compile(rb"[A-Za-z0-9_+/-]{16,}={0,2}")
DEEPEST = 3


def years_in(content: bytes, depth: int = 0) -> set[int]:
    """Every year that stands in `content`, also inside base64 in it."""
    found = {2000 + int(year) for year in UTC_TIME.findall(content)}
    found |= {int(year) for year in GENERALIZED_TIME.findall(content)}
    if _is_text(content) or depth == 0:
        found |= {int(year) for year in WRITTEN.findall(content)}
        found |= {year_of(int(seconds)) for seconds in EPOCH.findall(content)}
        found |= {year_of(int.from_bytes(_decoded(stamp), "big")) for stamp in COOKIE_STAMP.findall(content)}
    if depth < DEEPEST:
        for inner in [*(b"".join(each.split()) for each in PEM.findall(content)), *BASE64.findall(content)]:
            found |= years_in(_decoded(inner), depth + 1)
    return found


def year_of(epoch: int) -> int:
    """The year of a moment in seconds since 1970."""
    return datetime.fromtimestamp(epoch, UTC).year


def _decoded(text: bytes) -> bytes:
    padded = text.rstrip(b"=") + b"=" * (-len(text.rstrip(b"=")) % 4)
    try:
        return urlsafe_b64decode(padded) if re.search(rb"[_-]", padded) else b64decode(padded)
    except ValueError:
        return b""


def _is_text(content: bytes) -> bool:
    try:
        return content.decode().isprintable() or b"\n" in content
    except UnicodeDecodeError:
        return False
