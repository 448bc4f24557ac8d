"""A kit as it lies in a folder: read and checked in full before anybody relies on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from dpc_conformance.entropy import SystemEntropy
from dpc_conformance.reference.card.image import DEFAULT_GLOBAL_PIN, CardImageError, load
from dpc_conformance.reference.card.personalise import certificate_on
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.kit import tables
from dpc_conformance.reference.kit.base_url import BaseUrl
from dpc_conformance.reference.kit.tables import CardsTable, KitCard, KitTable
from dpc_conformance.reference.pki.authority import Authority
from dpc_conformance.reference.pki.hierarchy import POLICIES
from dpc_conformance.reference.pki.keys import PrivateKey
from dpc_conformance.reference.pki.naming import Places
from dpc_conformance.reference.pki.responders import Responders
from dpc_conformance.reference.pki.revocation import Revocation, RevocationList, reason_of
from dpc_conformance.toml_file import read_model

Read = TypeVar("Read")


class KitError(ValueError):
    """The folder holds no whole kit; one sentence with the file and what was expected."""


@dataclass(frozen=True)
class Kit:
    """`authorities` are root, intermediate and PIV CA with their keys, `responder_keys` by their key identifier."""

    folder: Path
    table: KitTable
    url: BaseUrl
    cards: Mapping[str, KitCard]
    authorities: tuple[Authority, ...]
    responder_keys: Mapping[bytes, PrivateKey] = field(repr=False)

    @classmethod
    def read(cls, folder: Path) -> "Kit":
        """Everything in it, each file held against its hash. Raises KitError."""
        table = read_model(folder / tables.KIT_FILE, KitTable, KitError)
        _expect_whole(folder)
        cards = read_model(folder / tables.CARDS_FILE, CardsTable, KitError).card
        url = _or_wrong(folder / tables.KIT_FILE, "a base_url as a kit has it", lambda: BaseUrl.parse(table.base_url))
        places = Places.below(url.text)
        authorities = tuple(_authority(folder, name, places) for name in tables.PUBLISHING)
        responders = {each.key_identifier: _key(folder, f"{each.name}-ocsp") for each in authorities}
        return cls(folder, table, url, {each.kind: each for each in cards}, authorities, responders)

    @property
    def root(self) -> x509.Certificate:
        """What a product trusts."""
        return self.authorities[0].certificate

    @property
    def intermediates(self) -> list[x509.Certificate]:
        """The CAs below it."""
        return [each.certificate for each in self.authorities[1:]]

    def ended(self, now: datetime) -> bool:
        """Whether some cards are no longer what they are said to be."""
        return now > self.table.ends

    def card(self, kind: str) -> tuple[VirtualCard, bytes]:
        """A card as it comes from its box, and its PIV Authentication certificate (DER). KitError where it is damaged.

        KeyError for a kind that the kit does not have.
        """
        known = self.cards[kind]
        try:
            image = load(
                self.folder / tables.CARDS / kind,
                known.application_pin or known.pin,
                known.pin if known.application_pin else DEFAULT_GLOBAL_PIN,
            )
        except CardImageError as problem:
            raise KitError(str(problem)) from None
        return image.card, certificate_on(image.card)

    def revocations(self) -> RevocationList:
        """What its service has on its lists."""
        found, issuer = RevocationList(), self.authorities[-1]
        for each in self.table.revoked:
            found.add(issuer, Revocation(int(each.serial_number, 16), each.since, reason_of(each.reason)))
        return found

    def responders(self) -> Responders:
        """Its OCSP responders, with certificates for the moment at which they answer."""
        return Responders(self.responder_keys, POLICIES, self.table.made, SystemEntropy())


def _expect_whole(folder: Path) -> None:
    """Every file that the kit was made with is there and as it was."""
    sums = folder / tables.SUMS_FILE
    lines = _or_wrong(sums, "the hashes of the kit's files", lambda: sums.read_text(encoding="utf-8").splitlines())
    listed = {name: known for known, separator, name in (line.partition("  ") for line in lines) if separator}
    if not listed.keys() >= {tables.KIT_FILE, tables.CARDS_FILE}:
        raise KitError(f"{sums}: expected the hashes of the kit's files")
    for name, known in listed.items():
        path = folder / name
        content = _or_wrong(path, "a file of the kit", path.read_bytes)
        if sha256(content).hexdigest() != known:
            raise KitError(f"{path}: expected the file as it was when the kit was made; it is cut off or changed")


def _authority(folder: Path, name: str, places: Places) -> Authority:
    path = folder / (tables.ROOTS if name == "root" else tables.AUTHORITIES) / f"{name}.pem"
    certificate = _or_wrong(path, "a certificate in PEM", lambda: x509.load_pem_x509_certificate(path.read_bytes()))
    return Authority(name, certificate, _key(folder, name), places)


def _key(folder: Path, name: str) -> PrivateKey:
    path = folder / tables.KEYS / f"{name}.pem"
    key = _or_wrong(path, "a private key in PEM", lambda: load_pem_private_key(path.read_bytes(), None))
    if not isinstance(key, PrivateKey):
        raise KitError(f"{path}: expected an RSA or EC key")
    return key


def _or_wrong(path: Path, expected: str, read: Callable[[], Read]) -> Read:
    try:
        return read()
    except OSError as problem:
        raise KitError(f"{path}: expected {expected}, which cannot be read: {problem.strerror}") from None
    except (ValueError, TypeError):
        raise KitError(f"{path}: expected {expected}") from None
