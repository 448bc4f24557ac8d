"""Mutants of key usage, extended key usage, basic constraints and certificate policies."""

from dpc_conformance.faults.certificates.encoding import bits, boolean, ia5, integer, oid, sequence, tlv, utf8
from dpc_conformance.faults.certificates.material import good, policies, purposes
from dpc_conformance.faults.mutants import mutant
from dpc_conformance.formats import oids


@mutant("key usage missing", {"DPC-CERT-KU-01"})
def no_key_usage() -> bytes:
    return good().without(oids.KEY_USAGE).signed()


@mutant("digitalSignature and nonRepudiation", {"DPC-CERT-KU-01"})
def non_repudiation() -> bytes:
    return good().with_value(oids.KEY_USAGE, bits(b"\xc0", 6)).signed()


@mutant("digitalSignature and keyEncipherment", {"DPC-CERT-KU-01"})
def key_encipherment() -> bytes:
    return good().with_value(oids.KEY_USAGE, bits(b"\xa0", 5)).signed()


@mutant("key usage with trailing zero bits", {"DPC-CERT-DER-01"})
def padded_key_usage() -> bytes:
    return good().with_value(oids.KEY_USAGE, bits(b"\x80", 0)).signed()


@mutant("key usage not critical", {"DPC-CERT-KU-01", "DPC-CERT-KU-02"})
def key_usage_not_critical() -> bytes:
    return good().with_criticality(oids.KEY_USAGE, b"").signed()


@mutant("key usage critical with TRUE as 01", {"DPC-CERT-KU-02", "DPC-CERT-DER-01"})
def key_usage_critical_01() -> bytes:
    return good().with_criticality(oids.KEY_USAGE, tlv(1, b"\x01")).signed()


@mutant("extended key usage missing", {"DPC-CERT-EKU-01"})
def no_purposes() -> bytes:
    return good().without(oids.EXTENDED_KEY_USAGE).signed()


@mutant("smart-card logon only", {"DPC-CERT-EKU-01"})
def smartcard_logon_only() -> bytes:
    return good().with_value(oids.EXTENDED_KEY_USAGE, purposes(oids.SMARTCARD_LOGON)).signed()


@mutant("anyExtendedKeyUsage next to clientAuth", {"DPC-CERT-EKU-02"})
def any_purpose() -> bytes:
    value = purposes(oids.CLIENT_AUTH, oids.ANY_EXTENDED_KEY_USAGE)
    return good().with_value(oids.EXTENDED_KEY_USAGE, value).signed()


@mutant("codeSigning next to clientAuth", {"DPC-CERT-EKU-03"})
def code_signing() -> bytes:
    return good().with_value(oids.EXTENDED_KEY_USAGE, purposes(oids.CLIENT_AUTH, oids.CODE_SIGNING)).signed()


@mutant("PIV content signing next to clientAuth", {"DPC-CERT-EKU-03"})
def content_signing() -> bytes:
    return good().with_value(oids.EXTENDED_KEY_USAGE, purposes(oids.CLIENT_AUTH, oids.PIV_CONTENT_SIGNING)).signed()


@mutant("emailProtection without an address", {"DPC-CERT-EKU-03", "DPC-CERT-SAN-08"})
def email_protection() -> bytes:
    return good().with_value(oids.EXTENDED_KEY_USAGE, purposes(oids.CLIENT_AUTH, oids.EMAIL_PROTECTION)).signed()


@mutant("extended key usage critical", {"DPC-CERT-EKU-05", "DPC-CERT-EXT-02"})
def critical_purposes() -> bytes:
    return good().with_criticality(oids.EXTENDED_KEY_USAGE).signed()


@mutant("cA TRUE", {"DPC-CERT-BC-01"})
def is_a_ca() -> bytes:
    return good().adding(oids.BASIC_CONSTRAINTS, sequence(boolean(True))).signed()


