"""Good certificates: every kind of key and issuer, both policies, and whatever the profile merely allows."""

from dataclasses import replace
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.faults.certificates import names
from dpc_conformance.faults.certificates.encoding import (
    boolean,
    generalized_time,
    ia5,
    integer,
    oid,
    printable,
    sequence,
    set_of,
    utf8,
)
from dpc_conformance.faults.certificates.material import (
    CRL_URI,
    NOT_BEFORE,
    OCSP_URI,
    P7C_URI,
    P384_CA,
    access,
    ca_template,
    distribution_point,
    good,
    issued_by,
    purposes,
    sister_template,
    with_key,
)
from dpc_conformance.faults.certificates.signers import ec_key, rsa_key, rsa_pkcs1, rsa_pss, rsa_spki, spki
from dpc_conformance.faults.mutants import golden
from dpc_conformance.faults.status.material import OcspTemplate
from dpc_conformance.formats import oids


@golden("P-256 key, P-256 CA, software policy")
def plain() -> bytes:
    return good().signed()


@golden("hardware policy for a key in hardware", key_in_hardware=True)
def hardware() -> bytes:
    return good(policy=oids.DERIVED_PIV_AUTH_HARDWARE).signed()


@golden("test policy in a test PKI", test_pki=True)
def test_policy() -> bytes:
    return good(policy=oids.TEST_DERIVED_PIV_AUTH).signed()


@golden("P-384 key")
def p384() -> bytes:
    return with_key(good(), spki(ec_key("phone-384", ec.SECP384R1))).signed()


@golden("RSA-2048 key")
def rsa_2048() -> bytes:
    return with_key(good(), spki(rsa_key())).signed()


@golden("RSA-3072 key")
def rsa_3072() -> bytes:
    return with_key(good(), rsa_spki(3072)).signed()


@golden("CA that signs with RSASSA-PKCS1-v1_5", lambda: issued_by(rsa_pkcs1()))
def rsa_ca() -> bytes:
    return good(rsa_pkcs1()).signed()


@golden("CA that signs with RSASSA-PSS", lambda: issued_by(rsa_pss()))
def pss_ca() -> bytes:
    return good(rsa_pss()).signed()


@golden("P-384 CA", lambda: issued_by(P384_CA))
def p384_ca() -> bytes:
    return good(P384_CA).signed()


@golden(
    "all that is allowed: purposes, agency policy, names, private extension, NACI, citizenship, empty constraints",
    accepts={"DPC-CERT-EKU-04", "DPC-CERT-POL-05", "DPC-CERT-EXT-03"},
)
def everything_allowed() -> bytes:
    citizenship = sequence(sequence(oid(oids.COUNTRY_OF_CITIZENSHIP), set_of(printable("US"))))
    qualified = sequence(
        oid(oids.DERIVED_PIV_AUTH), sequence(sequence(oid(oids.CPS_QUALIFIER), ia5("http://repo.dpc.example/cps")))
    )
    template = good().with_value(
        oids.EXTENDED_KEY_USAGE,
        purposes(oids.CLIENT_AUTH, oids.SMARTCARD_LOGON, oids.PKINIT_CLIENT_AUTH, oids.SECURE_SHELL_CLIENT),
    )
    template = template.with_value(
        oids.CERTIFICATE_POLICIES, sequence(qualified, sequence(oid("2.16.840.1.101.3.2.1.99.7")))
    )
    template = template.with_value(oids.SUBJECT_ALT_NAME, sequence(names.upn(), names.urn(names.UUID), names.mail()))
    template = template.with_value(
        oids.CRL_DISTRIBUTION_POINTS,
        sequence(distribution_point(names.uri(CRL_URI), names.uri("ldap://dir.dpc.example/cn=ca"))),
    )
    template = template.with_value(
        oids.AUTHORITY_INFORMATION_ACCESS,
        access(
            (oids.CA_ISSUERS, names.uri(P7C_URI)),
            (oids.CA_ISSUERS, names.uri("ldap://dir.dpc.example/cn=ca")),
            (oids.OCSP, names.uri(OCSP_URI)),
        ),
    )
    template = template.adding(oids.PIV_NACI, boolean(True)).adding(oids.SUBJECT_DIRECTORY_ATTRIBUTES, citizenship)
    template = template.adding(oids.BASIC_CONSTRAINTS, sequence())
    return template.adding("1.3.6.1.4.1.311.21.7", sequence(oid("1.3.6.1.4.1.311.21.8.1"), integer(3))).signed()


@golden("serial number of 20 octets")
def longest_serial() -> bytes:
    return replace(good(), serial=integer((1 << 158) + 1)).signed()


@golden("subject in the domain component form", agency=None)
def domain_subject() -> bytes:
    component = oids.DOMAIN_COMPONENT
    rdns = (names.attribute(component, ia5("gov")), names.attribute(component, ia5("examples")))
    return replace(good(), subject=names.name(*rdns, names.common_name(names.PERSON))).signed()


@golden("subject in the dotted form with a number, disambiguated by UID", person="EXAMPLE.ALEX.Q.1234567890")
def dotted_subject() -> bytes:
    rdns = (
        names.common_name("EXAMPLE.ALEX.Q.1234567890"),
        names.attribute(oids.USER_ID, utf8("1234567890")),
    )
    return replace(good(), subject=names.name(names.COUNTRY, names.GOVERNMENT, names.DEPARTMENT, *rdns)).signed()


@golden("affiliate with the marker and a qualifier", affiliate=True)
def affiliate() -> bytes:
    return replace(good(), subject=names.person("Alex Example (affiliate) -derived")).signed()


@golden("hyphens, apostrophes, initials and a generation", person="Anne-Marie O. d'Example, Jr.")
def hyphenated() -> bytes:
    return replace(good(), subject=names.person("Anne-Marie O. d'Example, Jr.")).signed()


def _by_ocsp_and_crl() -> dict[str, object]:
    return {"ocsp_responses": (OcspTemplate().signed(),)}


@golden("status from CRL and OCSP", _by_ocsp_and_crl)
def two_kinds_of_status() -> bytes:
    return good().signed()


@golden("an initial first, and an accent that is a character of its own", person="J. Jose\u0301 Example")
def initial_first() -> bytes:
    return replace(good(), subject=names.person("J. Jose\u0301 Example")).signed()


LAST_DAY = datetime(9999, 12, 31, tzinfo=UTC)


def _for_ever() -> dict[str, object]:
    begin, end = (generalized_time(LAST_DAY.replace(year=year)) for year in (9995, 9999))
    return {
        "issuer": replace(ca_template(), not_before=begin, not_after=end).signed(),
        "predecessor": replace(sister_template(), not_before=end, not_after=end, public_key=good().public_key).signed(),
    }


@golden(
    "beside certificates of the last years that a date can name",
    _for_ever,
    crls=(),
    other_certificates=(),
    replacement="modification",
)
def beside_the_last_years() -> bytes:
    return good().signed()


@golden("judged in the first second of its life", moment=NOT_BEFORE, crls=())
def first_second() -> bytes:
    return good().signed()
