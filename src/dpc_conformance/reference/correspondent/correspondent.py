"""A correspondent as the suite sees one: a mailbox, two certificates, and the engine that does the cryptography."""

from typing import Protocol

from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.formats.smime import EncryptedMail, NotSMime
from dpc_conformance.protocols.smime import AUTH_ENVELOPED, ENVELOPED, Heading, encrypted_mail, text_entity, text_of
from dpc_conformance.reference.correspondent.trust import MailIdentity
from dpc_conformance.roles.correspondent import MailVerdict
from dpc_conformance.roles.mail_account import MailAccount

SUBJECT = "The minutes"


class MailEngine(Protocol):
    """What a program made by others does for a correspondent; see roles.correspondent.Correspondent for the verbs."""

    @property
    def name(self) -> str:
        """The program."""

    def judge(self, message: bytes) -> MailVerdict:
        """Verify a signed mail."""

    def can_encrypt_to(self, certificate: bytes) -> bool:
        """Whether the program knows how."""

    def encrypt(self, content: bytes, certificate: bytes, cipher: str, oaep: bool) -> bytes:
        """A CMS envelope. Raises EncryptionRefused, NotSupported."""

    def decrypt(self, cms: bytes) -> bytes | None:
        """What is in a CMS envelope; None when it does not open."""

    def close(self) -> None:
        """End what was started."""


class ReferenceCorrespondent:
    """Implements roles.correspondent.Correspondent."""

    def __init__(
        self, own: MailIdentity, engine: MailEngine, account: MailAccount, clock: RunClock, entropy: Entropy
    ) -> None:
        self._own, self.engine, self._account = own, engine, account
        self._clock, self._entropy = clock, entropy

    @property
    def program(self) -> str:
        """The program."""
        return self.engine.name

    @property
    def address(self) -> str:
        """Where mail reaches the person."""
        return self._own.address

    @property
    def signature_certificate(self) -> bytes:
        """For signatures only (DER)."""
        return self._own.signature.certificate.public_bytes(Encoding.DER)

    @property
    def encryption_certificate(self) -> bytes:
        """The key management certificate (DER)."""
        return self._own.encryption.certificate.public_bytes(Encoding.DER)

    def newest(self) -> bytes:
        """The newest message in the mailbox. LookupError when it is empty."""
        messages = self._account.messages()
        if not messages:
            raise LookupError(f"there is no mail for {self.address}")
        return messages[-1]

    def judge(self, message: bytes) -> MailVerdict:
        """Verify a signed mail now."""
        return self.engine.judge(message)

    def can_encrypt_to(self, certificate: bytes) -> bool:
        """Whether the program knows how to encrypt to keys of that kind."""
        return self.engine.can_encrypt_to(certificate)

    def write(
        self, recipient: str, certificate: bytes, text: str, cipher: str = "AES-256-CBC", oaep: bool = False
    ) -> None:
        """Encrypt to a certificate (DER) and send. Raises EncryptionRefused, NotSupported."""
        envelope = self.engine.encrypt(text_entity(text).as_bytes(), certificate, cipher, oaep)
        heading = Heading(self.address, (recipient,), SUBJECT, self._clock.now(), self._entropy.bytes(12).hex())
        kind = AUTH_ENVELOPED if cipher.endswith("GCM") else ENVELOPED
        self._account.send((recipient,), encrypted_mail(heading, envelope, kind))

    def read(self, message: bytes) -> str | None:
        """The text of a mail that was encrypted to the person; None when the program does not open it."""
        try:
            content = self.engine.decrypt(EncryptedMail.from_bytes(message).cms)
        except NotSMime:
            return None
        return text_of(content) if content is not None else None
