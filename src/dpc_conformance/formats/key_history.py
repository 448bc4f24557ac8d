"""Key History: how many retired key management keys there are (SP 800-73-5 part 1 §3.3.3)."""

from dataclasses import dataclass

from dpc_conformance.formats import ber
from dpc_conformance.formats.ber import Malformed, Tlv

ON_CARD, OFF_CARD, URL = b"\xc1", b"\xc2", b"\xf3"


@dataclass(frozen=True)
class KeyHistory:
    """The content of container 6060 without the 53."""

    elements: tuple[Tlv, ...]

    @classmethod
    def from_bytes(cls, content: bytes) -> "KeyHistory":
        """Read it; Malformed when it is not BER-TLV or a count is not one byte."""
        history = cls(ber.read_all(content))
        for tag in (ON_CARD, OFF_CARD):
            if len(ber.require(history.elements, tag, "a count of the Key History")) != 1:
                raise Malformed(f"count {tag.hex().upper()} of the Key History is not one byte")
        return history

    def __bytes__(self) -> bytes:
        return b"".join(bytes(element) for element in self.elements)

    @property
    def keys_with_certificate_on_card(self) -> int:
        """Tag C1."""
        return ber.require(self.elements, ON_CARD, "the on-card count")[0]

    @property
    def keys_with_certificate_off_card(self) -> int:
        """Tag C2."""
        return ber.require(self.elements, OFF_CARD, "the off-card count")[0]

    @property
    def url(self) -> str:
        """Tag F3, where the off-card certificates are; empty when absent. Bytes that are not ASCII become escapes."""
        element = ber.find(self.elements, URL)
        return "" if element is None else element.value.decode("ascii", errors="backslashreplace")
