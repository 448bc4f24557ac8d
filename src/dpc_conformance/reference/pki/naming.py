"""Names of the test PKI: host names, directory names, and which policies each authority may assert."""

from cryptography import x509
from cryptography.x509.oid import NameOID

from dpc_conformance.formats import oids

CRL_HOST = "crl.dpc.example"
OCSP_HOST = "ocsp.dpc.example"
REPOSITORY_HOST = "repo.dpc.example"

PIV_AUTHORITY_POLICIES = (
    oids.COMMON_POLICY,
    oids.COMMON_HARDWARE,
    oids.COMMON_AUTHENTICATION,
    oids.COMMON_CARD_AUTH,
    oids.COMMON_PIV_CONTENT_SIGNING,
    oids.PIVI_AUTHENTICATION,
)
"""PIV-I is among them so that in a PIV-I certificate the policy is the only thing that is wrong with it."""
DERIVED_AUTHORITY_POLICIES = (
    oids.COMMON_POLICY,
    oids.COMMON_HARDWARE,
    oids.DERIVED_PIV_AUTH,
    oids.DERIVED_PIV_AUTH_HARDWARE,
)
ALL_POLICIES = tuple(dict.fromkeys(PIV_AUTHORITY_POLICIES + DERIVED_AUTHORITY_POLICIES))


def directory_name(common_name: str | None = None, unit: str = "Department of Examples", **more: str) -> x509.Name:
    """`C=US, O=U.S. Government, OU=..., CN=...`; `more` takes attributes such as `SERIAL_NUMBER="..."`."""
    attributes = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "US"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "U.S. Government"),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit),
    ]
    if common_name is not None:
        attributes.append(x509.NameAttribute(NameOID.COMMON_NAME, common_name))
    attributes.extend(x509.NameAttribute(getattr(NameOID, kind), value) for kind, value in more.items())
    return x509.Name(attributes)
