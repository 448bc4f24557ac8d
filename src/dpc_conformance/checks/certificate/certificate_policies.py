"""Certificate policies of derived authentication certificates (Common Policy CP 1.2 and 7.1.6)."""

from typing import Final

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, missing, unexpected, warning
from dpc_conformance.checks.profiles.versions import version_of
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView

WHERE: Final = "certificatePolicies"
DERIVED: Final = frozenset({oids.DERIVED_PIV_AUTH, oids.DERIVED_PIV_AUTH_HARDWARE})
TEST_DERIVED: Final = frozenset({oids.TEST_DERIVED_PIV_AUTH, oids.TEST_DERIVED_PIV_AUTH_HARDWARE})
HARDWARE: Final = frozenset({oids.DERIVED_PIV_AUTH_HARDWARE, oids.TEST_DERIVED_PIV_AUTH_HARDWARE})
TEST_PIVI: Final = frozenset({oids.TEST_PIVI_AUTHENTICATION, oids.TEST_PIVI_CARD_AUTH, oids.TEST_PIVI_CONTENT_SIGNING})
OTHER_TYPES: Final = frozenset(
    {
        oids.COMMON_AUTHENTICATION,
        oids.COMMON_CARD_AUTH,
        oids.COMMON_PIV_CONTENT_SIGNING,
        oids.PIVI_AUTHENTICATION,
        oids.PIVI_CARD_AUTH,
        oids.PIVI_CONTENT_SIGNING,
        oids.COMMON_DEVICES,
        oids.COMMON_DEVICES_HARDWARE,
        oids.TEST_AUTHENTICATION,
        oids.TEST_CARD_AUTH,
        oids.TEST_PIV_CONTENT_SIGNING,
        oids.TEST_PIVI_AUTHENTICATION,
        oids.TEST_PIVI_CARD_AUTH,
        oids.TEST_PIVI_CONTENT_SIGNING,
        oids.TEST_DEVICES,
        oids.TEST_DEVICES_HARDWARE,
    }
)


def derived_policies(context: CertificateContext) -> frozenset[str]:
    """The two policies of derived authentication: a test PKI has its own."""
    return TEST_DERIVED if context.test_pki else DERIVED


@check("DPC-CERT-POL-01")
def asserts_a_derived_policy(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The certificate asserts one of the two policies of derived PIV authentication."""
    expected = derived_policies(context)
    asserted = certificate.policy_oids
    return None if expected.intersection(asserted) else missing(WHERE, expected, asserted)


@check("DPC-CERT-POL-02")
def asserts_only_one_of_them(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The certificate asserts not both policies of derived PIV authentication."""
    both = (DERIVED | TEST_DERIVED).intersection(certificate.policy_oids)
    if len(both) < 2 or context.options.both_derived_policies == "allow":
        return None
    say = warning if context.options.both_derived_policies == "warn" else unexpected
    return say(WHERE, "one of the two derived policies", both)


@check("DPC-CERT-POL-03")
def is_not_critical(certificate: CertificateView, context: CertificateContext) -> Answer:
    """Certificate policies are not critical."""
    extension = certificate.by_oid.get(oids.CERTIFICATE_POLICIES)
    if extension is None or not extension.critical:
        return None
    version = version_of(certificate, context)
    if oids.CERTIFICATE_POLICIES in version.also_critical:
        return DoesNotApply(f"profile {version.name} leaves the criticality open")
    return unexpected(f"{WHERE} critical", "FALSE", "TRUE")


@check("DPC-CERT-POL-04")
def asserts_no_policy_of_another_type(certificate: CertificateView, context: CertificateContext) -> Answer:
    """No policy of cards, devices or content signers is asserted."""
    foreign = OTHER_TYPES.intersection(certificate.policy_oids)
    if foreign and context.options.pivi_test_policies == "fpkilint":
        foreign -= TEST_PIVI
    return unexpected(WHERE, "no policy of another type of certificate", foreign) if foreign else None


@check("DPC-CERT-POL-06")
def qualifies_with_cps_only(certificate: CertificateView) -> Answer:
    """The only policy qualifier is the URI of a certification practice statement."""
    kinds = {kind for policy in certificate.policies for kind in policy.qualifiers} - {oids.CPS_QUALIFIER}
    return warning(f"{WHERE} qualifiers", oids.CPS_QUALIFIER, kinds) if kinds else None


@check("DPC-CERT-POL-07")
def hardware_policy_has_hardware(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The hardware policy is asserted only for a key that was made in and stays in a validated module."""
    asserted = HARDWARE.intersection(certificate.policy_oids)
    if not asserted:
        return DoesNotApply("the hardware policy is not asserted")
    if context.key_in_hardware is None:
        return CannotTell("where the key was made and is kept was not given")
    return None if context.key_in_hardware else unexpected(WHERE, "no hardware policy for this key", asserted)


@check("DPC-CERT-POL-08")
def production_and_test_stay_apart(certificate: CertificateView, context: CertificateContext) -> Answer:
    """A production certificate asserts no test policy, a test certificate no production policy."""
    arc = oids.COMMON_POLICY_ARC if context.test_pki else oids.TEST_POLICY_ARC
    strays = [oid for oid in certificate.policy_oids if oid.startswith(arc)]
    return unexpected(WHERE, f"no policy under {arc[:-1]}", strays) if strays else None


@check("DPC-CERT-POL-09")
def does_not_assert_any_policy(certificate: CertificateView) -> Answer:
    """anyPolicy is not asserted."""
    asserted = certificate.policy_oids
    return unexpected(WHERE, "no anyPolicy", asserted) if oids.ANY_POLICY in asserted else None


@check("DPC-CERT-POL-10")
def asserts_each_policy_once(certificate: CertificateView) -> Answer:
    """No policy is asserted twice."""
    asserted = certificate.policy_oids
    return None if len(set(asserted)) == len(asserted) else unexpected(WHERE, "each policy once", asserted)


@check("DPC-ISS-POLICYSEL-01")
def policy_says_where_the_key_lives(certificate: CertificateView, context: CertificateContext) -> Answer:
    """A key in a hardware module gets the hardware policy only there, and a software key never gets it."""
    if context.key_in_hardware is None:
        return CannotTell("where the key was made and is kept was not given")
    asserted = HARDWARE.intersection(certificate.policy_oids)
    if asserted and not context.key_in_hardware:
        return unexpected(WHERE, "the policy of a software key", asserted)
    return None
