"""The judge of services: observations in, one evaluation for each requirement out."""

from dpc_conformance.checks.judgement import Evaluated, evaluated
from dpc_conformance.checks.registry import Evidence, checks
from dpc_conformance.checks.services import (  # noqa: F401  imported for the checks they declare
    delivery,
    issuance,
    repository,
    revocations,
)
from dpc_conformance.checks.services.context import ServiceContext
from dpc_conformance.evidence.observations import Observations


def judge_services(observations: Observations, context: ServiceContext) -> list[Evaluated]:
    """Every requirement on services evaluated on what was observed of them. Never raises."""
    kind = Evidence.SERVICE
    return [evaluated(one.requirement, one.judge(observations, context), kind.value) for one in checks(kind)]
