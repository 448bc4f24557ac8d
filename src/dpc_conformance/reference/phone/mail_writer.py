"""How the phone's mail program makes S/MIME messages (RFC 8551); a seeded defect makes them otherwise."""

from datetime import datetime
from email.message import EmailMessage

from cryptography import x509

from dpc_conformance.entropy import Entropy
from dpc_conformance.protocols.encrypted_mail import encrypt, unfit_for_encryption
from dpc_conformance.protocols.smime import Heading, encrypted_mail, signed_mail
from dpc_conformance.reference.cms_signing import DATA, CmsSigner
from dpc_conformance.reference.phone.keystore import ActivatedKey
from dpc_conformance.reference.pki.authority import Identity
from dpc_conformance.reference.pki.keys import signature_hash
from dpc_conformance.roles.mail_program import NotForEncryption


class MailWriter:
    """Signs with a key that was activated for this one signature, and encrypts to a certificate."""

    def __init__(self, entropy: Entropy) -> None:
        self._entropy = entropy

    def signed(self, heading: Heading, entity: EmailMessage, activated: ActivatedKey) -> bytes:
        """A multipart/signed message; the certificate goes along with those above it."""
        signature = self.signature(entity.as_bytes(), activated, heading.date)
        return signed_mail(heading, entity, signature, self.micalg(activated))

    def encrypted(self, heading: Heading, entity: EmailMessage, certificate: bytes) -> bytes:
        """An enveloped message, encrypted with AES-256-CBC. Raises NotForEncryption."""
        if reason := self.unfit(certificate):
            raise NotForEncryption(reason)
        return encrypted_mail(heading, encrypt(entity.as_bytes(), certificate, self._entropy))

    def signature(self, content: bytes, activated: ActivatedKey, now: datetime) -> bytes:
        """CMS SignedData (DER) over `content`, which stands beside it."""
        certificate, *above = map(x509.load_der_x509_certificate, activated.chain)
        signer = CmsSigner(Identity(certificate, activated.key), now, tuple(above))
        return signer.detached(DATA, content, {}, certificate=True)

    def micalg(self, activated: ActivatedKey) -> str:
        """The digest of the signature, as the message names it (RFC 8551 §3.5.3.2)."""
        return signature_hash(activated.key).name.replace("sha", "sha-")

    def unfit(self, certificate: bytes) -> str:
        """Why nothing may be encrypted to a certificate (DER); empty when it may."""
        return unfit_for_encryption(certificate)
