"""Requirements that hold when others do: derived from the evaluations of their parts, never judged by themselves."""

from functools import cache

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.vocabulary import Level
from dpc_conformance.checks.finding import Finding, Outcome, Severity
from dpc_conformance.checks.judgement import Evaluated
from dpc_conformance.checks.profiles.profile import Profile

WORKSHEET_RULES = "DPC-CERT-"


@cache
def parts_of(profile: Profile) -> frozenset[str]:
    """The ids from which the aggregate of a profile follows; empty when it has none.

    That of derived authentication are the binding rules on its own worksheet, which are its own ids.
    """
    if not profile.aggregate:
        return frozenset()
    if profile.parts:
        return frozenset((*profile.parts, profile.aggregate))
    catalogue = load_catalogue()
    binding = {one for one in profile.requirements if catalogue.expect(one, profile.name).level is Level.MUST}
    return frozenset(one for one in binding if one.startswith(WORKSHEET_RULES))


def aggregate(evaluations: list[Evaluated], profile: Profile) -> Evaluated | None:
    """What the aggregate of the profile comes to; None when it has none.

    It fails with any part that can fail a product by itself, cannot be told when a part cannot and none fails, is
    warned of with any other, and holds otherwise.
    """
    parts = [one for one in evaluations if one.requirement in parts_of(profile)]
    if not profile.aggregate or not parts:
        return None
    identifier = profile.aggregate
    failed = [one.finding for one in parts if one.finding is not None]
    severity: Severity = "error" if any(_decides(one) for one in failed) else "warning"
    unknown = [one.requirement for one in parts if one.outcome is Outcome.CANNOT_TELL]
    if unknown and severity == "warning":
        reason = f"cannot be told of {', '.join(unknown)}"
        return Evaluated(identifier, None, "certificate", Outcome.CANNOT_TELL, reason)
    if failed:
        named = ", ".join(one.requirement for one in failed)
        found = Finding(identifier, severity, "certificate", f"every row of worksheet {profile.worksheet}", named)
        return Evaluated(identifier, found, "certificate", Outcome.FAILS)
    return Evaluated(identifier, None, "certificate", Outcome.HOLDS)


def _decides(found: Finding) -> bool:
    """Whether the finding would be a failure, not a warning, of the part's own requirement."""
    part = load_catalogue().expect(found.requirement, "an aggregate")
    return found.severity == "error" and part.level is Level.MUST and part.may_decide


def with_aggregate(evaluations: list[Evaluated], profile: Profile) -> list[Evaluated]:
    """All evaluations, the aggregate last; it takes the place of an evaluation of its own id."""
    derived = aggregate(evaluations, profile)
    if derived is None:
        return evaluations
    return [*(one for one in evaluations if one.requirement != derived.requirement), derived]


def for_verdicts(evaluations: list[Evaluated], profile: Profile) -> list[Evaluated]:
    """The evaluations whose requirement is about this kind of certificate, the aggregate standing for its parts.

    So that a fault of a signature certificate is not held against the authentication certificate.
    """
    return [one for one in with_aggregate(evaluations, profile) if one.requirement in profile.own]
