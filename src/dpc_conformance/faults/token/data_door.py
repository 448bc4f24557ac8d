"""How a seeded defect changes the data of a token, and what such changes have in common."""

from collections.abc import Callable, Mapping

from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.faults.registry import fault
from dpc_conformance.formats import containers
from dpc_conformance.formats.containers import Container
from dpc_conformance.reference.card import card_data
from dpc_conformance.reference.card.content_signing import ContentSigner
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.token.mould import HASHED
from dpc_conformance.reference.token.virtual_token import VirtualToken

Change = Callable[[VirtualToken, Scene], None]
VCI_WITHOUT_PAIRING_CODE = bytes.fromhex("4C00")
CS2 = 0x27


def data_fault(name: str, trips: set[str], breaks: Mapping[str, str] | None = None) -> Callable[[Change], Change]:
    """Declare a defect in the data of a token: the function changes one token of a scene."""

    def declare(change: Change) -> Change:
        @fault(name, trips, breaks)
        def swap(scene: Scene) -> None:
            scene.on_token.append(lambda token: change(token, scene))

        return change

    return declare


def content(token: VirtualToken, container: Container) -> bytes:
    """What stands inside 53, or inside the own tag."""
    return token.application.objects.content(container)


def put(token: VirtualToken, container: Container, value: bytes, seal: bool = False) -> None:
    """Replace the content of a container; with `seal` the Security Object is signed again, so that its hashes hold."""
    token.application.objects.put(container, value)
    if seal:
        token.seal()


def seal_over(token: VirtualToken, changed: Mapping[Container, bytes], signer: ContentSigner | None = None) -> None:
    """Sign the Security Object over what the token holds, but for the contents in `changed`."""
    held = {each: content(token, each) for each in HASHED if each.tag in token.application.objects.stored}
    sealed = card_data.security_object({**held, **changed}, signer or token.signer, with_certificate=True)
    token.application.objects.put(containers.SECURITY_OBJECT, sealed)


def certificate_of_signer(scene: Scene) -> bytes:
    """The run's content signing certificate, DER."""
    return scene.stage.pki.content_signer.certificate.public_bytes(Encoding.DER)


def claim_virtual_contact_interface(token: VirtualToken, scene: Scene) -> None:
    """Say in property template and Discovery that there is one, and carry the certificate signer that it needs.

    Only the edition of 2014 finds fault with that, since its Discovery knows the activation secret alone.
    """
    claim_secure_messaging(token)
    discovery = card_data.discovery(token.application.aid, VCI_WITHOUT_PAIRING_CODE)
    put(token, containers.DISCOVERY, discovery, seal=True)
    put(token, containers.SM_CERTIFICATE_SIGNER, card_data.certificate_object(certificate_of_signer(scene)))


def claim_secure_messaging(token: VirtualToken, *suites: int) -> None:
    """List cipher suites in the property template, CS2 unless others are named."""
    application, known = token.application, token.application.properties
    listed = (*known.algorithms, *(suites or (CS2,)))
    application.properties = type(known)(known.whole_aid, known.label, listed)
