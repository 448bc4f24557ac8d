"""What a program on the phone can ask of its secure element directly."""

from dpc_conformance.reference.phone.hardware_keys import HardwareKeys
from dpc_conformance.reference.phone.secure_element import OrderRefused


class ModuleAccess:
    """Implements roles.hardware_module.HardwareModule."""

    def __init__(self, keys: HardwareKeys) -> None:
        self._keys = keys

    @property
    def serial(self) -> str:
        """The element's serial number."""
        return self._keys.element.serial

    def obeys(self, order: str) -> bool:
        """Whether the element makes a key upon the order; the key is of no use to anybody here."""
        try:
            made = self._keys.element.make_key(order)
        except OrderRefused:
            return False
        self._keys.element.erase(made.key.handle)
        return True

    def takes_bare_key(self, key: bytes) -> bool:
        """Whether the element takes in a bare private key (PKCS #8, DER)."""
        return self._keys.element.load_bare(key)

    def read_back(self, certificate: bytes) -> bytes:
        """The private key of an installed certificate (DER). Raises KeyNotExportable, LookupError."""
        return self._keys.element.read_back(self._keys.handle_of(certificate))
