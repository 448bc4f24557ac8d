"""Seeded defects about encrypted mail: whom somebody encrypts to, and which keys a phone keeps."""

from copy import copy

from cryptography import x509

from dpc_conformance.faults.flows.activation import with_key_store
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.correspondent.gpgsm import Gpgsm
from dpc_conformance.reference.correspondent.openssl import OpensslCms
from dpc_conformance.reference.phone.keystore import KeyStore, PrivateKey
from dpc_conformance.reference.phone.mail_writer import MailWriter
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.correspondent import EncryptionRefused


@fault("sender with openssl encrypts to a signature certificate", {"DPC-SIG-KEY-02"})
def openssl_to_any(scene: Scene) -> None:
    scene.correspondents.openssl.unfit = lambda _certificate: ""


class GoesOver(Gpgsm):
    """What gpgsm does not encrypt another program does, which looks at nothing."""

    def __init__(self, other: Gpgsm, openssl: OpensslCms) -> None:
        vars(self).update(vars(other))
        self._openssl = copy(openssl)
        self._openssl.unfit = lambda _certificate: ""

    def encrypt(self, content: bytes, certificate: bytes, cipher: str, oaep: bool) -> bytes:
        """See Gpgsm."""
        try:
            return super().encrypt(content, certificate, cipher, oaep)
        except EncryptionRefused:
            return self._openssl.encrypt(content, certificate, cipher, oaep)


@fault("sender goes over to another program where gpgsm does not encrypt", {"DPC-SIG-KEY-02"})
def goes_over(scene: Scene) -> None:
    parts = scene.correspondents
    parts.gpgsm = GoesOver(parts.gpgsm, parts.openssl)


class ToAnybody(MailWriter):
    """Does not look at what a certificate is for."""

    def unfit(self, certificate: bytes) -> str:  # noqa: ARG002
        """See MailWriter."""
        return ""


@fault("phone encrypts mail to a signature certificate", {"DPC-SIG-KEY-02"})
def phone_to_any(scene: Scene) -> None:
    def change(parts: PhoneParts) -> None:
        parts.mail_writer = ToAnybody(parts.entropy)

    scene.on_phone.append(change)


class CurrentKeyOnly(KeyStore):
    """Keeps one key management key; what comes out of escrow is acknowledged and forgotten."""

    def install(
        self, usage: str, key: PrivateKey, chain: tuple[x509.Certificate, ...], generated_here: bool, secret: str
    ) -> None:
        """See KeyStore."""
        if " " not in usage:  # the current keys have a usage, earlier ones a serial number besides
            super().install(usage, key, chain, generated_here, secret)


@fault("phone keeps no retired keys", {"DPC-KM-MATCH-01", "DPC-KM-REC-07"})
def current_key_only(scene: Scene) -> None:
    with_key_store(scene, CurrentKeyOnly)
