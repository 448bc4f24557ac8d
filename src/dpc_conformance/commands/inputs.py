"""Reads what is to be judged: PEM with any number of blocks, DER, PKCS#7, PKCS#12, folders and standard input."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dpc_conformance.commands.bundles import AskPassword, Found, from_pkcs7, from_pkcs12
from dpc_conformance.commands.der_kind import Kind, kind_of
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.pem import BEGIN, blocks

MOST_BYTES = 1 << 28
"""Of one file: the longest CRL that is read."""
MOST_FILES = 10_000
"""In one call; `dpc audit` is made for more."""
STANDARD_INPUT = "-"
CERTIFICATE_SUFFIXES = frozenset({".cer", ".crt", ".der"})
SUFFIXES = CERTIFICATE_SUFFIXES | {".pem", ".crl", ".ocsp", ".ors", ".p7b", ".p7c", ".p12", ".pfx"}
"""Which files of a folder are read."""
LABELS = {
    "CERTIFICATE": Kind.CERTIFICATE,
    "X509 CERTIFICATE": Kind.CERTIFICATE,
    "X509 CRL": Kind.CRL,
    "OCSP RESPONSE": Kind.OCSP_RESPONSE,
    "PKCS7": Kind.PKCS7,
    "CMS": Kind.PKCS7,
}
"""Labels of PEM blocks that are read; others, such as private keys, are passed over."""


@dataclass(frozen=True)
class Item:
    """One object: `name` says where it stands (`chain.pem#2` is the second in that file), `kind` what it is."""

    name: str
    kind: Kind
    der: bytes


class Reader:
    """Reads files; `password` opens PKCS#12 files, `ask` is asked when they are locked and it is None."""

    def __init__(self, password: bytes | None = None, ask: AskPassword | None = None) -> None:
        self._password = password
        self._ask: AskPassword = ask or _nobody

    def items(self, sources: Iterable[str]) -> list[Item]:
        """Every object in files, folders and `-`, in their order; what is named twice is there once.

        Raises BadInput when one of them holds nothing.
        """
        found: list[Item] = []
        for source in sources:
            found += self._folder(Path(source)) if _is_folder(source) else self.file(source)
        return list(dict.fromkeys(found))

    def file(self, source: str) -> list[Item]:
        """The objects in one file or in standard input (`-`)."""
        name = "standard input" if source == STANDARD_INPUT else str(Path(source))
        items = self.parsed(name, read_bytes(source))
        if not items:
            raise BadInput(f"{name}: expected a certificate, CRL or OCSP response, found none")
        return items

    def parsed(self, name: str, data: bytes) -> list[Item]:
        """The objects in the contents of a file."""
        found = list(self._from_pem(data, name) if BEGIN in data else self._from_der(data, name))
        if len(found) == 1:
            return [Item(name, *found[0])]
        return [Item(f"{name}#{number}", kind, der) for number, (kind, der) in enumerate(found, 1)]

    def _folder(self, folder: Path) -> list[Item]:
        files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
        if len(files) > MOST_FILES:
            raise BadInput(f"{folder}: {len(files)} files; expected at most {MOST_FILES}, `dpc audit` takes more")
        # A PEM file with nothing but a key is usual beside a certificate, so a folder may hold such files.
        items = [item for path in files for item in self.parsed(str(path), read_bytes(str(path)))]
        if not items:
            raise BadInput(f"{folder}: expected certificates, CRLs or OCSP responses, found none")
        return items

    def _from_pem(self, data: bytes, name: str) -> Iterator[tuple[Kind, bytes]]:
        for number, block in enumerate(blocks(data), 1):
            kind = LABELS.get(block.label)
            if kind is None:
                continue
            if block.data is None:
                raise BadInput(f"{name}: block {number}, {block.label}: expected base64")
            yield from from_pkcs7(block.data, name) if kind is Kind.PKCS7 else [(kind, block.data)]

    def _from_der(self, data: bytes, name: str) -> Found:
        kind = kind_of(data)
        if kind is Kind.PKCS7:
            return from_pkcs7(data, name)
        if kind is Kind.PKCS12:
            return from_pkcs12(data, name, self._password, self._ask)
        if kind is Kind.REQUEST:
            raise BadInput(f"{name}: expected a certificate, found a request for one")
        if kind is Kind.NOTHING:
            # Damage that spares nothing but the name of the file is still damage to a certificate.
            return [(Kind.CERTIFICATE, data)] if data and Path(name).suffix.lower() in CERTIFICATE_SUFFIXES else []
        return [(kind, data)]


def _nobody(_name: str) -> bytes | None:
    return None


def read_bytes(source: str) -> bytes:
    """The contents of a file or of standard input (`-`), read no further than allowed. BadInput."""
    try:
        if source == STANDARD_INPUT:
            return _limited(sys.stdin.buffer, "standard input")
        with Path(source).open("rb") as stream:
            return _limited(stream, source)
    except OSError as problem:
        raise BadInput(f"{source}: expected a file that can be read ({problem.strerror or problem})") from None


def _limited(stream: BinaryIO, name: str) -> bytes:
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise BadInput(f"{name}: expected at most {MOST_BYTES >> 20} MiB")
    return data


def _is_folder(source: str) -> bool:
    return source != STANDARD_INPUT and Path(source).is_dir()
