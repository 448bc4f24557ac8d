"""Path validation (RFC 5280 6.1) with pyhanko-certvalidator: fail closed, at an explicit moment, offline."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from functools import lru_cache
from typing import Final

from dpc_conformance.checks.certificate.certificate_policies import derived_policies
from dpc_conformance.checks.context import CertificateContext, view_or_none
from dpc_conformance.checks.finding import Answer, CannotTell, missing, unexpected
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.extension_values import KEY_CERT_SIGN

WHERE: Final = "certification path"


class Verdict(Enum):
    """What path validation came to."""

    VALID = "valid"
    EXPIRED = "outside its dates"
    REVOKED = "revoked"
    NAME_REFUSED = "refused by name constraints"
    POLICY_REFUSED = "refused by policy"
    INVALID = "invalid"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class PathResult:
    """The verdict, its reason as a sentence, and the policies the valid policy tree yields (empty: none)."""

    verdict: Verdict
    reason: str = ""
    policies: frozenset[str] = frozenset()


@lru_cache(maxsize=256)
def validate_path(
    certificate: bytes, context: CertificateContext, policies: frozenset[str] | None = None
) -> PathResult:
    """Validate `certificate` to one of the context's anchors at the context's moment, every certificate's status known.

    `policies` is the initial policy set; None means the two derived policies.

    All candidate issuers are tried, so that CAs of one name and cross-certificates are found. A status that is missing
    or stale gives CANNOT_TELL, never VALID.
    """
    if not context.trust_anchors:
        return PathResult(Verdict.CANNOT_TELL, "no trust anchor was given")
    if not context.crls and not context.ocsp_responses:
        return PathResult(Verdict.CANNOT_TELL, "no CRL and no OCSP response was given")
    from asn1crypto import x509
    from pyhanko_certvalidator import CertificateValidator, PKIXValidationParams, ValidationContext, errors
    from pyhanko_certvalidator.policy_decl import AcceptAllAlgorithms

    # What the library logs as a warning, it also raises: as an exception that becomes the reason.
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    issuers = context.intermediates if context.issuer is None else (*context.intermediates, context.issuer)
    try:
        validator = CertificateValidator(
            x509.Certificate.load(certificate, strict=False),
            validation_context=ValidationContext(
                trust_roots=[x509.Certificate.load(anchor) for anchor in context.trust_anchors],
                other_certs=[x509.Certificate.load(issuer) for issuer in issuers],
                moment=context.moment,
                crls=context.crls,
                ocsps=context.ocsp_responses,
                revocation_mode="require",  # "hard-fail" lets a certificate pass that names no status service
                time_tolerance=timedelta(0),
                algorithm_usage_policy=AcceptAllAlgorithms(),  # algorithms have rules of their own
            ),
            pkix_params=PKIXValidationParams(user_initial_policy_set=policies or derived_policies(context)),
        )
        path = asyncio.run(validator.async_validate_path())
    except (errors.ExpiredError, errors.NotYetValidError) as error:
        return PathResult(Verdict.EXPIRED, str(error))
    except errors.RevokedError as error:
        return PathResult(Verdict.REVOKED, str(error))
    except errors.InsufficientRevinfoError as error:
        return PathResult(Verdict.CANNOT_TELL, str(error))
    except errors.PathBuildingError as error:
        return PathResult(Verdict.INVALID, str(error))
    except errors.ValidationError as error:
        return PathResult(_verdict_of(str(error)), str(error))
    except Exception as error:  # the library's parser has no error class of its own; what it cannot read is no verdict
        return PathResult(Verdict.CANNOT_TELL, f"the path library could not read an input: {type(error).__name__}")
    return PathResult(
        Verdict.VALID, "", frozenset(one.user_domain_policy_id for one in path.qualified_policies() or ())
    )


def _verdict_of(reason: str) -> Verdict:
    """The library tells these apart by its sentence only."""
    if "set of policies" in reason:
        return Verdict.POLICY_REFUSED
    if "permitted namespace" in reason or "are excluded from" in reason:
        return Verdict.NAME_REFUSED
    return Verdict.INVALID


_OWN_RULE: Final = {
    Verdict.EXPIRED: "a certificate in the path is outside its dates, which the rule on time reports",
    Verdict.POLICY_REFUSED: "policies refuse the path, which the rule on policies reports",
    Verdict.NAME_REFUSED: "name constraints refuse the path, which the rule on them reports",
}


@check("DPC-PATH-ANCHOR-01")
def leads_to_the_trust_anchor(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The certificate validates to the trust anchor, no certificate in the path being revoked."""
    result = validate_path(certificate.der, context)
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
def policy_processing_yields_a_derived_policy(certificate: CertificateView, context: CertificateContext) -> Answer:
    """Policy processing along the path yields one of the derived policies."""
    result = validate_path(certificate.der, context)
    expected = derived_policies(context)
    if result.verdict is Verdict.POLICY_REFUSED:
        return missing(f"{WHERE} policies", expected, result.reason)
    if result.verdict is not Verdict.VALID:
        return CannotTell(result.reason)
    return None if expected & result.policies else missing(f"{WHERE} policies", expected, result.policies)


@check("DPC-PATH-NC-01")
def names_are_within_the_constraints(certificate: CertificateView, context: CertificateContext) -> Answer:
    """Subject and alternative names lie within the name constraints of the path."""
    result = validate_path(certificate.der, context)
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
    dates = f"{certificate.not_before} to {certificate.not_after}"
    return None if current else unexpected("validity", f"dates around {context.moment}", dates)


@check("DPC-PATH-CA-01")
def issuers_are_cas(certificate: CertificateView, context: CertificateContext) -> Answer:  # noqa: ARG001
    """The CA certificates have critical basic constraints with cA TRUE, and keyCertSign."""
    given = (*context.intermediates, *((context.issuer,) if context.issuer else ()))
    views = [view for view in map(view_or_none, given) if view is not None]
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
