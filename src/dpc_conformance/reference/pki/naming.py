"""Names of the test PKI: host names, directory names, and which policies each authority may assert."""

from dataclasses import dataclass

from cryptography import x509
from cryptography.x509.oid import NameOID

from dpc_conformance.formats import oids

CRL_HOST = "crl.dpc.example"
OCSP_HOST = "ocsp.dpc.example"
REPOSITORY_HOST = "repo.dpc.example"
AUTHORITIES_UNIT = "Certification Authorities"

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


@dataclass(frozen=True)
class Places:
    """The beginnings of the URLs in certificates: of CRLs, of the certificates of authorities, of OCSP responders.

    At `nowhere` nobody has an answer about a certificate.
    """

    crls: str = f"http://{CRL_HOST}"
    certificates: str = f"http://{REPOSITORY_HOST}"
    ocsp: str = f"http://{OCSP_HOST}"
    nowhere: str = "http://unpublished.dpc.example"

    @classmethod
    def below(cls, url: str) -> "Places":
        """All of them below one URL, which has no slash at its end."""
        return cls(f"{url}/crls", f"{url}/certificates", f"{url}/ocsp", f"{url}/unpublished")


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
