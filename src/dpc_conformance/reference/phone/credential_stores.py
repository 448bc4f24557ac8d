"""The phone's credentials as its apps see them, wherever a key lies: in the key store or in the secure element."""

from dpc_conformance.reference.phone.hardware_keys import HardwareKeys
from dpc_conformance.reference.phone.keystore import ActivatedKey, KeyStore
from dpc_conformance.roles.phone import InstalledCredential


class CredentialStores:
    """Both stores as one; for each usage there is one credential, in one of them."""

    def __init__(self, software: KeyStore, hardware: HardwareKeys) -> None:
        self._software, self._hardware = software, hardware

    def of(self, usage: str) -> KeyStore | HardwareKeys:
        """Where the credential of that usage is; the key store where there is none."""
        return self._hardware if self._hardware.holds(usage) else self._software

    def credentials(self) -> tuple[InstalledCredential, ...]:
        """What is installed, readable without activation."""
        return (*self._software.credentials(), *self._hardware.credentials())

    def chain_of(self, usage: str) -> tuple[bytes, ...]:
        """The certificate of that usage and those above it (DER). KeyError without a credential."""
        return self.of(usage).chain_of(usage)

    def activate(self, usage: str, secret: str | None) -> ActivatedKey:
        """The key for one use. Raises ActivationNeeded, WrongActivationSecret, LookupError without a credential."""
        return self.of(usage).activate(usage, secret)

    def change_secret(self, usage: str, current: str | None, new: str) -> None:
        """Another activation secret for every key of that usage's store that the current one opens.

        Raises ActivationNeeded, WrongActivationSecret, LookupError.
        """
        self.of(usage).change_secret(usage, current, new)

    def remove(self, usage: str) -> None:
        """Destroy a key with its certificate."""
        self.of(usage).remove(usage)

    def private_keys(self) -> int:
        """How many private keys there are."""
        return self._software.private_keys() + len(self._hardware.credentials())
