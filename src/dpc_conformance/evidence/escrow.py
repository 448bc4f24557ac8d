"""What a key escrow database shows of what it holds."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class EscrowedKey:
    """One key pair in the escrow's inventory; the private key itself is never shown.

    `public_key` is the SHA-256 of the SubjectPublicKeyInfo in hexadecimal; `certificate` is DER, empty while the key
    was not certified.
    """

    account: str
    public_key: str
    certificate: bytes
    escrowed_at: datetime
