"""Biometrics on a card: the CBEFF header, the biometric record and its signature (SP 800-76-2 table 13 and §9)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from dpc_conformance.formats import ber
from dpc_conformance.formats.ber import Malformed

RECORD = b"\xbc"
HEADER_BYTES = 88
FASC_N_AT = 59
FASC_N_BYTES = 25
SIGNED, SIGNED_AND_ENCRYPTED = 0x0D, 0x0F
ZULU = 0x5A


@dataclass(frozen=True)
class CbeffRecord:
    """The content of container 6010, 6030 or 1015 without the 53. Dates are read on demand, so that each fails alone.

    `security_options` is 0D for signed data, `signature` the CMS message over `signed_content`.
    """

    header: bytes
    record: bytes
    signature: bytes

    @classmethod
    def from_bytes(cls, content: bytes) -> "CbeffRecord":
        """Read it; Malformed when it is not BER-TLV, or its parts are not as long as the header says."""
        whole = ber.require(ber.read_all(content), RECORD, "the CBEFF record")
        if len(whole) < HEADER_BYTES:
            raise Malformed("the CBEFF header is cut off", len(whole))
        record, signature = int.from_bytes(whole[2:6], "big"), int.from_bytes(whole[6:8], "big")
        if len(whole) != HEADER_BYTES + record + signature:
            expected = f"{HEADER_BYTES} + {record} + {signature}"
            raise Malformed(f"the CBEFF record has {len(whole)} bytes, its header says {expected}", 2)
        end = HEADER_BYTES + record
        return cls(whole[:HEADER_BYTES], whole[HEADER_BYTES:end], whole[end:])

    @property
    def security_options(self) -> int:
        """What protects the record."""
        return self.header[1]

    @property
    def signed_content(self) -> bytes:
        """What the signature covers: header and record."""
        return self.header + self.record

    @property
    def created(self) -> datetime:
        """When the biometric was taken; raises Malformed."""
        return self._moment(12)

    @property
    def not_before(self) -> datetime:
        """Since when it counts; raises Malformed."""
        return self._moment(20)

    @property
    def not_after(self) -> datetime:
        """Until when it counts; raises Malformed."""
        return self._moment(28)

    @property
    def fasc_n(self) -> bytes:
        """The FASC-N as it stands in the header, 25 bytes."""
        return self.header[FASC_N_AT : FASC_N_AT + FASC_N_BYTES]

    def _moment(self, at: int) -> datetime:
        century, year, month, day, hour, minute, second, zone = self.header[at : at + 8]
        if zone != ZULU:
            raise Malformed("a date of the CBEFF header is not in UTC", at + 7)
        try:
            return datetime(century * 100 + year, month, day, hour, minute, second, tzinfo=UTC)
        except ValueError as problem:
            raise Malformed(f"a date of the CBEFF header is none: {problem}", at) from problem
