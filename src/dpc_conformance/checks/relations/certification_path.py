"""A certificate and the path from it to the trust anchor (RFC 5280 6.1, Common Policy CP 4.9.6)."""

from typing import Final

from dpc_conformance.checks.certificate.certificate_policies import HARDWARE, derived_policies
from dpc_conformance.checks.certificate.other_policies import content_signing_policy
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, missing, unexpected
from dpc_conformance.checks.path import PathResult, Verdict, initial_policies, path_of
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.extension_values import KEY_CERT_SIGN

WHERE: Final = "certification path"
SOFTWARE: Final = frozenset({oids.DERIVED_PIV_AUTH, oids.TEST_DERIVED_PIV_AUTH})
_OWN_RULE: Final = {
    Verdict.EXPIRED: "a certificate in the path is outside its dates, which the rule on time reports",
    Verdict.POLICY_REFUSED: "policies refuse the path, which the rule on policies reports",
    Verdict.NAME_REFUSED: "name constraints refuse the path, which the rule on them reports",
}


@check("DPC-PATH-ANCHOR-01")
def leads_to_the_trust_anchor(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The certificate validates to the trust anchor, no certificate in the path being revoked."""
    result = path_of(certificate, context)
    if result.verdict is Verdict.VALID:
        return None
    if result.verdict is Verdict.CANNOT_TELL:
        return CannotTell(result.reason)
    if result.verdict in _OWN_RULE and not _issuer_out_of_date(result, certificate, context):
        return CannotTell(_OWN_RULE[result.verdict])
    return unexpected(WHERE, "a valid path to the trust anchor", result.reason)


def _issuer_out_of_date(result: PathResult, certificate: CertificateView, context: CertificateContext) -> bool:
    return result.verdict is Verdict.EXPIRED and _is_current(certificate, context) is True


@check("DPC-PATH-POLICY-01")
def policy_processing_yields_the_policy(certificate: CertificateView, context: CertificateContext) -> Answer:
    """Policy processing along the path yields a policy of this kind of certificate, such as a derived one."""
    result = path_of(certificate, context)
    expected = initial_policies(context)
    if result.verdict is Verdict.POLICY_REFUSED:
        return missing(f"{WHERE} policies", expected, result.reason)
    if result.verdict is not Verdict.VALID:
        return CannotTell(result.reason)
    return None if expected & result.policies else missing(f"{WHERE} policies", expected, result.policies)


@check("DPC-PATH-POLICY-02")
def software_policy_does_not_become_hardware(certificate: CertificateView, context: CertificateContext) -> Answer:
    """A certificate with the software policy does not validate for the hardware policy, whatever CAs map."""
    asserted = SOFTWARE.intersection(certificate.policy_oids)
    if not asserted or HARDWARE.intersection(certificate.policy_oids):
        return DoesNotApply("the certificate does not assert the software policy only")
    if not any(oids.POLICY_MAPPINGS in view.by_oid for view in context.authority_views):
        return None  # without a mapping no path can turn one policy into the other
    result = path_of(certificate, context, HARDWARE & derived_policies(context))
    if result.verdict is Verdict.VALID and HARDWARE & result.policies:
        return unexpected(f"{WHERE} policies", "no hardware policy for a software key", result.policies)
    return None if result.verdict in (Verdict.VALID, Verdict.POLICY_REFUSED) else CannotTell(result.reason)


@check("DPC-CS-PATH-01")
def content_signer_leads_to_the_anchor(certificate: CertificateView, context: CertificateContext) -> Answer:
    """A content signing certificate validates to the trust anchor under its policy, nothing being revoked."""
    policy = content_signing_policy(context)
    result = path_of(certificate, context, frozenset({policy}))
    if result.verdict is Verdict.VALID:
        return None if policy in result.policies else missing(f"{WHERE} policies", policy, result.policies)
    if result.verdict is Verdict.CANNOT_TELL:
        return CannotTell(result.reason)
    return unexpected(WHERE, "a valid path to the trust anchor under the content signing policy", result.reason)


@check("DPC-PATH-NC-01")
def names_are_within_the_constraints(certificate: CertificateView, context: CertificateContext) -> Answer:
    """Subject and alternative names lie within the name constraints of the path."""
    result = path_of(certificate, context)
    if result.verdict is Verdict.NAME_REFUSED:
        return unexpected(WHERE, "names the CA may issue for", result.reason)
    return None if result.verdict is Verdict.VALID else CannotTell(result.reason)


def _is_current(certificate: CertificateView, context: CertificateContext) -> bool | None:
    begin, end = certificate.not_before.moment, certificate.not_after.moment
    return None if begin is None or end is None else begin <= context.moment <= end


@check("DPC-PATH-TIME-01")
def is_current(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The certificate is neither expired nor not yet valid, the seconds of both dates included."""
    current = _is_current(certificate, context)
    if current is None:
        return CannotTell("a date cannot be read, which the rule on its form reports")
    if current:
        return None
    dates = f"{certificate.not_before} to {certificate.not_after}"
    return unexpected("validity", f"dates around {context.moment}", dates)


@check("DPC-PATH-CA-01")
def issuers_are_cas(certificate: CertificateView, context: CertificateContext) -> Answer:  # noqa: ARG001
    """The CA certificates have critical basic constraints with cA TRUE, and keyCertSign."""
    views = context.authority_views
    if not views:
        return CannotTell("no CA certificate was given")
    for view in views:
        constraints = view.by_oid.get(oids.BASIC_CONSTRAINTS)
        if (
            constraints is None
            or not constraints.critical
            or not (view.basic_constraints and view.basic_constraints.ca)
        ):
            return unexpected(
                f"basicConstraints of {view.subject}", "critical, cA TRUE", view.basic_constraints or "nothing"
            )
        if KEY_CERT_SIGN not in (view.key_usage or ()):
            return missing(f"keyUsage of {view.subject}", "keyCertSign")
    return None
