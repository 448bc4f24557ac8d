"""The key management keys on a phone: the current one and earlier ones out of escrow."""

from typing import Protocol

from dpc_conformance.roles.screens import Screen


class KeyHistory(Protocol):
    """What its user does with them. `address` is the issuer's recovery service, `certificate` names a key (DER).

    With a secret the methods raise WrongActivationSecret as any other use of a key.
    """

    def offered(self, address: str, secret: str) -> tuple[bytes, ...]:
        """The certificates of the keys that the service would hand out, seen after a sign-in with the credential."""

    def recover(self, address: str, certificate: bytes, secret: str | None) -> Screen:
        """Ask for one key, whosoever it is, and install what comes; without a secret nobody signs in before."""

    def recover_outside_module(self, address: str, certificate: bytes, secret: str) -> Screen:
        """The same, and have the key sent to a transport key outside the phone's hardware module.

        Raises NotSupported where the app cannot try it.
        """

    def certificates(self) -> tuple[bytes, ...]:
        """The key management certificates on the phone (DER), the current one first."""

    def read_mail(self, certificate: bytes, encrypted: bytes, secret: str) -> bytes | None:
        """What was encrypted to that certificate in a CMS EnvelopedData (DER); None when no key opens it."""