@mutant("cA FALSE encoded", {"DPC-CERT-BC-01", "DPC-CERT-DER-01"})
def explicit_false() -> bytes:
    return good().adding(oids.BASIC_CONSTRAINTS, sequence(boolean(False))).signed()


@mutant("path length in an end entity", {"DPC-CERT-BC-01"})
def path_length() -> bytes:
    return good().adding(oids.BASIC_CONSTRAINTS, sequence(integer(0))).signed()


NO_DERIVED = {"DPC-CERT-POL-01", "DPC-PATH-POLICY-01"}


@mutant("only an agency policy", NO_DERIVED)
def agency_policy_only() -> bytes:
    return good(policy="2.16.840.1.101.3.2.1.99.7").signed()


@mutant("only the PIV Authentication policy", NO_DERIVED | {"DPC-CERT-POL-04"})
def piv_policy_only() -> bytes:
    return good(policy=oids.COMMON_AUTHENTICATION).signed()


@mutant("certificate policies missing", NO_DERIVED)
def no_policies() -> bytes:
    return good().without(oids.CERTIFICATE_POLICIES).signed()


@mutant("both derived policies", {"DPC-CERT-POL-02"}, key_in_hardware=True)
def both_policies() -> bytes:
    value = policies(oids.DERIVED_PIV_AUTH, oids.DERIVED_PIV_AUTH_HARDWARE)
    return good().with_value(oids.CERTIFICATE_POLICIES, value).signed()


@mutant("certificate policies critical", {"DPC-CERT-POL-03", "DPC-CERT-EXT-02"})
def critical_policies() -> bytes:
    return good().with_criticality(oids.CERTIFICATE_POLICIES).signed()


@mutant("PIV Authentication policy next to the derived one", {"DPC-CERT-POL-04"})
def card_policy_too() -> bytes:
    value = policies(oids.DERIVED_PIV_AUTH, oids.COMMON_AUTHENTICATION)
    return good().with_value(oids.CERTIFICATE_POLICIES, value).signed()


@mutant("user notice as policy qualifier", {"DPC-CERT-POL-06"})
def user_notice() -> bytes:
    notice = sequence(oid(oids.USER_NOTICE_QUALIFIER), sequence(utf8("for examples only")))
    value = sequence(sequence(oid(oids.DERIVED_PIV_AUTH), sequence(notice)))
    return good().with_value(oids.CERTIFICATE_POLICIES, value).signed()


@mutant("hardware policy for a key delivered in a file", {"DPC-CERT-POL-07", "DPC-ISS-POLICYSEL-01"})
def hardware_policy_for_software() -> bytes:
    return good(policy=oids.DERIVED_PIV_AUTH_HARDWARE).signed()


@mutant("test policy in production", NO_DERIVED | {"DPC-CERT-POL-08"})
def test_policy_in_production() -> bytes:
    return good(policy=oids.TEST_DERIVED_PIV_AUTH).signed()


@mutant("production policy in a test PKI", NO_DERIVED | {"DPC-CERT-POL-08"}, test_pki=True)
def production_policy_in_test() -> bytes:
    return good().signed()


@mutant("anyPolicy next to the derived one", {"DPC-CERT-POL-09"})
def any_policy() -> bytes:
    value = policies(oids.DERIVED_PIV_AUTH, oids.ANY_POLICY)
    return good().with_value(oids.CERTIFICATE_POLICIES, value).signed()


@mutant("derived policy twice", {"DPC-CERT-POL-10"})
def policy_twice() -> bytes:
    value = policies(oids.DERIVED_PIV_AUTH, oids.DERIVED_PIV_AUTH)
    return good().with_value(oids.CERTIFICATE_POLICIES, value).signed()


@mutant("policy that is no identifier", {"DPC-CERT-POL-01", "DPC-CERT-DER-01"})
def malformed_policies() -> bytes:
    return good().with_value(oids.CERTIFICATE_POLICIES, sequence(sequence(ia5("not an identifier")))).signed()
