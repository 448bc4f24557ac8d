"""The container of a certificate on a card (SP 800-73-5 part 1 §3.1.3 and Table 42)."""

import zlib
from dataclasses import dataclass

from dpc_conformance.formats import ber
from dpc_conformance.formats.ber import Malformed, Tlv

CERTIFICATE, CERT_INFO = b"\x70", b"\x71"
LARGEST = 1 << 20
"""A compressed certificate may not unfold to more bytes than this."""

_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True)
class CertificateObject:
    """The content of a certificate container without the 53."""

    elements: tuple[Tlv, ...]

    @classmethod
    def from_bytes(cls, content: bytes) -> "CertificateObject":
        """Read it; Malformed when it is not BER-TLV or has no certificate."""
        holder = cls(ber.read_all(content))
        ber.require(holder.elements, CERTIFICATE, "the certificate")
        return holder

    def __bytes__(self) -> bytes:
        return b"".join(bytes(element) for element in self.elements)

    @property
    def cert_info(self) -> bytes:
        """Tag 71, one byte when right: 00 plain, 01 gzip; empty when absent."""
        element = ber.find(self.elements, CERT_INFO)
        return b"" if element is None else element.value

    @property
    def compressed(self) -> bool:
        """Whether CertInfo says gzip."""
        return self.cert_info[:1] != b"" and bool(self.cert_info[0] & 0x01)

    @property
    def certificate(self) -> bytes:
        """The certificate as DER, unpacked where needed; Malformed when it cannot be unpacked."""
        return self._unpacked()[0]

    @property
    def behind_the_stream(self) -> bytes:
        """What stands in tag 70 behind the gzip stream, empty when nothing does; Malformed as `certificate`."""
        return self._unpacked()[1]

    def _unpacked(self) -> tuple[bytes, bytes]:
        value = ber.require(self.elements, CERTIFICATE, "the certificate")
        if not self.compressed:
            return value, b""
        unpacker = zlib.decompressobj(_GZIP)
        try:
            plain = unpacker.decompress(value, LARGEST)
        except zlib.error as problem:
            raise Malformed(f"the certificate says gzip and is not: {problem}") from problem
        if not unpacker.eof:
            raise Malformed(f"the compressed certificate is cut off or larger than {LARGEST} bytes")
        return plain, unpacker.unused_data
