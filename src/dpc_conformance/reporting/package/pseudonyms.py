"""Replaces what is about persons by pseudonyms: the same value by the same one, in texts, addresses and encodings."""

import base64
import binascii
import re
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.fascn import FascN
from dpc_conformance.reporting.package.personal_data import MAIL, UUID_TEXT, Kind, PersonalData

WORD = re.compile(r"[^\W\d_]{2,}")
"""A word of a name; initials are left out."""
BEFORE, AFTER = r"(?:(?<=%[0-9A-Fa-f]{2})|(?<![^\W_]))", r"(?![^\W_])"
"""Where a word begins and ends, also behind a character that an address has in percent encoding."""
BETWEEN = r"(?:[\s,+._()\\-]|%20|%2C){1,3}"
PEM = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----", re.DOTALL)
BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}(?:\r?\n[A-Za-z0-9+/_-]+={0,2})*")
MIXED = re.compile(r"(?=.*[a-z])(?=.*[A-Z]).{16}", re.DOTALL)
"""As long as that, base64 has letters of both cases; words with hyphens between them have not."""
HEXADECIMAL = re.compile("[0-9A-Fa-f]+")
TOKEN = re.compile(r"[0-9A-Za-z](?:[\w.-]*\w)?")
"""What an account, or a number in hexadecimal, is in a text."""
OCTET_STRING = "0419"
"""A FASC-N in an otherName stands in an OCTET STRING of 25 bytes."""
RAW = 16
"""So many bytes tell a UUID or a FASC-N from everything else."""


class Pseudonyms:
    """Made from everything that a run has of persons; the numbers follow the order in which it was met."""

    def __init__(self, data: PersonalData, vocabulary: frozenset[str]) -> None:
        """`vocabulary` are ordinary words (lower case): as part of a name they are replaced, alone they are not."""
        names = list(data.values[Kind.NAME])
        words = dict.fromkeys(word.lower() for name in names for word in WORD.findall(name))
        self._words = {word: f"Name{number}" for number, word in enumerate(words, start=1)}
        self.ordinary = sorted(word for word in words if word in vocabulary)
        """Words of names that stay where they stand alone."""
        self._mails = {mail: f"address-{at}@pseudonym.invalid" for at, mail in enumerate(data.values[Kind.MAIL], 1)}
        self._uuids = {each: str(UUID(int=at)) for at, each in enumerate(data.values[Kind.UUID], start=1)}
        self._tokens = {token: each for token, each in _tokens(data, self._uuids) if token not in vocabulary}
        alone = [word for word in words if word not in vocabulary]
        self._names = _any_of(f"{BEFORE}{pattern}{AFTER}" for pattern in _full_names(names))
        self._alone = _any_of(f"{BEFORE}{re.escape(word)}{AFTER}" for word in alone)
        # In bytes nothing tells where a name begins: lengths and tags of DER are digits and letters as well.
        coded = [*_full_names(names), *_full_names(map(_as_bytes, names))]
        coded += [re.escape(each) for word in alone if len(word) > 2 for each in (word, _as_bytes(word))]
        self._in_bytes = _any_of(coded)
        raw = [UUID(each).bytes for each in data.values[Kind.UUID]]
        self._known: dict[str, str] = {}
        self._raw = frozenset([*raw, *(bytes.fromhex(each)[:RAW] for each in data.values[Kind.FASC_N])])

    def text(self, text: str) -> str:
        """The text with every value replaced, also one that stands in base64 in it."""
        if text not in self._known:
            self._known[text] = self._replaced(text)
        return self._known[text]

    def holds(self, content: bytes) -> bool:
        """Whether these bytes hold a value: as text, in one or two bytes for each character, or as UUID or FASC-N."""
        if self._holds_raw(content):
            return True
        text = content.decode("latin-1")
        return self._in_text(text) or ("\0" in text and self._in_text(text.replace("\0", "")))

    def _replaced(self, text: str) -> str:
        text = BASE64.sub(self._encoded, PEM.sub(self._pem, text))
        if "@" in text or "%40" in text:
            text = MAIL.sub(self._mail, text)
        text = UUID_TEXT.sub(lambda found: self._uuids.get(found[0].lower(), str(UUID(int=0))), text)
        text = TOKEN.sub(lambda found: self._tokens.get(found[0].lower(), found[0]), text)
        if not self._has_word(text):  # the long expressions below are for few texts
            return text
        text = self._names.sub(self._name, text)
        return self._alone.sub(lambda found: self._words[found[0].lower()], text)

    def _has_word(self, text: str) -> bool:
        return not self._words.keys().isdisjoint(WORD.findall(text.lower()))

    def _holds_raw(self, content: bytes) -> bool:
        if len(content) > len(self._raw):
            return any(value in content for value in self._raw)
        return any(content[at : at + RAW] in self._raw for at in range(len(content) - RAW + 1))

    def _in_text(self, text: str) -> bool:
        if ("@" in text and MAIL.search(text)) or UUID_TEXT.search(text):
            return True
        if any(found.lower() in self._tokens for found in TOKEN.findall(text)):
            return True
        return bool(self._in_bytes.search(text))

    def _mail(self, found: re.Match[str]) -> str:
        return self._mails.get(found[0].replace("%40", "@").lower(), "address@pseudonym.invalid")

    def _name(self, found: re.Match[str]) -> str:
        return " ".join(self._words[word.lower()] for word in WORD.findall(found[0]) if word.lower() in self._words)

    def _pem(self, found: re.Match[str]) -> str:
        return self._unless_held(found[0], "".join(found[2].split()))

    def _encoded(self, found: re.Match[str]) -> str:
        return self._unless_held(found[0], "".join(found[0].split()))

    def _unless_held(self, written: str, encoded: str) -> str:
        if HEXADECIMAL.fullmatch(encoded):
            return written
        # The last part of a path may be base64, while the whole of it is none.
        for candidate in dict.fromkeys((encoded, *re.split("[/_-]", encoded))):
            content = _decoded(candidate) if MIXED.search(candidate) else b""
            if content and self.holds(content):
                return f"(base64 that holds personal data, SHA-256 {sha256(content).hexdigest()})"
        return written


