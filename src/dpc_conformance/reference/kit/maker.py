"""Makes a kit: a PKI of its own, a card of each kind, and everything that its status service needs later."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import tomli_w
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from pydantic import BaseModel

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.formats import containers
from dpc_conformance.reference.card.image_writer import write_image
from dpc_conformance.reference.card.personalise import certificate_on
from dpc_conformance.reference.card.stock import HOLDERS, ReferenceCardStock
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.kit import tables
from dpc_conformance.reference.kit.base_url import BaseUrl
from dpc_conformance.reference.kit.readme import readme
from dpc_conformance.reference.kit.special import SPECIAL
from dpc_conformance.reference.kit.tables import CardsTable, Holder, KitCard, KitTable, RevokedCertificate
from dpc_conformance.reference.pki.authority import Authority
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, PrivateKey, write_private
from dpc_conformance.reference.pki.naming import Places
from dpc_conformance.reference.pki.status import StatusService

LIFE = timedelta(days=360)
"""A card that is not yet valid becomes valid a year after it was made."""
HEAD_START = timedelta(hours=1)
"""By how much a product's clock may be slow when it meets a card that was just made."""
SIGN_IN_FILE = "sign-in.p12"


def make_kit(folder: Path, url: BaseUrl, domain: str, now: datetime, entropy: Entropy, pool: KeyPool) -> KitTable:
    """Write a kit into `folder`, which is there and empty. Raises OSError.

    `domain` is that of the cardholders' mail addresses; `pool` gives keys that nobody else may have.
    """
    made = now - HEAD_START
    pki = TestPki(made, now, entropy.branch("pki"), pool, _names(entropy), Places.below(url.text))
    status = StatusService(pki, RunClock(made), entropy.branch("status"))
    stock = ReferenceCardStock(pki, status, RunClock(made), entropy.branch("cards"), pool, lambda *_: None, domain)
    for name in (tables.ROOTS, tables.AUTHORITIES, tables.CARDS):
        (folder / name).mkdir()
    cards = tuple(_write_card(kind, stock, pki, folder) for kind in HOLDERS)
    publishing = [each for each in pki.authorities if each.name in tables.PUBLISHING]
    _write_authorities(publishing, pki.responder_keys, folder)
    revoked = tuple(
        RevokedCertificate(serial_number=f"{each.serial_number:x}", since=each.since, reason=each.reason.value)
        for each in status.revocations.of(pki.piv_authority)
    )
    table = KitTable(format=tables.FORMAT, base_url=url.text, made=made, ends=made + LIFE, revoked=revoked)
    _write_toml(folder / tables.KIT_FILE, table)
    _write_toml(folder / tables.CARDS_FILE, CardsTable(card=cards))
    _write_sums(folder)
    (folder / tables.README_FILE).write_text(readme(table, cards, pki.root), encoding="utf-8")
    return table


def _names(entropy: Entropy) -> str:
    """What the names of its authorities begin with: those of two kits must not be taken for each other."""
    return f"Test Kit {entropy.branch('name').bytes(3).hex().upper()}"


def _write_card(kind: str, stock: ReferenceCardStock, pki: TestPki, folder: Path) -> KitCard:
    card, pin = stock.take(kind)
    person, special = stock.holder_of(kind), SPECIAL[kind]
    place = folder / tables.CARDS / kind
    place.mkdir()
    write_image(card, place)
    write_private(place / SIGN_IN_FILE, _sign_in_store(card, pin, kind, pki))
    pins = card.application.pins.by_reference
    application_pin = pins[containers.APPLICATION_PIN].secret if containers.GLOBAL_PIN in pins else None
    return KitCard(
        kind=kind,
        special=special.sentence,
        pin=pin,
        application_pin=_digits(application_pin),
        open_account=kind != "no-account",
        must_be="refused" if special.reasons else "accepted",
        seen_in=special.seen_in,
        reasons=tuple(each.value for each in special.reasons),
        holder=Holder(
            account=person.account,
            given_name=person.given_name,
            surname=person.surname,
            upn=person.upn,
            mail=person.mail,
        ),
    )


def _digits(secret: str | bytes | None) -> str | None:
    return secret.rstrip(b"\xff").decode() if isinstance(secret, bytes) else secret


def _sign_in_store(card: VirtualCard, pin: str, kind: str, pki: TestPki) -> bytes:
    """PIV Authentication key and certificate with the CAs that a client sends along; the password is the PIN."""
    certificate = x509.load_der_x509_certificate(certificate_on(card))
    issuers = [each for each in (pki.piv_authority, pki.foreign_authority) if _issued(each, certificate)]
    above = [each.certificate for each in issuers]
    above += [pki.intermediate.certificate] if pki.piv_authority in issuers else []
    key, locked = (
        card.application.keys[containers.PIV_AUTHENTICATION_KEY].private,
        BestAvailableEncryption(pin.encode()),
    )
    if key.public_key() != certificate.public_key():
        return pkcs12.serialize_key_and_certificates(kind.encode(), key, None, [certificate, *above], locked)
    return pkcs12.serialize_key_and_certificates(kind.encode(), key, certificate, above, locked)


def _issued(authority: Authority, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(authority.certificate)
    except InvalidSignature:
        return False
    return True


def _write_authorities(authorities: Iterable[Authority], responders: Mapping[bytes, PrivateKey], folder: Path) -> None:
    keys = folder / tables.KEYS
    keys.mkdir(mode=0o700)
    for each in authorities:
        place = folder / (tables.ROOTS if each.certificate.issuer == each.subject else tables.AUTHORITIES)
        (place / f"{each.name}.pem").write_bytes(each.certificate.public_bytes(Encoding.PEM))
        (place / f"{each.name}.der").write_bytes(each.certificate.public_bytes(Encoding.DER))
        for name, key in ((each.name, each.key), (f"{each.name}-ocsp", responders[each.key_identifier])):
            write_private(keys / f"{name}.pem", key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def _write_toml(path: Path, table: BaseModel) -> None:
    """The owner alone reads it: cards.toml has the PINs."""
    write_private(path, tomli_w.dumps(table.model_dump(exclude_none=True)).encode())


def _write_sums(folder: Path) -> None:
    """What `sha256sum --check` reads."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = (f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in files)
    (folder / tables.SUMS_FILE).write_text("".join(lines), encoding="utf-8")
