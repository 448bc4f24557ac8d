"""Seeded defects about signed mail: programs of others that are called otherwise, and a phone that signs otherwise."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.faults.registry import fault
from dpc_conformance.formats.smime import SignedMail
from dpc_conformance.reference.correspondent.gpgsm import Gpgsm
from dpc_conformance.reference.correspondent.gpgsm_words import signature_reason
from dpc_conformance.reference.phone.keystore import ActivatedKey
from dpc_conformance.reference.phone.mail_writer import MailWriter
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.reference.programs.command import Answer
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.correspondent import MailVerdict


@fault("openssl is not asked about revocation of who signed a mail", {"DPC-LC-RP-01", "DPC-LC-RP-02"})
def openssl_without_crls(scene: Scene) -> None:
    scene.correspondents.openssl.status.clear()


@fault("gpgsm is not asked about revocation of who signed a mail", {"DPC-LC-RP-01", "DPC-LC-RP-02"})
def gpgsm_without_crls(scene: Scene) -> None:
    scene.correspondents.gpgsm.more.append("--disable-crl-checks")


@fault("openssl takes no notice of the time when it verifies a mail", {"DPC-LC-RP-01"})
def openssl_without_time(scene: Scene) -> None:
    scene.correspondents.openssl.minds_time = False


@fault("openssl does not compare a mail with what was signed", {"DPC-SIG-KU-01"})
def openssl_without_content(scene: Scene) -> None:
    scene.correspondents.openssl.more.append("-no_content_verify")


@fault("openssl does not compare the sender of a mail with the certificate", {"DPC-SIG-SAN-01"})
def openssl_without_address(scene: Scene) -> None:
    scene.correspondents.openssl.compares_address = False


@fault("openssl takes any certificate for signed mail", {"DPC-SIG-EKU-01", "DPC-KM-USE-01", "DPC-SIG-SAN-01"})
def openssl_for_any_purpose(scene: Scene) -> None:
    openssl = scene.correspondents.openssl
    openssl.purpose[:] = ["-purpose", "any"]
    openssl.compares_address = False


@fault("whoever calls gpgsm looks at neither purposes nor addresses", {"DPC-SIG-EKU-01", "DPC-SIG-SAN-01"})
def gpgsm_alone(scene: Scene) -> None:
    scene.correspondents.gpgsm.certificate_reason = lambda _purposes, _names, _sender: ""


@fault("whoever calls gpgsm believes its exit code", {"DPC-LC-RP-01", "DPC-KM-USE-01"})
def exit_code_only(scene: Scene) -> None:
    def reason(answer: Answer) -> str:
        """The code is 0 for a signature of an expired certificate, and for one of a certificate that may not sign."""
        return signature_reason(answer) if answer.code else ""

    scene.correspondents.gpgsm.signature_reason = reason


class RemembersSignatures(Gpgsm):
    """A signature that was good once is good for ever, whatever it stands under and whenever."""

    def __init__(self, other: Gpgsm) -> None:
        vars(self).update(vars(other))
        self._good: set[bytes] = set()

    def judge(self, message: bytes) -> MailVerdict:
        """See Gpgsm."""
        signature = SignedMail.from_bytes(message).signature
        if signature in self._good:
            return MailVerdict(True)
        verdict = super().judge(message)
        if verdict.accepted:
            self._good.add(signature)
        return verdict


@fault("gpgsm is not asked twice about a signature", {"DPC-SIG-KU-01", "DPC-SIG-SAN-01", "DPC-LC-RP-01"})
def remembered(scene: Scene) -> None:
    scene.correspondents.gpgsm = RemembersSignatures(scene.correspondents.gpgsm)


def _write(scene: Scene, kind: type[MailWriter]) -> None:
    def change(parts: PhoneParts) -> None:
        parts.mail_writer = kind(parts.entropy)

    scene.on_phone.append(change)


class AnotherKey(MailWriter):
    """Signs with a key of its own beside the certificate of the credential."""

    def signature(self, content: bytes, activated: ActivatedKey, now: datetime) -> bytes:
        """See MailWriter."""
        return super().signature(content, ActivatedKey(ec.generate_private_key(ec.SECP256R1()), activated.chain), now)


@fault("phone signs mail with another key than that of the certificate", {"DPC-SIG-KU-01"})
def another_key(scene: Scene) -> None:
    _write(scene, AnotherKey)


class OwnLineEnds(MailWriter):
    """Signs the text as the phone keeps it, before it gets the line ends of mail."""

    def signature(self, content: bytes, activated: ActivatedKey, now: datetime) -> bytes:
        """See MailWriter."""
        return super().signature(content.replace(b"\r\n", b"\n"), activated, now)


@fault("phone signs mail before it is in its canonical form", {"DPC-SIG-KU-01"})
def own_line_ends(scene: Scene) -> None:
    _write(scene, OwnLineEnds)


class WrongMicalg(MailWriter):
    """Names the digest that most mail had long ago."""

    def micalg(self, activated: ActivatedKey) -> str:  # noqa: ARG002
        """See MailWriter."""
        return "sha1"


@fault("phone names another digest in a signed mail than it used", {"DPC-SIG-KU-01"})
def wrong_micalg(scene: Scene) -> None:
    _write(scene, WrongMicalg)
