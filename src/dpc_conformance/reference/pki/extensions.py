"""Certificate extensions as the Common Policy's profiles want them, from the values that matter."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from asn1crypto import core
from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID, SubjectInformationAccessOID

from dpc_conformance.formats import oids
from dpc_conformance.reference.pki.naming import Places

if TYPE_CHECKING:
    from dpc_conformance.reference.pki.authority import Authority

KEY_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def key_usage(*wanted: str) -> x509.KeyUsage:
    """The key usage with exactly these bits. ValueError for a bit that does not exist."""
    if unknown := set(wanted) - set(KEY_USAGES):
        raise ValueError(f"no such key usage: {sorted(unknown)}")
    return x509.KeyUsage(**{usage: usage in wanted for usage in KEY_USAGES})


def policies(*identifiers: str) -> x509.CertificatePolicies:
    """Certificate policies without qualifiers."""
    return x509.CertificatePolicies(
        [x509.PolicyInformation(x509.ObjectIdentifier(identifier), None) for identifier in identifiers]
    )


def purposes(*identifiers: str) -> x509.ExtendedKeyUsage:
    """Extended key usage."""
    return x509.ExtendedKeyUsage([x509.ObjectIdentifier(identifier) for identifier in identifiers])


def crl_distribution(authority: "Authority") -> x509.CRLDistributionPoints:
    """One distribution point with one http URL, without reasons and cRLIssuer."""
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(authority.crl_url)], None, None, None)
    return x509.CRLDistributionPoints([point])


def information_access(authority: "Authority") -> x509.AuthorityInformationAccess:
    """caIssuers (.p7c) and OCSP, both over http."""
    return x509.AuthorityInformationAccess(
        [
            x509.AccessDescription(method, x509.UniformResourceIdentifier(url))
            for method, url in (
                (AuthorityInformationAccessOID.CA_ISSUERS, authority.p7c_url),
                (AuthorityInformationAccessOID.OCSP, authority.ocsp_url),
            )
        ]
    )


def repository_access(places: Places, name: str) -> x509.SubjectInformationAccess:
    """caRepository of the authority of that name: where the CA certificates that it issued are."""
    place = x509.UniformResourceIdentifier(f"{places.certificates}/issued-by-{name}.p7c")
    return x509.SubjectInformationAccess([x509.AccessDescription(SubjectInformationAccessOID.CA_REPOSITORY, place)])


def authority_key(issuer: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    """Only the key identifier, copied from the issuer's certificate."""
    own = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own)


def uuid_name(uuid: UUID) -> x509.GeneralName:
    """A UUID as a URI in the form of RFC 4122 §3."""
    return x509.UniformResourceIdentifier(uuid.urn)


def fasc_n_name(fasc_n: bytes) -> x509.GeneralName:
    """The pivFASC-N otherName; 25 bytes. ValueError for another length."""
    if len(fasc_n) != 25:
        raise ValueError(f"a FASC-N has 25 bytes, not {len(fasc_n)}")
    return x509.OtherName(x509.ObjectIdentifier(oids.PIV_FASC_N), core.OctetString(fasc_n).dump())


def upn_name(upn: str) -> x509.GeneralName:
    """The user principal name otherName."""
    return x509.OtherName(x509.ObjectIdentifier(oids.MS_UPN), core.UTF8String(upn).dump())


def alternative_names(names: Iterable[x509.GeneralName]) -> x509.SubjectAlternativeName:
    """Subject alternative names in the given order."""
    return x509.SubjectAlternativeName(list(names))
