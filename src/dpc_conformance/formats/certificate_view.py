"""What the suite sees of a certificate: its fields as they stand, and what its extensions mean (RFC 5280 4.1)."""

from collections.abc import Mapping
from typing import NamedTuple, cast

from dpc_conformance.formats import oids
from dpc_conformance.formats.der import Defect
from dpc_conformance.formats.extension import Extension
from dpc_conformance.formats.extension_values import (
    KEY_CERT_SIGN,
    AccessDescription,
    AuthorityKeyIdentifier,
    BasicConstraints,
    DistributionPoint,
    Policy,
)
from dpc_conformance.formats.fields import Time
from dpc_conformance.formats.names import NO_NAMES, GeneralNames, Name
from dpc_conformance.formats.public_key import AlgorithmIdentifier, PublicKey


class Meanings:
    """What extensions mean that are found in `by_oid`: shared by every view that has it."""

    __slots__ = ()

    by_oid: Mapping[str, Extension]

    def decoded(self, oid: str) -> object:
        """The meaning of an extension; None when it is absent or unreadable."""
        extension = self.by_oid.get(oid)
        return extension.decoded if extension else None

    @property
    def key_usage(self) -> frozenset[int] | None:
        """Numbers of the bits set in keyUsage."""
        return cast("frozenset[int] | None", self.decoded(oids.KEY_USAGE))

    @property
    def is_authority(self) -> bool:
        """Whether it is that of a CA: one that says so but may not sign others is a bad one of a holder."""
        constraints, usage = self.basic_constraints, self.key_usage
        return bool(constraints and constraints.ca and usage and KEY_CERT_SIGN in usage)

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
    def alternative_names(self) -> GeneralNames:
        """Names in subjectAltName, empty when the extension is absent or unreadable."""
        return cast("GeneralNames | None", self.decoded(oids.SUBJECT_ALT_NAME)) or NO_NAMES

    @property
    def uris(self) -> tuple[str, ...]:
        """Readable URIs in subjectAltName, in order."""
        return self.alternative_names.uris

    @property
    def uuids(self) -> tuple[str, ...]:
        """The UUIDs of URIs that begin with `urn:uuid:`, in lower case, without the prefix, however malformed."""
        return self.alternative_names.uuids

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


class _Fields(NamedTuple):
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
    by_oid: Mapping[str, Extension]
    defects: tuple[Defect, ...]


class CertificateView(_Fields, Meanings):
    """What stands in a certificate. Nothing is corrected: what is missing is None, what repeats is kept.

    `version` is the encoded number (2 means v3), None when omitted. `serial_octets` are the contents of the INTEGER.
    `by_oid` is what `extension.by_oid` makes of the extensions. `defects` are all departures from DER.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        """Two views are never taken for one another, even of the same certificate."""
        return self is other

    def __ne__(self, other: object) -> bool:
        """As `__eq__`: without it, tuples would be compared."""
        return self is not other

    __hash__ = object.__hash__