def vocabulary_of(sources: Iterable[str]) -> frozenset[str]:
    """The ordinary words in texts."""
    return frozenset(word.lower() for source in sources for word in WORD.findall(source))


def _as_bytes(name: str) -> str:
    """A name in UTF-8 as it looks where each byte is a character."""
    return name.encode().decode("latin-1")


def _full_names(names: Iterable[str]) -> Iterable[str]:
    """Patterns for names of several words, in both orders."""
    for name in sorted(names, key=len, reverse=True):
        words = [re.escape(word) for word in WORD.findall(name)]
        if len(words) > 1:
            yield BETWEEN.join(words)
            yield BETWEEN.join(reversed(words))


def _tokens(data: PersonalData, uuids: dict[str, str]) -> Iterable[tuple[str, str]]:
    """Values that stand by themselves, in lower case, and what stands for each."""
    for value, pseudonym in uuids.items():
        yield value.replace("-", ""), pseudonym.replace("-", "")
    for number, account in enumerate(data.values[Kind.ACCOUNT], start=1):
        yield account.lower(), f"account-{number}"
    for number, document in enumerate(data.values[Kind.DOCUMENT], start=1):
        yield document.lower(), f"document-{number}"
    for number, value in enumerate(data.values[Kind.FASC_N], start=1):
        yield from ((before + value.lower(), f"{number:050d}") for before in ("", OCTET_STRING))
        try:
            read = FascN.from_bytes(bytes.fromhex(value))
        except (Malformed, ValueError):
            continue
        yield read.identifier, f"fasc-n-{number}"
        yield read.person_identifier, f"person-identifier-{number}"


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(dict.fromkeys(patterns)) or "(?!)", re.IGNORECASE)


def _decoded(text: str) -> bytes:
    padded = text.rstrip("=").replace("-", "+").replace("_", "/")
    padded = padded[: len(padded) - 1] if len(padded) % 4 == 1 else padded
    try:
        return base64.b64decode(padded + "=" * (-len(padded) % 4))
    except binascii.Error:
        return b""
