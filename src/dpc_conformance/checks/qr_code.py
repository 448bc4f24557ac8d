"""The QR code that binds the phone: read from its picture by a decoder of others, and judged by what it carries."""

import io
import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from urllib.parse import unquote, urlsplit

from dpc_conformance.checks.finding import Answer, CannotTell, unexpected
from dpc_conformance.checks.registry import check_for, picture_check

WHERE: Final = "QR code"
WITH_PASSWORD: Final = ".password"
"""How the secret of the reference protocol ends where a password stands under the code; it is no part of the secret."""
BITS_WITHOUT_IDENTIFIER: Final = 112
"""SP 800-63B-4 4.1.2.2: a binding code that no user identifier goes with."""
ALPHABETS: Final = (
    (re.compile(r"[0-9]*"), 10),
    (re.compile(r"[0-9a-f]*|[0-9A-F]*"), 16),
    (re.compile(r"[2-7A-Z]*|[2-7a-z]*"), 32),
    (re.compile(r"[0-9A-Z]*|[0-9a-z]*"), 36),
    (re.compile(r"[\w-]*"), 64),
)


@dataclass(frozen=True, slots=True)
class QrCode:
    """What the symbols in a picture say, without the secret: `address` has no fragment.

    `symbols` counts QR codes; the rest describes the first. `secret_bits` is the most the secret can hold by its
    length and the characters it is made of, `password_bits` the same for the password under the code.
    """

    symbols: int
    scheme: str
    address: str
    secret_bits: int
    password_bits: int = 0
    parts: int = 1
    """Into how many the fragment falls where it is a route, or names with values; the longest one counts."""

    @property
    def bits(self) -> int:
        """What has to be guessed by whoever has seen neither code nor password."""
        return self.secret_bits + self.password_bits


def secret_bits(secret: str) -> int:
    """How many bits a secret of such characters can hold at most, rounded down."""
    size = next((size for alphabet, size in ALPHABETS if alphabet.fullmatch(secret)), 94)
    return int(len(secret) * math.log2(size))


def password_bits(password: str) -> int:
    """The same for a password; none for a run of digits or one character repeated, which are guessed first."""
    steps = {ord(after) - ord(before) for before, after in pairwise(password)}
    return 0 if len(steps) <= 1 and steps <= {-1, 0, 1} else secret_bits(password)


def _parts_of(fragment: str) -> list[str]:
    """The steps of a route and the values of names; of any other fragment itself."""
    if not fragment.startswith("/") and "=" not in fragment.rstrip("="):
        return [fragment]
    return [one.partition("=")[2] if "=" in one else one for one in re.split(r"[/?&]", fragment) if one] or [""]


def read_qr_code(picture: bytes, password: str = "") -> QrCode:
    """Decode a PNG, under which that password stood. A picture that cannot be decoded has no symbols."""
    from PIL import Image, UnidentifiedImageError

    from dpc_conformance.formats.qr_symbols import qr_symbols

    try:
        with Image.open(io.BytesIO(picture)) as image:
            found = qr_symbols(image.convert("L"))
    except (UnidentifiedImageError, OSError, ValueError):
        found = []
    if not found:
        return QrCode(0, "", "", 0)
    try:
        parts = urlsplit(found[0].text)
    except ValueError:
        return QrCode(len(found), "", "", 0)
    address = f"{parts.scheme}://{parts.netloc}{parts.path}" if parts.netloc else ""
    secrets = _parts_of(parts.fragment.removesuffix(WITH_PASSWORD))
    bits = max(secret_bits(unquote(one)) for one in secrets)
    return QrCode(len(found), parts.scheme.lower(), address, bits, password_bits(password), len(secrets))


@picture_check("DPC-ISS-MULTI-02")
def carries_a_long_secret(code: QrCode) -> Answer:
    """One QR code holds an https address with a secret in its fragment: 112 bits, with the password under the code."""
    if code.symbols != 1:
        return unexpected(WHERE, "one symbol that can be read", f"{code.symbols}")
    if code.scheme != "https":
        return unexpected(WHERE, "an https address", code.address or "no address")
    if not code.secret_bits or code.bits < BITS_WITHOUT_IDENTIFIER:
        return unexpected(WHERE, f"a secret of at least {BITS_WITHOUT_IDENTIFIER} bits", f"{code.bits} bits")
    if code.parts > 1:
        return CannotTell("the fragment has several parts, of which nobody said which is the secret")
    return None


def judge_picture(picture: bytes) -> Answer:
    """The answer of the rule on the binding secret about a PNG; no answer ever holds the secret."""
    return check_for("DPC-ISS-MULTI-02").judge(read_qr_code(picture))
