"""A certificate, read once from its DER into a view that rules look at (RFC 5280 4.1)."""

from dataclasses import dataclass
from typing import Final, cast

from dpc_conformance.formats import der, oids
from dpc_conformance.formats.der import Defect
from dpc_conformance.formats.extension import Extension
from dpc_conformance.formats.extension_values import (
    AccessDescription,
    AuthorityKeyIdentifier,
    BasicConstraints,
    DistributionPoint,
    Policy,
)
from dpc_conformance.formats.fields import Fields, Time, read_signed
from dpc_conformance.formats.names import URI, GeneralName, Name
from dpc_conformance.formats.public_key import AlgorithmIdentifier, PublicKey

MAXIMUM_OCTETS: Final = 1 << 20
"""A certificate longer than this is refused unread: a card's container holds less than 2 kB."""


@dataclass(frozen=True, slots=True, eq=False)
class CertificateView:
    """What stands in a certificate. Nothing is corrected: what is missing is None, what repeats is kept.

    `version` is the encoded number (2 means v3), None when omitted. `serial_octets` are the contents of the INTEGER.
    `by_oid` holds the first extension of each OID. `defects` are all departures from DER.
    """

    der: bytes
    tbs: bytes
    version: int | None
    serial: int
    serial_octets: bytes
    inner_algorithm: AlgorithmIdentifier
    outer_algorithm: AlgorithmIdentifier
    signature: bytes
    signature_unused_bits: int
    issuer: Name
    not_before: Time
    not_after: Time
    subject: Name
    public_key: PublicKey
    has_issuer_unique_id: bool
    has_subject_unique_id: bool
    extensions: tuple[Extension, ...]
    by_oid: dict[str, Extension]
    defects: tuple[Defect, ...]

    def decoded(self, oid: str) -> object:
        """The meaning of an extension; None when it is absent or unreadable."""
        extension = self.by_oid.get(oid)
        return extension.decoded if extension else None

    @property
    def key_usage(self) -> frozenset[int] | None:
        """Numbers of the bits set in keyUsage."""
        return cast("frozenset[int] | None", self.decoded(oids.KEY_USAGE))

    @property
    def extended_key_usage(self) -> tuple[str, ...]:
        """OIDs of the purposes, empty when the extension is absent or unreadable."""
        return cast("tuple[str, ...] | None", self.decoded(oids.EXTENDED_KEY_USAGE)) or ()

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Certificate policies in order, empty when the extension is absent or unreadable."""
        return cast("tuple[Policy, ...] | None", self.decoded(oids.CERTIFICATE_POLICIES)) or ()

    @property
    def policy_oids(self) -> tuple[str, ...]:
        """OIDs of the certificate policies in order."""
        return tuple(policy.oid for policy in self.policies)

    @property
    def alternative_names(self) -> tuple[GeneralName, ...]:
        """Names in subjectAltName, empty when the extension is absent or unreadable."""
        return cast("tuple[GeneralName, ...] | None", self.decoded(oids.SUBJECT_ALT_NAME)) or ()

    @property
    def uris(self) -> tuple[str, ...]:
        """Readable URIs in subjectAltName, in order."""
        return tuple(name.text for name in self.alternative_names if name.kind == URI and name.text is not None)

    @property
    def uuids(self) -> tuple[str, ...]:
        """The UUIDs of URIs that begin with `urn:uuid:`, in lower case, without the prefix, however malformed."""
        return tuple(uri[9:].lower() for uri in self.uris if uri[:9].lower() == "urn:uuid:")

    @property
    def fasc_ns(self) -> tuple[bytes, ...]:
        """FASC-Ns in subjectAltName (otherName pivFASC-N)."""
        return tuple(name.value for name in self.alternative_names if name.type_oid == oids.PIV_FASC_N)

    @property
    def subject_key_identifier(self) -> bytes | None:
        """The key identifier of the subject's key."""
        return cast("bytes | None", self.decoded(oids.SUBJECT_KEY_IDENTIFIER))

    @property
    def authority_key_identifier(self) -> AuthorityKeyIdentifier | None:
        """The key identifier of the issuer's key."""
        return cast("AuthorityKeyIdentifier | None", self.decoded(oids.AUTHORITY_KEY_IDENTIFIER))

    @property
    def basic_constraints(self) -> BasicConstraints | None:
        """Whether the subject is a CA."""
        return cast("BasicConstraints | None", self.decoded(oids.BASIC_CONSTRAINTS))

    @property
    def distribution_points(self) -> tuple[DistributionPoint, ...]:
        """CRL distribution points in order, empty when absent or unreadable."""
        return cast("tuple[DistributionPoint, ...] | None", self.decoded(oids.CRL_DISTRIBUTION_POINTS)) or ()

    @property
    def authority_information_access(self) -> tuple[AccessDescription, ...]:
        """Access descriptions in order, empty when absent or unreadable."""
        return cast("tuple[AccessDescription, ...] | None", self.decoded(oids.AUTHORITY_INFORMATION_ACCESS)) or ()


def read_certificate(data: bytes) -> CertificateView:
    """The view of the certificate whose DER begins `data`; what follows it is a defect. DerError when unreadable."""
    defects: list[Defect] = []
    signed = read_signed(data, "a certificate", defects, MAXIMUM_OCTETS)
    fields = Fields(data, signed.tbs, defects)
    version = fields.explicit_version()
    serial = fields.take(der.INTEGER, "serialNumber")
    der.note_primitive(data, serial, defects)
    inner = fields.algorithm()
    issuer = fields.name("issuer")
    validity = Fields(data, fields.take(der.SEQUENCE, "validity"), defects)
    not_before, not_after = validity.time(), validity.time()
    validity.finish()
    subject = fields.name("subject")
    public_key = fields.public_key()
    issuer_unique_id = fields.optional(0x81, 0xA1)
    subject_unique_id = fields.optional(0x82, 0xA2)
    extensions = fields.extensions(0xA3)
    by_oid: dict[str, Extension] = {}
    for extension in extensions:
        by_oid.setdefault(extension.oid, extension)
    octets = data[serial.start : serial.stop]
    return CertificateView(
        der=data,
        tbs=data[signed.tbs.at : signed.tbs.stop],
        version=version,
        serial=int.from_bytes(octets, "big", signed=True),
        serial_octets=octets,
        inner_algorithm=inner,
        outer_algorithm=signed.algorithm,
        signature=signed.signature,
        signature_unused_bits=signed.unused_bits,
        issuer=issuer,
        not_before=not_before,
        not_after=not_after,
        subject=subject,
        public_key=public_key,
        has_issuer_unique_id=issuer_unique_id is not None,
        has_subject_unique_id=subject_unique_id is not None,
        extensions=extensions,
        by_oid=by_oid,
        defects=tuple(sorted(set(defects))) if defects else (),
    )
