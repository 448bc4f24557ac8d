"""The mail program on the phone: S/MIME with the credentials in its key store."""

from collections.abc import Sequence

from dpc_conformance.formats.smime import EncryptedMail, NotSMime
from dpc_conformance.protocols.encrypted_mail import decrypt
from dpc_conformance.protocols.enveloped_data import is_for
from dpc_conformance.protocols.smime import Heading, text_entity, text_of
from dpc_conformance.reference.phone.key_history import PhoneKeyHistory
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.mail_account import MailAccount


class PhoneMailProgram:
    """Implements roles.mail_program.MailProgram over the parts of a phone."""

    def __init__(self, parts: PhoneParts) -> None:
        self._parts = parts

    def send_signed(
        self, recipients: Sequence[str], subject: str, text: str, secret: str, usage: str = "signature"
    ) -> None:
        """Sign with the credential of that usage and send. Raises WrongActivationSecret, LookupError, Unreachable."""
        activated = self._parts.stores.activate(usage, secret)
        message = self._parts.mail_writer.signed(self._heading(recipients, subject), text_entity(text), activated)
        self._account.send(recipients, message)

    def send_encrypted(self, recipient: str, certificate: bytes, subject: str, text: str) -> None:
        """Encrypt to a certificate (DER) and send. Raises NotForEncryption, Unreachable."""
        heading = self._heading((recipient,), subject)
        self._account.send((recipient,), self._parts.mail_writer.encrypted(heading, text_entity(text), certificate))

    def read_encrypted(self, secret: str) -> str | None:
        """The text of the newest encrypted message; None when no key opens it. Raises WrongActivationSecret."""
        envelope = self._newest_envelope()
        for usage, certificate in PhoneKeyHistory(self._parts).held():
            if is_for(envelope, certificate):
                key = self._parts.stores.activate(usage, secret).key
                content = decrypt(envelope, certificate, key)
                return text_of(content) if content is not None else None
        return None

    @property
    def _account(self) -> MailAccount:
        if self._parts.mail_account is None:
            raise NotSupported("the phone", "send and read mail: it has no account")
        return self._parts.mail_account

    def _heading(self, recipients: Sequence[str], subject: str) -> Heading:
        identifier = self._parts.entropy.bytes(12).hex()
        return Heading(self._account.address, recipients, subject, self._parts.clock.now(), identifier)

    def _newest_envelope(self) -> bytes:
        for message in reversed(self._account.messages()):
            try:
                return EncryptedMail.from_bytes(message).cms
            except NotSMime:
                continue
        raise LookupError("there is no encrypted message in the mailbox")
