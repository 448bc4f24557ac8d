"""Somebody with whom the cardholder exchanges mail, at a mail program that others made."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class MailVerdict:
    """What the mail program makes of a signed mail.

    `reason` is one of roles.reasons.Reason for a refusal; `words` are what the program itself said.
    """

    accepted: bool
    reason: str = ""
    words: str = ""


class EncryptionRefused(Exception):
    """Nothing was encrypted. `reason` is one of roles.reasons.Reason, `words` are the program's or the sender's."""

    def __init__(self, reason: str, words: str) -> None:
        super().__init__(words)
        self.reason, self.words = reason, words


class Correspondent(Protocol):
    """One person, one program. Methods raise MachineLacks where the program is not there."""

    @property
    def program(self) -> str:
        """The program, such as `openssl cms`."""

    @property
    def address(self) -> str:
        """Where mail reaches the person."""

    @property
    def signature_certificate(self) -> bytes:
        """The person's certificate for signatures only (DER)."""

    @property
    def encryption_certificate(self) -> bytes:
        """The person's key management certificate (DER)."""

    def newest(self) -> bytes:
        """The newest message in the person's mailbox. LookupError when it is empty."""

    def judge(self, message: bytes) -> MailVerdict:
        """Verify a signed mail now: what was written, who signed, by which certificate, and its status."""

    def can_encrypt_to(self, certificate: bytes) -> bool:
        """Whether the program knows how to encrypt to keys of that kind."""

    def write(
        self, recipient: str, certificate: bytes, text: str, cipher: str = "AES-256-CBC", oaep: bool = False
    ) -> None:
        """Send mail encrypted to a certificate (DER). Raises EncryptionRefused; NotSupported for an unknown cipher.

        `cipher` is AES-128 or AES-256 in CBC or GCM; `oaep` encrypts the content key to an RSA key with OAEP.
        """

    def read(self, message: bytes) -> str | None:
        """The text of a mail that was encrypted to the person; None when the program does not open it."""
