"""The Card Capability Container (SP 800-73-5 part 1 §3.1.1)."""

from dataclasses import dataclass

from dpc_conformance.formats import ber
from dpc_conformance.formats.ber import Tlv

ORDER = tuple(bytes([tag]) for tag in (*range(0xF0, 0xF8), 0xFA, 0xFB, 0xFC, 0xFD, 0xFE))
"""The tags of a CCC in their order."""

CARD_IDENTIFIER = b"\xf0"
DATA_MODEL = b"\xf5"
PIV_DATA_MODEL = b"\x10"


@dataclass(frozen=True)
class CardCapabilityContainer:
    """A CCC as it stands on the card, its content without the 53."""

    elements: tuple[Tlv, ...]

    @classmethod
    def from_bytes(cls, content: bytes) -> "CardCapabilityContainer":
        """Read the content of container DB00; Malformed when it is not BER-TLV or has no data model number."""
        container = cls(ber.read_all(content))
        ber.require(container.elements, DATA_MODEL, "the data model number of the CCC")
        return container

    def __bytes__(self) -> bytes:
        return b"".join(bytes(element) for element in self.elements)

    @property
    def tags(self) -> tuple[bytes, ...]:
        """The tags in the order in which they stand."""
        return tuple(element.tag for element in self.elements)

    @property
    def data_model(self) -> bytes:
        """Tag F5, 10 for PIV: the one element that must have a value."""
        return ber.require(self.elements, DATA_MODEL, "the data model number of the CCC")

    @property
    def card_identifier(self) -> bytes:
        """Tag F0, empty or 21 bytes; empty when absent."""
        element = ber.find(self.elements, CARD_IDENTIFIER)
        return b"" if element is None else element.value
