"""What the defects of card data share: cards changed as they are made, objects and certificates signed again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.entropy import Entropy
from dpc_conformance.formats import ber, containers
from dpc_conformance.formats.cbeff import CbeffRecord
from dpc_conformance.formats.containers import Container
from dpc_conformance.reference.card import sealing
from dpc_conformance.reference.card.biometrics import Enrollment, facial_image, fingerprints
from dpc_conformance.reference.card.card_data import certificate_object, chuid
from dpc_conformance.reference.card.content_signing import ContentSigner
from dpc_conformance.reference.card.personalise import certificate_on
from dpc_conformance.reference.card.stock import ReferenceCardStock
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.pki.authority import Authority, Identity
from dpc_conformance.reference.scene import Scene

FASC_N, GUID, EXPIRATION = b"\x30", b"\x34", b"\x35"
"""Elements of the CHUID."""


def change_cards(scene: Scene, change: Callable[[VirtualCard], None]) -> None:
    """Have every card changed when it is made. TypeError for cards that somebody else made."""
    if not isinstance(scene.stock, ReferenceCardStock):
        raise TypeError("only cards that the reference makes can be given a defect")
    scene.stock.on_card.append(change)


def signer_of(scene: Scene) -> ContentSigner:
    """The content signer that signed the cards."""
    return ContentSigner(scene.stage.pki.content_signer, scene.clock.now())


def put_sealed(scene: Scene, card: VirtualCard, container: Container, content: bytes) -> None:
    """Replace an object, and the Security Object with one that has its hash."""
    card.application.objects.put(container, content)
    sealing.seal(card.application.objects, signer_of(scene))


def elements_of(card: VirtualCard, container: Container) -> dict[bytes, bytes]:
    """The data objects in a container by tag, in their order."""
    return {each.tag: each.value for each in ber.read_all(card.application.objects.content(container))}


def joined(elements: dict[bytes, bytes]) -> bytes:
    """The content of a container from its data objects."""
    return b"".join(ber.write(tag, value) for tag, value in elements.items())


def sign_everything(card: VirtualCard, signer: ContentSigner, entropy: Entropy, number: bytes | None = None) -> None:
    """CHUID, new biometrics and Security Object by that signer, with that FASC-N or the one that the card has."""
    objects, fields = card.application.objects, elements_of(card, containers.CHUID)
    guid = UUID(bytes=fields[GUID])
    record = CbeffRecord.from_bytes(objects.content(containers.FINGERPRINTS))
    enrollment = Enrollment(number or fields[FASC_N], guid, record.created, record.not_after)
    last_day = date.fromisoformat(fields[EXPIRATION].decode())
    objects.put(containers.CHUID, chuid(enrollment.fasc_n, guid, last_day, signer))
    objects.put(containers.FINGERPRINTS, fingerprints(enrollment, signer, entropy))
    objects.put(containers.FACIAL_IMAGE, facial_image(enrollment, signer))
    sealing.seal(objects, signer)


def load_certificate(card: VirtualCard, reference: int) -> x509.Certificate:
    """The certificate of that key on the card."""
    return x509.load_der_x509_certificate(certificate_on(card, reference))


def reissue(scene: Scene, card: VirtualCard, reference: int, *changed: x509.ExtensionType) -> None:
    """Give the key another certificate of the same CA, which differs in these extensions."""
    certificate = certified_again(scene.stage.pki.piv_authority, load_certificate(card, reference), *changed)
    content = certificate_object(certificate.public_bytes(Encoding.DER))
    card.application.objects.put(containers.CERTIFICATE_OF_KEY[reference], content)


def signer_with(scene: Scene, *changed: x509.ExtensionType) -> ContentSigner:
    """The same content signer with another certificate under the same name and number."""
    signer = signer_of(scene)
    certificate = certified_again(scene.stage.pki.piv_authority, signer.identity.certificate, *changed)
    return replace(signer, identity=Identity(certificate, signer.identity.key))


def certified_again(
    authority: Authority, certificate: x509.Certificate, *changed: x509.ExtensionType
) -> x509.Certificate:
    """The certificate with other values of these extensions, criticality as it was, signed by the authority."""
    values = {value.oid: value for value in changed}
    builder = x509.CertificateBuilder(
        certificate.issuer,
        certificate.subject,
        certificate.public_key(),
        certificate.serial_number,
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
    )
    for extension in certificate.extensions:
        builder = builder.add_extension(values.get(extension.oid, extension.value), extension.critical)
    return authority.sign(builder)


def names_in(certificate: x509.Certificate) -> list[x509.GeneralName]:
    """Its subject alternative names."""
    return list(certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value)
