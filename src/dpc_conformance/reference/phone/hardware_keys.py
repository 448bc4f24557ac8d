"""Credentials whose keys are in the secure element: the phone's memory holds certificates and names of keys only."""

from base64 import b64decode, b64encode
from typing import TypedDict

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.evidence.recorder import ACTIVATION_SECRET_WAS_HERE, Recorder
from dpc_conformance.reference.phone.flash import Flash
from dpc_conformance.reference.phone.keystore import ActivatedKey, ActivationNeeded
from dpc_conformance.reference.phone.module_key import ModuleKey
from dpc_conformance.reference.phone.secure_element import SecureElement
from dpc_conformance.roles.phone import InstalledCredential

HARDWARE = "hardware-credentials"


class HardwareCredential(TypedDict):
    """A credential as it lies in the flash; `chain` is base64 of DER, own certificate first."""

    handle: str
    chain: list[str]
    generated_here: bool


class HardwareKeys:
    """One credential per usage. The activation secret is verified in the element, which also counts wrong ones."""

    def __init__(self, flash: Flash, element: SecureElement, recorder: Recorder) -> None:
        self._flash, self.element, self._recorder = flash, element, recorder

    @property
    def most_attempts(self) -> int:
        """Wrong secrets in a row after which the element blocks."""
        return self.element.most_attempts

    def holds(self, usage: str) -> bool:
        """Whether there is a credential of that usage."""
        return usage in self._records()

    def install(
        self, usage: str, key: ModuleKey, chain: tuple[x509.Certificate, ...], generated_here: bool, secret: str
    ) -> None:
        """Protect a key of the element by the secret, with its chain, in place of an older one."""
        self.element.protect(key.handle, secret)
        records = self._records()
        if usage in records and records[usage]["handle"] != key.handle:
            self.element.erase(records[usage]["handle"])
        encoded = [b64encode(certificate.public_bytes(Encoding.DER)).decode() for certificate in chain]
        records[usage] = {"handle": key.handle, "chain": encoded, "generated_here": generated_here}
        self._flash.write(HARDWARE, records)

    def credentials(self) -> tuple[InstalledCredential, ...]:
        """What is installed, readable without activation."""
        return tuple(
            InstalledCredential(usage, b64decode(record["chain"][0]), record["generated_here"])
            for usage, record in self._records().items()
        )

    def chain_of(self, usage: str) -> tuple[bytes, ...]:
        """The certificate of that usage and those above it (DER). KeyError without a credential."""
        return tuple(b64decode(one) for one in self._records()[usage]["chain"])

    def handle_of(self, certificate: bytes) -> str:
        """The element's name for the key of that certificate (DER). LookupError."""
        for record in self._records().values():
            if b64decode(record["chain"][0]) == certificate:
                return record["handle"]
        raise LookupError("there is no such credential in the hardware of this phone")

    def remove(self, usage: str) -> None:
        """Destroy a key with its certificate; nothing happens where there is none."""
        records = self._records()
        if (record := records.pop(usage, None)) is not None:
            self.element.erase(record["handle"])
            self._flash.write(HARDWARE, records)

    def activate(self, usage: str, secret: str | None) -> ActivatedKey:
        """The key for one use. Raises ActivationNeeded, WrongActivationSecret, LookupError without a credential."""
        records = self._records()
        if usage not in records:
            raise LookupError(f"there is no {usage} credential in the hardware of this phone")
        if secret is None:
            raise ActivationNeeded
        self._recorder.keep_secret(secret, ACTIVATION_SECRET_WAS_HERE)
        return ActivatedKey(self.element.use(records[usage]["handle"], secret), self.chain_of(usage))

    def change_secret(self, usage: str, current: str | None, new: str) -> None:
        """Another activation secret, which counts as an activation does.

        Raises ActivationNeeded, WrongActivationSecret, LookupError.
        """
        self.activate(usage, current)
        self.element.change_secret(current or "", new)

    def _records(self) -> dict[str, HardwareCredential]:
        return self._flash.read(HARDWARE) or {}
