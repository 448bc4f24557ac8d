"""A certification request, read once from its DER (PKCS#10, RFC 2986)."""

from dataclasses import dataclass
from typing import Final

from dpc_conformance.formats import der, oids
from dpc_conformance.formats.der import Defect
from dpc_conformance.formats.der_values import oid_of
from dpc_conformance.formats.extension import Extension, read_extensions
from dpc_conformance.formats.fields import Fields, read_signed
from dpc_conformance.formats.names import Name
from dpc_conformance.formats.public_key import AlgorithmIdentifier, PublicKey

MAXIMUM_OCTETS: Final = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class RequestView:
    """What stands in a request. `attributes` are the OIDs of its attributes, `extensions` those it asks for."""

    der: bytes
    tbs: bytes
    version: int
    subject: Name
    public_key: PublicKey
    attributes: tuple[str, ...]
    extensions: tuple[Extension, ...]
    algorithm: AlgorithmIdentifier
    signature: bytes
    defects: tuple[Defect, ...]


def read_request(data: bytes) -> RequestView:
    """The view of the request whose DER begins `data`. DerError when unreadable."""
    defects: list[Defect] = []
    signed = read_signed(data, "a certification request", defects, MAXIMUM_OCTETS)
    fields = Fields(data, signed.tbs, defects)
    version = fields.take(der.INTEGER, "version")
    subject = fields.name("subject")
    public_key = fields.public_key()
    held = fields.optional(0xA0)
    fields.finish()
    attributes: list[str] = []
    extensions: tuple[Extension, ...] = ()
    for attribute in der.children(data, held.start, held.stop, defects) if held else ():
        kind = der.read(data, attribute.start, attribute.stop, defects)
        values = der.expect(data, kind.stop, attribute.stop, der.SET, "attribute values", defects)
        attributes.append(oid_of(data, kind, "an attribute type"))
        if attributes[-1] == oids.EXTENSION_REQUEST:
            sequence = der.expect(data, values.start, values.stop, der.SEQUENCE, "requested extensions", defects)
            extensions = read_extensions(data, sequence, defects)
    return RequestView(
        der=data,
        tbs=data[signed.tbs.at : signed.tbs.stop],
        version=int.from_bytes(data[version.start : version.stop], "big", signed=True),
        subject=subject,
        public_key=public_key,
        attributes=tuple(attributes),
        extensions=extensions,
        algorithm=signed.algorithm,
        signature=signed.signature,
        defects=tuple(sorted(set(defects))),
    )
