"""The Cardholder Unique Identifier (SP 800-73-5 part 1 §3.1.2)."""

import uuid
from dataclasses import dataclass
from datetime import date

from dpc_conformance.formats import ber
from dpc_conformance.formats.ber import Malformed, Tlv
from dpc_conformance.formats.fascn import FascN

FASC_N = b"\x30"
GUID = b"\x34"
EXPIRATION = b"\x35"
CARDHOLDER_UUID = b"\x36"
SIGNATURE = b"\x3e"


@dataclass(frozen=True)
class Chuid:
    """The content of container 3000 without the 53. Fields are read on demand, so that each fails alone."""

    elements: tuple[Tlv, ...]

    @classmethod
    def from_bytes(cls, content: bytes) -> "Chuid":
        """Read the content of container 3000; Malformed when it is not BER-TLV or lacks a mandatory field."""
        chuid = cls(ber.read_all(content))
        for tag, name in ((FASC_N, "FASC-N"), (GUID, "GUID"), (EXPIRATION, "expiration date")):
            ber.require(chuid.elements, tag, f"the {name} of the CHUID")
        return chuid

    def __bytes__(self) -> bytes:
        return b"".join(bytes(element) for element in self.elements)

    @property
    def tags(self) -> tuple[bytes, ...]:
        """The tags in the order in which they stand."""
        return tuple(element.tag for element in self.elements)

    @property
    def fasc_n_bytes(self) -> bytes:
        """Tag 30 as it stands, 25 bytes when right."""
        return ber.require(self.elements, FASC_N, "the FASC-N of the CHUID")

    @property
    def fasc_n(self) -> FascN:
        """Tag 30 taken apart; raises Malformed."""
        return FascN.from_bytes(self.fasc_n_bytes)

    @property
    def guid_bytes(self) -> bytes:
        """Tag 34 as it stands, 16 bytes when right."""
        return ber.require(self.elements, GUID, "the GUID of the CHUID")

    @property
    def guid(self) -> uuid.UUID:
        """Tag 34, the Card UUID; Malformed when it has not 16 bytes."""
        return _uuid(self.guid_bytes, "GUID")

    @property
    def expiration(self) -> date:
        """Tag 35, the last day of the card; Malformed when it is not a calendar date YYYYMMDD."""
        text = ber.require(self.elements, EXPIRATION, "the expiration date of the CHUID")
        if len(text) != 8 or not text.isdigit():
            raise Malformed(f"the expiration date of the CHUID is not YYYYMMDD: {text.hex()}")
        try:
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError as problem:
            raise Malformed(f"the expiration date of the CHUID is no day: {text.decode()}") from problem

    @property
    def cardholder_uuid(self) -> uuid.UUID | None:
        """Tag 36, None when absent; Malformed when it has not 16 bytes."""
        element = ber.find(self.elements, CARDHOLDER_UUID)
        return None if element is None else _uuid(element.value, "Cardholder UUID")

    @property
    def signature(self) -> bytes:
        """Tag 3E, a CMS SignedData; Malformed when the CHUID is not signed."""
        return ber.require(self.elements, SIGNATURE, "the signature of the CHUID")

    def signed_content(self) -> bytes:
        """What the signature covers: every element but the signature itself, FE 00 included (§3.1.2.1)."""
        return b"".join(bytes(element) for element in self.elements if element.tag != SIGNATURE)


def _uuid(value: bytes, name: str) -> uuid.UUID:
    if len(value) != 16:
        raise Malformed(f"the {name} of the CHUID has {len(value)} bytes, not 16")
    return uuid.UUID(bytes=value)
