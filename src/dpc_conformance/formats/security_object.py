"""The Security Object: which containers are hashed, and the signed hashes (SP 800-73-5 part 1 §3.1.7)."""

from dataclasses import dataclass

from dpc_conformance.formats import ber
from dpc_conformance.formats.ber import Malformed, Tlv
from dpc_conformance.formats.signed_data import SignedData, integer_of, oid_text

MAPPING, SIGNED_OBJECT = b"\xba", b"\xbb"


@dataclass(frozen=True)
class SecurityObject:
    """The content of container 9000 without the 53."""

    elements: tuple[Tlv, ...]

    @classmethod
    def from_bytes(cls, content: bytes) -> "SecurityObject":
        """Read it; Malformed when it is not BER-TLV, has no mapping or no signed object."""
        security = cls(ber.read_all(content))
        if len(ber.require(security.elements, MAPPING, "the mapping of the Security Object")) % 3:
            raise Malformed("the mapping of the Security Object is not made of three-byte entries")
        ber.require(security.elements, SIGNED_OBJECT, "the signed object of the Security Object")
        return security

    def __bytes__(self) -> bytes:
        return b"".join(bytes(element) for element in self.elements)

    @property
    def mapping(self) -> dict[int, int]:
        """Data group number to container id."""
        raw = ber.require(self.elements, MAPPING, "the mapping of the Security Object")
        return {raw[at]: int.from_bytes(raw[at + 1 : at + 3], "big") for at in range(0, len(raw), 3)}

    @property
    def signed_object(self) -> bytes:
        """Tag BB, a CMS SignedData over an LDSSecurityObject."""
        return ber.require(self.elements, SIGNED_OBJECT, "the signed object of the Security Object")

    def hashes(self) -> "LdsSecurityObject":
        """The hashes that were signed; raises Malformed."""
        content = SignedData.from_bytes(self.signed_object).content
        if content is None:
            raise Malformed("the signed object of the Security Object carries no hashes")
        return LdsSecurityObject.from_bytes(content)


@dataclass(frozen=True)
class LdsSecurityObject:
    """Hashes by data group number, `algorithm` is the OID of the hash."""

    version: int
    algorithm: str
    values: dict[int, bytes]

    @classmethod
    def from_bytes(cls, data: bytes) -> "LdsSecurityObject":
        """Read LDSSecurityObject; raises Malformed."""
        fields = Tlv.from_bytes(data).children()
        if len(fields) < 3:
            raise Malformed("LDSSecurityObject has not version, algorithm and hashes")
        algorithm = ber.require(fields[1].children(), b"\x06", "the hash algorithm of LDSSecurityObject")
        values = {}
        for entry in fields[2].children():
            parts = entry.children()
            if len(parts) != 2 or parts[1].tag != b"\x04":
                raise Malformed("a hash of LDSSecurityObject is not a number and an octet string")
            values[integer_of(parts[0])] = parts[1].value
        return cls(integer_of(fields[0]), oid_text(algorithm), values)
