"""The Discovery Object: which application this is and which PINs it takes (SP 800-73-5 part 1 §3.3.2)."""

from dataclasses import dataclass

from dpc_conformance.formats import ber
from dpc_conformance.formats.ber import Malformed, Tlv

TAG = b"\x7e"
AID = b"\x4f"
PIN_USAGE_POLICY = b"\x5f\x2f"

_APPLICATION_PIN, _GLOBAL_PIN, _OCC, _VCI, _NO_PAIRING = 0x40, 0x20, 0x10, 0x08, 0x04
_GLOBAL_PIN_FIRST = 0x20


@dataclass(frozen=True)
class DiscoveryObject:
    """The object with its tag 7E. A card without Discovery may answer `7E 00`: no elements, application PIN only."""

    elements: tuple[Tlv, ...]

    @classmethod
    def from_bytes(cls, data: bytes) -> "DiscoveryObject":
        """Read `7E L ..`; raises Malformed."""
        outer = Tlv.from_bytes(data)
        if outer.tag != TAG:
            raise Malformed(f"expected tag 7E, found {outer.tag.hex().upper()}")
        discovery = cls(outer.children())
        policy = ber.find(discovery.elements, PIN_USAGE_POLICY)
        if discovery.elements and (policy is None or len(policy.value) != 2):
            raise Malformed("the PIN usage policy (tag 5F2F) of the Discovery Object has not two bytes")
        return discovery

    def __bytes__(self) -> bytes:
        return ber.write(TAG, b"".join(bytes(element) for element in self.elements))

    @property
    def aid(self) -> bytes:
        """Tag 4F; empty when absent."""
        element = ber.find(self.elements, AID)
        return b"" if element is None else element.value

    @property
    def pin_usage_policy(self) -> bytes:
        """Tag 5F2F, two bytes; empty when the object is."""
        element = ber.find(self.elements, PIN_USAGE_POLICY)
        return b"" if element is None else element.value

    @property
    def application_pin(self) -> bool:
        """Whether the PIV Card Application PIN satisfies the access conditions; it does without Discovery."""
        return not self.pin_usage_policy or self._has(_APPLICATION_PIN)

    @property
    def global_pin(self) -> bool:
        """Whether the Global PIN does."""
        return self._has(_GLOBAL_PIN)

    @property
    def global_pin_first(self) -> bool:
        """Whether the Global PIN is the one that the cardholder knows as the PIN."""
        return self.global_pin and self.pin_usage_policy[1] == _GLOBAL_PIN_FIRST

    def words(self) -> str:
        """The policy as a sentence fragment."""
        if not self.pin_usage_policy:
            return "none stated: application PIN"
        parts = ["application PIN"] if self.application_pin else []
        if self.global_pin:
            parts.append("Global PIN (primary)" if self.global_pin_first else "Global PIN")
        if self._has(_OCC):
            parts.append("fingerprint comparison on the card")
        if self._has(_VCI):
            parts.append(
                "virtual contact interface " + ("without" if self._has(_NO_PAIRING) else "with") + " pairing code"
            )
        return ", ".join(parts) or "nothing"

    def _has(self, bit: int) -> bool:
        return bool(self.pin_usage_policy) and bool(self.pin_usage_policy[0] & bit)
