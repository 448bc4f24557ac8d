"""Path validation (RFC 5280 6.1) with pyhanko-certvalidator: fail closed, at an explicit moment, offline."""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum
from functools import lru_cache

from dpc_conformance.checks.certificate.certificate_policies import derived_policies
from dpc_conformance.checks.context import CertificateContext, view_or_none
from dpc_conformance.formats.certificate import CertificateView


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


def initial_policies(context: CertificateContext) -> frozenset[str]:
    """The policies that validation begins with: the context's, else the two derived ones."""
    return context.initial_policies or derived_policies(context)


@lru_cache(maxsize=256)
def validate_path(
    certificate: bytes, context: CertificateContext, policies: frozenset[str] | None = None
) -> PathResult:
    """Validate `certificate` to one of the context's anchors at the context's moment, every certificate's status known.

    `policies` is the initial policy set; None means that of the context.

    All candidate issuers are tried, so that CAs of one name and cross-certificates are found. A status that is missing
    or stale gives CANNOT_TELL, never VALID. What a CRL lists is revoked, whatever an OCSP response says.
    """
    nothing = _nothing_to_go_by(context)
    if nothing is not None:
        return nothing
    found = _validate(certificate, context, policies)
    if found.verdict is not Verdict.VALID or not context.crls or not context.ocsp_responses:
        return found
    # The library looks at no CRL where a response says good.
    by_crls = _validate(certificate, replace(context, ocsp_responses=()), policies)
    return by_crls if by_crls.verdict is Verdict.REVOKED else found


def _validate(certificate: bytes, context: CertificateContext, policies: frozenset[str] | None) -> PathResult:
    import asyncio

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
            pkix_params=PKIXValidationParams(user_initial_policy_set=policies or initial_policies(context)),
        )
        path = asyncio.run(validator.async_validate_path())
    except (errors.ExpiredError, errors.NotYetValidError) as error:
        return PathResult(Verdict.EXPIRED, str(error))
    except errors.RevokedError as error:
        return PathResult(Verdict.REVOKED, str(error))
    except errors.InsufficientRevinfoError as error:
        return PathResult(Verdict.CANNOT_TELL, str(error))
    except errors.PathBuildingError as error:
        if _lacks_its_ca(certificate, context):
            return PathResult(Verdict.CANNOT_TELL, "the issuing CA's certificate was not given")
        return PathResult(Verdict.INVALID, str(error))
    except errors.ValidationError as error:
        return PathResult(_verdict_of(str(error)), str(error))
    except Exception as error:  # the library's parser has no error class of its own; what it cannot read is no verdict
        return PathResult(Verdict.CANNOT_TELL, f"the path library could not read an input: {type(error).__name__}")
    return PathResult(
        Verdict.VALID, "", frozenset(one.user_domain_policy_id for one in path.qualified_policies() or ())
    )


def path_of(
    certificate: CertificateView, context: CertificateContext, policies: frozenset[str] | None = None
) -> PathResult:
    """As `validate_path`; nothing of the certificate is looked at when the context cannot lead to a verdict.

    A context with a memory of paths answers from there.
    """
    nothing = _nothing_to_go_by(context)
    if nothing is not None:
        return nothing
    if context.path_memory is None:
        return validate_path(certificate.der, context, policies)
    return context.path_memory.of(certificate, policies, lambda: validate_path(certificate.der, context, policies))


def _nothing_to_go_by(context: CertificateContext) -> PathResult | None:
    if not context.trust_anchors:
        return PathResult(Verdict.CANNOT_TELL, "no trust anchor was given")
    if not context.crls and not context.ocsp_responses:
        return PathResult(Verdict.CANNOT_TELL, "no CRL and no OCSP response was given")
    return None


def _lacks_its_ca(certificate: bytes, context: CertificateContext) -> bool:
    """Whether no certificate of that name stands beside one that another issued: nobody knows where it leads."""
    view = view_or_none(certificate)
    if view is None or context.issuer is not None or view.issuer.der == view.subject.der:
        return False
    given = map(view_or_none, (*context.intermediates, *context.trust_anchors))
    return all(one is None or one.subject.der != view.issuer.der for one in given)


def _verdict_of(reason: str) -> Verdict:
    """The library tells these apart by its sentence only."""
    if "set of policies" in reason:
        return Verdict.POLICY_REFUSED
    if "permitted namespace" in reason or "are excluded from" in reason:
        return Verdict.NAME_REFUSED
    return Verdict.INVALID
