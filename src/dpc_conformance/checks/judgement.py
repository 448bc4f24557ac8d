"""The judge of certificates: DER in, one evaluation for each requirement of the profile out."""

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from dpc_conformance.checks.certificate.encoding import unreadable
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, Finding, Outcome
from dpc_conformance.checks.profiles.derived_authentication import DERIVED_AUTHENTICATION
from dpc_conformance.checks.profiles.profile import Profile
from dpc_conformance.formats.certificate import CertificateView, read_certificate
from dpc_conformance.formats.der import DerError


class Evaluated(NamedTuple):
    """What one requirement came to on one object. `finding` is set when it fails; `where` says what was looked at.

    `reason` says why it could not be told or does not apply.
    """

    requirement: str
    finding: Finding | None
    where: str
    outcome: Outcome
    reason: str = ""


def judge_certificate(
    der: bytes, context: CertificateContext, profile: Profile = DERIVED_AUTHENTICATION
) -> list[Evaluated]:
    """Every requirement of `profile` evaluated on the certificate in `der`, in the profile's order. Never raises.

    A certificate that cannot be read fails the rule on its encoding; of the others it cannot be told.
    """
    try:
        certificate = read_certificate(der)
    except DerError as error:
        finding = unreadable(error)
        reason = f"the certificate cannot be read: {error}"
        return [
            evaluated(one, finding if one == finding.requirement else CannotTell(reason))
            for one in profile.requirements
        ]
    return judge_view(certificate, context, profile)


def judge_view(
    certificate: CertificateView, context: CertificateContext, profile: Profile = DERIVED_AUTHENTICATION
) -> list[Evaluated]:
    """As `judge_certificate`, for a certificate that was read already."""
    about = told(context, profile)
    return [evaluated(one.requirement, one.judge(certificate, about)) for one in profile.checks]


def told(context: CertificateContext, profile: Profile) -> CertificateContext:
    """What the rules of a profile are told: path validation begins with its policies unless the context names some."""
    if profile.policies is None or context.initial_policies is not None:
        return context
    return _beginning_with(context, profile.policies(context))


@lru_cache(maxsize=16)
def _beginning_with(context: CertificateContext, policies: frozenset[str]) -> CertificateContext:
    """The same context for another kind of certificate, remembered since its views were read once."""
    return replace(context, initial_policies=policies)


def evaluated(requirement: str, answer: Answer, where: str = "certificate") -> Evaluated:
    """An answer of a check as an evaluation."""
    if answer is None:
        return Evaluated(requirement, None, where, Outcome.HOLDS)
    if isinstance(answer, Finding):
        return Evaluated(requirement, answer, answer.where, Outcome.FAILS)
    outcome = Outcome.DOES_NOT_APPLY if isinstance(answer, DoesNotApply) else Outcome.CANNOT_TELL
    return Evaluated(requirement, None, where, outcome, answer.reason)


def findings(evaluations: list[Evaluated]) -> dict[str, Finding]:
    """The findings among evaluations, by the id of their requirement."""
    return {one.requirement: one.finding for one in evaluations if one.finding is not None}
