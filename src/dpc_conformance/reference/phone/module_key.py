"""A private key in the phone's hardware module, as programs on the phone get it: it can be used and not be read."""

from dataclasses import dataclass, field
from typing import Any, NoReturn

from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256

from dpc_conformance.roles.phone import KeyNotExportable


class ModuleKey(ec.EllipticCurvePrivateKey):
    """A P-256 key. `handle` is its name in the module."""

    def __init__(self, handle: str, key: ec.EllipticCurvePrivateKey) -> None:
        self.handle, self.__key = handle, key

    @property
    def curve(self) -> ec.EllipticCurve:
        """P-256."""
        return self.__key.curve

    @property
    def key_size(self) -> int:
        """In bits."""
        return self.__key.key_size

    def public_key(self) -> ec.EllipticCurvePublicKey:
        """The public half."""
        return self.__key.public_key()

    def sign(self, data: Any, signature_algorithm: ec.EllipticCurveSignatureAlgorithm) -> bytes:
        """An ECDSA signature (DER), made in the module."""
        return self.__key.sign(data, signature_algorithm)

    def sign_digest(self, digest: bytes) -> bytes:
        """An ECDSA signature (DER) over a SHA-256 digest."""
        return self.__key.sign(digest, ec.ECDSA(utils.Prehashed(SHA256())))

    def exchange(self, algorithm: ec.ECDH, peer_public_key: ec.EllipticCurvePublicKey) -> bytes:
        """The shared secret of a key agreement."""
        return self.__key.exchange(algorithm, peer_public_key)

    def private_bytes(self, *_: object, **__: object) -> NoReturn:
        """Raises KeyNotExportable."""
        raise KeyNotExportable(self.handle)

    def private_numbers(self) -> NoReturn:
        """Raises KeyNotExportable."""
        raise KeyNotExportable(self.handle)

    def __copy__(self) -> "ModuleKey":
        return self

    def __deepcopy__(self, memo: dict[Any, Any]) -> "ModuleKey":
        return self


@dataclass(frozen=True)
class ModuleCertificate:
    """A TLS client certificate whose key is in a module: `chain` is DER, own certificate first."""

    chain: tuple[bytes, ...]
    key: ModuleKey = field(repr=False)
