"""A certificate revocation list, read once from its DER (RFC 5280 5.1)."""

from dataclasses import dataclass
from typing import Final, NamedTuple, cast

from dpc_conformance.formats import der, oids
from dpc_conformance.formats.der import Defect
from dpc_conformance.formats.extension import Extension, read_extensions
from dpc_conformance.formats.extension_values import AuthorityKeyIdentifier, IssuingDistributionPoint
from dpc_conformance.formats.fields import Fields, Time, read_signed
from dpc_conformance.formats.names import Name
from dpc_conformance.formats.public_key import AlgorithmIdentifier

MAXIMUM_OCTETS: Final = 1 << 28
_TIME_TAGS: Final = (der.UTC_TIME, der.GENERALIZED_TIME)


class CrlEntry(NamedTuple):
    """One revoked certificate."""

    serial: int
    revoked: Time
    extensions: tuple[Extension, ...]

    @property
    def reason(self) -> int | None:
        """The reasonCode; None when absent."""
        return next((cast("int", one.decoded) for one in self.extensions if one.oid == oids.REASON_CODE), None)


@dataclass(frozen=True, slots=True, eq=False)
class CrlView:
    """What stands in a CRL. `version` is the encoded number (1 means v2), None when omitted.

    `entries` is None when revokedCertificates is absent, empty when it is there and holds nothing. `serials` are those
    of all entries.
    """

    der: bytes
    tbs: bytes
    version: int | None
    inner_algorithm: AlgorithmIdentifier
    outer_algorithm: AlgorithmIdentifier
    signature: bytes
    signature_unused_bits: int
    issuer: Name
    this_update: Time
    next_update: Time | None
    entries: tuple[CrlEntry, ...] | None
    serials: frozenset[int]
    extensions: tuple[Extension, ...]
    by_oid: dict[str, Extension]
    defects: tuple[Defect, ...]

    @property
    def authority_key_identifier(self) -> AuthorityKeyIdentifier | None:
        """The key identifier of the issuer's key; None when absent or unreadable."""
        extension = self.by_oid.get(oids.AUTHORITY_KEY_IDENTIFIER)
        return cast("AuthorityKeyIdentifier | None", extension.decoded) if extension else None

    @property
    def number(self) -> int | None:
        """The CRL number; None when absent or unreadable."""
        extension = self.by_oid.get(oids.CRL_NUMBER)
        return cast("int | None", extension.decoded) if extension else None

    @property
    def issuing_distribution_point(self) -> IssuingDistributionPoint | None:
        """What narrows the CRL; None when absent or unreadable."""
        extension = self.by_oid.get(oids.ISSUING_DISTRIBUTION_POINT)
        return cast("IssuingDistributionPoint | None", extension.decoded) if extension else None


def read_crl(data: bytes) -> CrlView:
    """The view of the CRL whose DER begins `data`. DerError when unreadable."""
    defects: list[Defect] = []
    signed = read_signed(data, "a CRL", defects, MAXIMUM_OCTETS)
    fields = Fields(data, signed.tbs, defects)
    number = fields.optional(der.INTEGER)
    if number is not None:
        der.note_primitive(data, number, defects)
    inner = fields.algorithm()
    issuer = fields.name("issuer")
    this_update = fields.time()
    next_update = fields.time() if fields.at < fields.end and data[fields.at] in _TIME_TAGS else None
    listed = fields.optional(der.SEQUENCE)
    extensions = fields.extensions(0xA0)
    entries = None
    if listed is not None:
        entries = tuple(
            _read_entry(data, one, defects) for one in der.children(data, listed.start, listed.stop, defects)
        )
    by_oid: dict[str, Extension] = {}
    for extension in extensions:
        by_oid.setdefault(extension.oid, extension)
    return CrlView(
        der=data,
        tbs=data[signed.tbs.at : signed.tbs.stop],
        version=int.from_bytes(data[number.start : number.stop], "big", signed=True) if number else None,
        inner_algorithm=inner,
        outer_algorithm=signed.algorithm,
        signature=signed.signature,
        signature_unused_bits=signed.unused_bits,
        issuer=issuer,
        this_update=this_update,
        next_update=next_update,
        entries=entries,
        serials=frozenset(entry.serial for entry in entries or ()),
        extensions=extensions,
        by_oid=by_oid,
        defects=tuple(sorted(set(defects))),
    )


def _read_entry(data: bytes, element: der.Element, defects: list[Defect]) -> CrlEntry:
    der.require(element, der.SEQUENCE, "an entry of a CRL")
    fields = Fields(data, element, defects)
    serial = fields.take(der.INTEGER, "a revoked serial number")
    der.note_primitive(data, serial, defects)
    revoked = fields.time()
    if not revoked.is_complete:
        defects.append(Defect(serial.stop, "a revocationDate that is no date in DER (X.690 11.7 and 11.8)"))
    held = fields.optional(der.SEQUENCE)
    fields.finish()
    extensions = read_extensions(data, held, defects) if held else ()
    return CrlEntry(int.from_bytes(data[serial.start : serial.stop], "big", signed=True), revoked, extensions)
