"""The mail program on the phone."""

from collections.abc import Sequence
from typing import Protocol


class NotForEncryption(Exception):
    """Nothing was encrypted, because the certificate is not for that; the message says why."""


class MailProgram(Protocol):
    """Writes and reads S/MIME mail with the credentials on the phone (RFC 8551).

    With a secret the methods raise WrongActivationSecret as any other use of a key, LookupError without a credential.
    """

    def send_signed(
        self, recipients: Sequence[str], subject: str, text: str, secret: str, usage: str = "signature"
    ) -> None:
        """Sign with the credential of that usage, whatever its certificate is for, and send. Raises Unreachable."""

    def send_encrypted(self, recipient: str, certificate: bytes, subject: str, text: str) -> None:
        """Encrypt to a certificate (DER) and send. Raises NotForEncryption, Unreachable."""

    def read_encrypted(self, secret: str) -> str | None:
        """The text of the newest encrypted message in the mailbox; None when no key on the phone opens it.

        LookupError when there is no encrypted message.
        """
