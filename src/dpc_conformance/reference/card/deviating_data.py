"""Puts wrong data on a finished card: keys and certificates are good, so that TLS sees nothing of it."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from cryptography import x509

from dpc_conformance.formats import containers
from dpc_conformance.reference.card import biometrics, card_data
from dpc_conformance.reference.card.content_signing import ContentSigner
from dpc_conformance.reference.card.fascn_writer import fasc_n
from dpc_conformance.reference.card.objects import DataObjects
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.card.wire import template, tlv
from dpc_conformance.reference.pki.authority import Identity

Alteration = Callable[[VirtualCard, ContentSigner], None]
FASC_N, GUID, EXPIRATION = 0x30, 0x34, 0x35
CERTIFICATE = 0x70
ANOTHER_FASC_N = fasc_n("4700", "0001", "999999", "9999999999")
ANOTHER_UUID = uuid.UUID("99999999-9999-4999-8999-999999999999")


def expired_yesterday(card: VirtualCard, signer: ContentSigner) -> None:
    """The CHUID's last day is yesterday; everything is signed as it should be."""
    _new_chuid(card, signer, expires=(signer.now - timedelta(days=1)).date())


def of_another_card(card: VirtualCard, signer: ContentSigner) -> None:
    """The CHUID has the FASC-N of another card; everything is signed as it should be."""
    _new_chuid(card, signer, number=ANOTHER_FASC_N)


def with_another_uuid(card: VirtualCard, signer: ContentSigner) -> None:
    """The CHUID has the UUID of another card; everything is signed as it should be."""
    _new_chuid(card, signer, guid=ANOTHER_UUID)


def altered_after_signing(card: VirtualCard, signer: ContentSigner) -> None:
    """Tag 35 of the CHUID grants ten years more than was signed; the Security Object has the hash of what is there."""
    objects = card.application.objects
    fields = template(objects.content(containers.CHUID))
    last_day = fields[EXPIRATION].decode()
    fields[EXPIRATION] = f"{int(last_day[:4]) + 10}{last_day[4:]}".encode()
    objects.put(containers.CHUID, b"".join(tlv(bytes([tag]), value) for tag, value in fields.items()))
    _sign_hashes(objects, signer)


def signed_by_the_cardholder(card: VirtualCard, signer: ContentSigner) -> None:
    """The card's own Digital Signature key signed CHUID and Security Object."""
    _new_chuid(card, _cardholder(card, signer))


def hashes_signed_by_the_cardholder(card: VirtualCard, signer: ContentSigner) -> None:
    """The card's own Digital Signature key signed the Security Object; the CHUID is as it was."""
    _sign_hashes(card.application.objects, _cardholder(card, signer))


def altered_object(card: VirtualCard, signer: ContentSigner) -> None:  # noqa: ARG001
    """The Card Capability Container is another one than the Security Object lists."""
    card.application.objects.put(containers.CCC, card_data.capability_container(bytes(14)))


def expired_biometrics(card: VirtualCard, signer: ContentSigner) -> None:
    """Fingerprints and facial image counted until yesterday."""
    _new_biometrics(card, signer, signer.now - timedelta(days=1))


def biometrics_ending_first(card: VirtualCard, signer: ContentSigner) -> None:
    """Fingerprints and facial image count for a year, the card for years."""
    _new_biometrics(card, signer, signer.now + timedelta(days=365))


def broken_certificate(card: VirtualCard, signer: ContentSigner) -> None:  # noqa: ARG001
    """One bit of the signature of the PIV Authentication certificate is another one."""
    objects = card.application.objects
    fields = template(objects.content(containers.PIV_AUTHENTICATION_CERTIFICATE))
    certificate = fields[CERTIFICATE]
    fields[CERTIFICATE] = certificate[:-1] + bytes([certificate[-1] ^ 1])
    content = b"".join(tlv(bytes([tag]), value) for tag, value in fields.items())
    objects.put(containers.PIV_AUTHENTICATION_CERTIFICATE, content)


ALTERATIONS: Mapping[str, Alteration] = {
    "chuid-expired": expired_yesterday,
    "chuid-altered": altered_after_signing,
    "chuid-of-another-card": of_another_card,
    "chuid-with-another-uuid": with_another_uuid,
    "chuid-signed-by-cardholder": signed_by_the_cardholder,
    "security-object-signed-by-cardholder": hashes_signed_by_the_cardholder,
    "object-altered": altered_object,
    "biometrics-expired": expired_biometrics,
    "biometrics-end-first": biometrics_ending_first,
}
"""By the kind of card in the stock."""


def _new_chuid(
    card: VirtualCard,
    signer: ContentSigner,
    number: bytes | None = None,
    guid: uuid.UUID | None = None,
    expires: date | None = None,
) -> None:
    objects = card.application.objects
    fields = template(objects.content(containers.CHUID))
    last_day = expires or date.fromisoformat(fields[EXPIRATION].decode())
    content = card_data.chuid(number or fields[FASC_N], guid or uuid.UUID(bytes=fields[GUID]), last_day, signer)
    objects.put(containers.CHUID, content)
    _sign_hashes(objects, signer)


def _new_biometrics(card: VirtualCard, signer: ContentSigner, end: datetime) -> None:
    objects = card.application.objects
    fields = template(objects.content(containers.CHUID))
    begin = end - timedelta(days=365)
    enrollment = biometrics.Enrollment(fields[FASC_N], uuid.UUID(bytes=fields[GUID]), begin, end)
    for container in (containers.FINGERPRINTS, containers.FACIAL_IMAGE):
        objects.put(container, biometrics.renewed(objects.content(container), enrollment, signer))
    _sign_hashes(objects, signer)


def _sign_hashes(objects: DataObjects, signer: ContentSigner) -> None:
    contents = {container: objects.content(container) for container in card_data.HASHED}
    objects.put(containers.SECURITY_OBJECT, card_data.security_object(contents, signer))


def _cardholder(card: VirtualCard, signer: ContentSigner) -> ContentSigner:
    content = template(card.application.objects.content(containers.SIGNATURE_CERTIFICATE))[0x70]
    key = card.application.keys[containers.SIGNATURE_KEY].private
    return replace(signer, identity=Identity(x509.load_der_x509_certificate(content), key))
