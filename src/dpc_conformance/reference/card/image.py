"""Loads a card image in the folder format of the GSA ICAM test cards: real data that nobody of this project wrote.

The folder is read in place. One file holds one container; a certificate often stands twice, the first name counts.
"""

import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from dpc_conformance.formats import containers
from dpc_conformance.formats.containers import Container
from dpc_conformance.formats.pem import certificates_in_pem
from dpc_conformance.reference.card.application import PivApplication
from dpc_conformance.reference.card.card_data import certificate_object
from dpc_conformance.reference.card.keys import CardKey, PrivateKey, card_key
from dpc_conformance.reference.card.objects import DataObjects
from dpc_conformance.reference.card.pins import Pin, Pins
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.card.wire import Refused, template

DEFAULT_PIN = "123456"
DEFAULT_GLOBAL_PIN = "654321"
LARGEST_FILE = 1 << 20

DISCOVERY_FILE = "1 - Discovery Object"
CHUID_FILE = "8 - CHUID Object"
OTHER_FILES = {
    "2 - Security Object": containers.SECURITY_OBJECT,
    "7 - CCC": containers.CCC,
    "9 - Fingerprints": containers.FINGERPRINTS,
    "10 - Face Object": containers.FACIAL_IMAGE,
    "11 - Printed Information": containers.PRINTED_INFORMATION,
    "13 - Key History Object": containers.KEY_HISTORY,
}
KEY_FILES = {
    "3 - *PIV_Auth*": containers.PIV_AUTHENTICATION_KEY,
    "4 - *Dig_Sig*": containers.SIGNATURE_KEY,
    "5 - *Key_Mgmt*": containers.KEY_MANAGEMENT_KEY,
    "6 - *Card_Auth*": containers.CARD_AUTHENTICATION_KEY,
}
ALWAYS_THERE = (containers.PIV_AUTHENTICATION_KEY,)
"""Without its files, and that of the CHUID, a folder is none of a card."""
RETIRED_KEY_FILES = {f"{14 + n} - *Key_Hist{n + 1}*": 0x82 + n for n in range(5)}


class CardImageError(Exception):
    """The image cannot be loaded; the sentence names the file and the container it should hold."""

    def __init__(self, path: Path, container: Container | None, problem: str) -> None:
        where = f" ({container.name}, tag {container.tag.hex().upper()})" if container else ""
        super().__init__(f"{path}: {problem}{where}")
        self.path, self.container = path, container


@dataclass(frozen=True)
class CardImage:
    """A loaded card and which PIN its holder would type: `pin_reference` is 80, or 00 where Discovery prefers it."""

    card: VirtualCard
    pin: str = field(repr=False)
    pin_reference: int


def load(folder: Path, pin: str = DEFAULT_PIN, global_pin: str = DEFAULT_GLOBAL_PIN) -> CardImage:
    """The card in that folder; the images record no PIN, so the reader chooses. Raises CardImageError."""
    try:
        return _load(folder, pin, global_pin)
    except OSError as problem:
        raise CardImageError(Path(problem.filename or folder), None, f"cannot be read: {problem.strerror}") from None


def _load(folder: Path, pin: str, global_pin: str) -> CardImage:
    if not folder.is_dir():
        raise CardImageError(folder, None, "expected the folder of a card image, there is none")
    objects = DataObjects()
    policy = _load_discovery(folder, objects)
    objects.put(containers.CHUID, _content(folder / CHUID_FILE, containers.CHUID))
    for name, container in OTHER_FILES.items():
        # What has no file is not on the card, mandatory or not: some of the cards lack an object on purpose.
        if (folder / name).exists():
            objects.put(container, _content(folder / name, container))
    keys = dict(_keys(folder, objects))
    pins = {containers.APPLICATION_PIN: Pin(pin)}
    if policy[:1] and policy[0] & 0x20:
        pins[containers.GLOBAL_PIN] = Pin(global_pin)
    global_first = len(pins) == 2 and policy[1:] == b"\x20"
    return CardImage(
        VirtualCard(PivApplication(objects, Pins(pins), keys)),
        global_pin if global_first else pin,
        containers.GLOBAL_PIN if global_first else containers.APPLICATION_PIN,
    )


def _load_discovery(folder: Path, objects: DataObjects) -> bytes:
    path, container = folder / DISCOVERY_FILE, containers.DISCOVERY
    if not path.exists():
        return b""
    content = _objects(_bytes(path, container), path, container).get(0x7E)
    if content is None:
        raise CardImageError(path, container, "expected an object with tag 7E")
    objects.put(container, content)
    return content[content.index(b"\x5f\x2f\x02") + 3 :][:2] if b"\x5f\x2f\x02" in content else b""


def _content(path: Path, container: Container) -> bytes:
    content = _bytes(path, container)
    _objects(content, path, container)
    return content


def _bytes(path: Path, container: Container) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise CardImageError(path, container, "expected a file")
        if found.st_size > LARGEST_FILE:
            raise CardImageError(path, container, f"{found.st_size} bytes are more than any container holds")
        return path.read_bytes()
    except FileNotFoundError:
        raise CardImageError(path, container, "the file is missing") from None
    except OSError as problem:
        raise CardImageError(path, container, f"cannot be read: {problem.strerror}") from None


def _objects(content: bytes, path: Path, container: Container) -> dict[int, bytes]:
    if not content:
        raise CardImageError(path, container, "the file is empty")
    try:
        return template(content)
    except Refused:
        raise CardImageError(path, container, "the file is cut off or is not BER-TLV") from None


def _keys(folder: Path, objects: DataObjects) -> Iterator[tuple[int, CardKey]]:
    for pattern, reference in (KEY_FILES | RETIRED_KEY_FILES).items():
        container = containers.CERTIFICATE_OF_KEY[reference]
        found = sorted(folder.glob(pattern + ".crt"))
        stores = sorted(folder.glob(pattern + ".p12"))
        if not (found or stores) and reference not in ALWAYS_THERE:
            continue
        certificate = _certificate(found[0] if found else folder / (pattern + ".crt"), container)
        objects.put(container, certificate_object(certificate))
        yield reference, card_key(reference, _private(stores[0] if stores else folder / (pattern + ".p12"), container))


def _certificate(path: Path, container: Container) -> bytes:
    """DER, whatever it holds: some of the cards are wrong on purpose, and judging them is not the loader's business."""
    try:
        return certificates_in_pem(_bytes(path, container))[0]
    except ValueError:
        raise CardImageError(path, container, "expected a certificate in PEM") from None


def _private(path: Path, container: Container) -> PrivateKey:
    try:
        key = pkcs12.load_key_and_certificates(_bytes(path, container), b"")[0]
    except ValueError:
        raise CardImageError(path, container, "expected a PKCS#12 file with an empty password") from None
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise CardImageError(path, container, "expected an RSA or EC key in the PKCS#12 file")
    return key
