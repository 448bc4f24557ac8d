"""What the QR code at the kiosk says: the issuer's https address and, behind `#`, the binding secret.

A code that is worth something only with the password under it says so; the password itself is never in it.
"""

import base64
import binascii
from dataclasses import dataclass, field
from urllib.parse import urlsplit

SECRET_BYTES = 20
LEAST_SECRET_BYTES = 14
"""112 bits: what a binding code needs that is not accompanied by a user identifier (SP 800-63B-4)."""

WITH_PASSWORD = ".password"
"""The end of a code that has a password under it; no character of base64url is a dot."""


def base64url(value: bytes) -> str:
    """base64url without padding (RFC 7515 §2)."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    """The bytes behind unpadded base64url; ValueError for anything that is not exactly that."""
    try:
        value = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("not base64url") from error
    if base64url(value) != text:
        raise ValueError("not canonical base64url")
    return value


@dataclass(frozen=True)
class QrPayload:
    """The enrolment address of an issuer and a binding secret in bytes; secrets stay out of the repr.

    `asks_password` says that a password stands under the code; `password` is what was typed for it by now.
    """

    enrolment_address: str
    secret: bytes = field(repr=False)
    asks_password: bool = False
    password: str = field(default="", repr=False)

    @property
    def secret_text(self) -> str:
        """The secret as it travels in the QR code and in the request body."""
        return base64url(self.secret)

    @property
    def text(self) -> str:
        """What the QR code encodes. A fragment is never sent by a browser, so the secret stays out of server logs."""
        return f"{self.enrolment_address}#{self.secret_text}{WITH_PASSWORD if self.asks_password else ''}"

    @classmethod
    def from_text(cls, text: str) -> "QrPayload":
        """Read a scanned code. ValueError, without repeating the code, when it is none of an issuer."""
        address, _, fragment = text.partition("#")
        parts = urlsplit(address)
        if parts.scheme != "https" or not parts.hostname or parts.query:
            raise ValueError("the code does not point at an https address")
        try:
            secret = from_base64url(fragment.removesuffix(WITH_PASSWORD))
        except ValueError as error:
            raise ValueError("the code carries no binding secret") from error
        if len(secret) < LEAST_SECRET_BYTES:
            raise ValueError("the binding secret in the code is shorter than 112 bits")
        return cls(address, secret, fragment.endswith(WITH_PASSWORD))
