"""Writes a card as an image that `image.py` loads, with the keys in PKCS#12 files without a password."""

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, pkcs12

from dpc_conformance.formats import containers
from dpc_conformance.reference.card.image import CHUID_FILE, DISCOVERY_FILE, KEY_FILES, OTHER_FILES
from dpc_conformance.reference.card.personalise import certificate_on
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.card.wire import tlv
from dpc_conformance.reference.pki.keys import write_private


def write_image(card: VirtualCard, folder: Path) -> None:
    """Put the card's objects and keys into a folder that is there; its owner alone reads the keys. Raises OSError."""
    objects = card.application.objects
    files = {CHUID_FILE: containers.CHUID, **OTHER_FILES}
    for name, container in files.items():
        if content := objects.content(container):
            (folder / name).write_bytes(content)
    discovery = objects.content(containers.DISCOVERY)
    (folder / DISCOVERY_FILE).write_bytes(tlv(containers.DISCOVERY.tag, discovery))
    for pattern, reference in KEY_FILES.items():
        name = pattern.replace("*", "")
        certificate = x509.load_der_x509_certificate(certificate_on(card, reference))
        (folder / f"{name}.crt").write_bytes(certificate.public_bytes(Encoding.PEM))
        key = card.application.keys[reference].private
        # Without the certificate, which lies beside it: a card's key need not belong to it.
        store = pkcs12.serialize_key_and_certificates(None, key, None, None, NoEncryption())
        write_private(folder / f"{name}.p12", store)
