"""Mail between the cardholder and people with mail programs that others made."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SignedMailJudged:
    """A program judged a signed mail. `message` is the whole of it as it lay in the mailbox.

    `reason` is one of roles.reasons.Reason where it was not accepted; `words` are what the program said.
    """

    at: datetime
    program: str
    message: bytes
    accepted: bool
    reason: str
    words: str


@dataclass(frozen=True)
class EncryptionAsked:
    """Somebody was to encrypt mail to a certificate (DER). `author` is `phone` or the program of a correspondent.

    `reason` and `words` are empty where it was done.
    """

    at: datetime
    author: str
    certificate: bytes
    cipher: str
    reason: str
    words: str


MailRecord = SignedMailJudged | EncryptionAsked
