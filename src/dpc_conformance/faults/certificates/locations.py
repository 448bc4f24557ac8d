"""Mutants of the CRL distribution points and the authority information access."""

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import context, implicit, sequence
from dpc_conformance.faults.certificates.material import (
    CA_NAME,
    CRL_URI,
    OCSP_URI,
    P7C_URI,
    access,
    distribution_point,
    good,
)
from dpc_conformance.faults.mutants import mutant
from dpc_conformance.formats import oids

LDAP = "ldap://dir.dpc.example/cn=ca?certificateRevocationList"


def _points(*points: bytes) -> bytes:
    return good().with_value(oids.CRL_DISTRIBUTION_POINTS, sequence(*points)).signed()


def _uris(*uris: str) -> bytes:
    return _points(distribution_point(*(names.uri(uri) for uri in uris)))


def _access(*descriptions: tuple[str, str]) -> bytes:
    value = access(*((method, names.uri(uri)) for method, uri in descriptions))
    return good().with_value(oids.AUTHORITY_INFORMATION_ACCESS, value).signed()


@mutant("CRL distribution points missing", {"DPC-CERT-CRLDP-01"})
def no_points() -> bytes:
    return good().without(oids.CRL_DISTRIBUTION_POINTS).signed()


@mutant("CRL at an LDAP location only", {"DPC-CERT-CRLDP-01", "DPC-CERT-CRLDP-03"})
def ldap_only() -> bytes:
    return _uris(LDAP)


@mutant("CRL distribution points critical", {"DPC-CERT-CRLDP-01", "DPC-CERT-EXT-02"})
def critical_points() -> bytes:
    return good().with_criticality(oids.CRL_DISTRIBUTION_POINTS).signed()


@mutant("CRL limited to reasons", {"DPC-CERT-CRLDP-02"})
def with_reasons() -> bytes:
    return _points(distribution_point(names.uri(CRL_URI), more=implicit(1, b"\x06\x40")))


@mutant("CRL of another issuer", {"DPC-CERT-CRLDP-02"})
def with_crl_issuer() -> bytes:
    return _points(distribution_point(names.uri(CRL_URI), more=context(2, context(4, CA_NAME))))


@mutant("LDAP location before the http one", {"DPC-CERT-CRLDP-03"})
def ldap_first() -> bytes:
    return _uris(LDAP, CRL_URI)


@mutant("CRL over https", {"DPC-CERT-CRLDP-01", "DPC-CERT-CRLDP-04"})
def crl_over_https() -> bytes:
    return _uris("https://crl.dpc.example/mutants.crl")


@mutant("CRL at an address instead of a name", {"DPC-CERT-CRLDP-04"})
def crl_at_an_address() -> bytes:
    return _uris("http://10.1.2.3/mutants.crl")


@mutant("CRL on port 8080", {"DPC-CERT-CRLDP-04"})
def crl_on_another_port() -> bytes:
    return _uris("http://crl.dpc.example:8080/mutants.crl")


@mutant("CRL in a file of another ending", {"DPC-CERT-CRLDP-04"})
def crl_with_another_ending() -> bytes:
    return _uris("http://crl.dpc.example/mutants.pem")


NO_ACCESS = {"DPC-CERT-AIA-01", "DPC-CERT-AIA-02"}


@mutant("authority information access missing", NO_ACCESS)
def no_access() -> bytes:
    return good().without(oids.AUTHORITY_INFORMATION_ACCESS).signed()


@mutant("no location of the issuer's certificates", {"DPC-CERT-AIA-01"})
def no_ca_issuers() -> bytes:
    return _access((oids.OCSP, OCSP_URI))


@mutant("issuer's certificates over https", {"DPC-CERT-AIA-01"})
def ca_issuers_over_https() -> bytes:
    return _access((oids.CA_ISSUERS, "https://repo.dpc.example/mutants.p7c"), (oids.OCSP, OCSP_URI))


@mutant("issuer's certificates as .cer, which is discouraged", {"DPC-CERT-AIA-01"})
def ca_issuers_cer() -> bytes:
    return _access((oids.CA_ISSUERS, "http://repo.dpc.example/mutants.cer"), (oids.OCSP, OCSP_URI))


@mutant("authority information access critical", {"DPC-CERT-AIA-01", "DPC-CERT-EXT-02"})
def critical_access() -> bytes:
    return good().with_criticality(oids.AUTHORITY_INFORMATION_ACCESS).signed()


@mutant("no location of the OCSP service", {"DPC-CERT-AIA-02"})
def no_ocsp() -> bytes:
    return _access((oids.CA_ISSUERS, P7C_URI))


@mutant("http locations that stand as dNSName", NO_ACCESS)
def dns_names() -> bytes:
    named = [(kind, implicit(2, uri.encode())) for kind, uri in ((oids.CA_ISSUERS, P7C_URI), (oids.OCSP, OCSP_URI))]
    return good().with_value(oids.AUTHORITY_INFORMATION_ACCESS, access(*named)).signed()


@mutant("OCSP over https", {"DPC-CERT-AIA-02"})
def ocsp_over_https() -> bytes:
    return _access((oids.CA_ISSUERS, P7C_URI), (oids.OCSP, "https://ocsp.dpc.example/mutants"))


@mutant("issuer's certificates and OCSP at addresses that are no URIs", NO_ACCESS)
def access_by_other_names() -> bytes:
    value = access((oids.CA_ISSUERS, names.mail(P7C_URI)), (oids.OCSP, implicit(2, OCSP_URI.encode())))
    return good().with_value(oids.AUTHORITY_INFORMATION_ACCESS, value).signed()


@mutant("LDAP location of the issuer's certificates first", {"DPC-CERT-AIA-03"})
def ca_issuers_ldap_first() -> bytes:
    ldap = "ldap://dir.dpc.example/cn=ca?cACertificate"
    return _access((oids.CA_ISSUERS, ldap), (oids.CA_ISSUERS, P7C_URI), (oids.OCSP, OCSP_URI))
