"""The hardware module in a phone, below its apps: what whoever owns the apps can ask of it."""

from typing import Protocol


class HardwareModule(Protocol):
    """A cryptographic module that holds keys of derived credentials. Verbs that cannot be tried raise NotSupported."""

    @property
    def serial(self) -> str:
        """Its serial number, as its attestations have it."""

    def obeys(self, order: str) -> bool:
        """Whether it makes a new key upon this order, which is in the form that the product's issuer uses."""

    def takes_bare_key(self, key: bytes) -> bool:
        """Whether it takes in a private key (PKCS #8, DER) that arrives without protection."""

    def read_back(self, certificate: bytes) -> bytes:
        """The private key of an installed certificate (DER), in whatever form. Raises KeyNotExportable."""
