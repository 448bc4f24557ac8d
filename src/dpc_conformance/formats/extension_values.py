"""What the extension values mean that the profiles have rules for (RFC 5280 4.2 and 5.2)."""

from typing import Final, NamedTuple

from dpc_conformance.formats.names import GeneralName

DIGITAL_SIGNATURE: Final = 0
NON_REPUDIATION: Final = 1
KEY_ENCIPHERMENT: Final = 2
DATA_ENCIPHERMENT: Final = 3
KEY_AGREEMENT: Final = 4
KEY_CERT_SIGN: Final = 5
CRL_SIGN: Final = 6
ENCIPHER_ONLY: Final = 7
DECIPHER_ONLY: Final = 8
KEY_USAGE_NAMES: Final = (
    "digitalSignature",
    "nonRepudiation",
    "keyEncipherment",
    "dataEncipherment",
    "keyAgreement",
    "keyCertSign",
    "cRLSign",
    "encipherOnly",
    "decipherOnly",
)


class Policy(NamedTuple):
    """One PolicyInformation: its OID and the OIDs of its qualifiers."""

    oid: str
    qualifiers: tuple[str, ...]


class BasicConstraints(NamedTuple):
    """`encoding` is the whole value as it stands."""

    ca: bool
    path_length: int | None
    encoding: bytes


class AuthorityKeyIdentifier(NamedTuple):
    """`key_identifier` is None when absent."""

    key_identifier: bytes | None
    has_issuer: bool
    has_serial: bool


class DistributionPoint(NamedTuple):
    """One DistributionPoint: names of its fullName, and which of the fields that profiles forbid it has."""

    names: tuple[GeneralName, ...]
    has_reasons: bool
    has_crl_issuer: bool


class AccessDescription(NamedTuple):
    """One AccessDescription: method OID and location."""

    method: str
    location: GeneralName


class DirectoryAttribute(NamedTuple):
    """One attribute of subjectDirectoryAttributes: (tag, contents) of each value."""

    oid: str
    values: tuple[tuple[int, bytes], ...]


class IssuingDistributionPoint(NamedTuple):
    """The critical CRL extension that narrows what a CRL covers (RFC 5280 5.2.5).

    `has_point` tells that it names a distribution point, `names` are those of its fullName.
    """

    has_point: bool
    names: tuple[GeneralName, ...]
    only_user: bool
    only_ca: bool
    has_reasons: bool
    indirect: bool
    only_attribute: bool
