"""What SELECT answers: the application property template (SP 800-73-5 part 2 §3.1.1 Tables 3 and 4)."""

from collections.abc import Iterable
from dataclasses import dataclass

from dpc_conformance.reference.card.wire import tlv

RID_BYTES = 5


@dataclass(frozen=True)
class PropertyTemplate:
    """`whole_aid`: tag 4F carries the whole AID, not only what follows the RID; without algorithms there is no AC."""

    whole_aid: bool = False
    label: str = ""
    algorithms: Iterable[int] = ()

    def encode(self, aid: bytes) -> bytes:
        """The template of the application with that AID."""
        named = tlv(b"\x4f", aid if self.whole_aid else aid[RID_BYTES:])
        named += tlv(b"\x79", tlv(b"\x4f", aid[:RID_BYTES]))
        if self.label:
            named += tlv(b"\x50", self.label.encode("ascii"))
        listed = b"".join(tlv(b"\x80", bytes([each])) for each in self.algorithms)
        if listed:
            named += tlv(b"\xac", listed + tlv(b"\x06", b"\0"))
        return tlv(b"\x61", named)
