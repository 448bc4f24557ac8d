"""How private keys lie in the phone's memory: encrypted under a key that only the activation secret yields."""

from base64 import b64decode, b64encode
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from dpc_conformance.entropy import Entropy

SealedKey = dict[str, str]


class Sealing(Protocol):
    """Turns a private key into something that may lie around, and back."""

    def seal(self, key_der: bytes, secret: str) -> SealedKey:
        """The key (PKCS #8, DER) protected by the secret."""

    def open(self, sealed: SealedKey, secret: str) -> bytes | None:
        """The key, or None when the secret is wrong."""


class ScryptSealing:
    """AES-256-GCM under a key from scrypt (RFC 7914); `cost` is its N, kept modest because tests unseal often."""

    def __init__(self, entropy: Entropy, cost: int = 2**10) -> None:
        self._entropy, self._cost = entropy, cost

    def seal(self, key_der: bytes, secret: str) -> SealedKey:
        """The key (PKCS #8, DER) encrypted, with fresh salt and nonce."""
        salt, nonce = self._entropy.bytes(16), self._entropy.bytes(12)
        ciphertext = AESGCM(self._derive(salt, secret)).encrypt(nonce, key_der, None)
        return {name: b64encode(value).decode() for name, value in zip(_PARTS, (salt, nonce, ciphertext), strict=True)}

    def open(self, sealed: SealedKey, secret: str) -> bytes | None:
        """The key, or None when the secret is wrong: the tag of GCM does not match then."""
        salt, nonce, ciphertext = (b64decode(sealed[name]) for name in _PARTS)
        try:
            return AESGCM(self._derive(salt, secret)).decrypt(nonce, ciphertext, None)
        except InvalidTag:
            return None

    def _derive(self, salt: bytes, secret: str) -> bytes:
        return Scrypt(salt, 32, self._cost, 8, 1).derive(secret.encode())


_PARTS = ("salt", "nonce", "ciphertext")
