"""The judge of CRLs and OCSP responses: DER in, one evaluation for each requirement out."""

from collections.abc import Callable
from typing import Final, TypeVar

from dpc_conformance.checks.finding import CannotTell, Finding
from dpc_conformance.checks.judgement import Evaluated, evaluated
from dpc_conformance.checks.registry import Evidence, checks
from dpc_conformance.checks.status import crl, ocsp  # noqa: F401  imported for the checks they declare
from dpc_conformance.checks.status.context import StatusContext
from dpc_conformance.formats.crl import read_crl
from dpc_conformance.formats.der import DerError
from dpc_conformance.formats.ocsp import read_ocsp

UNREADABLE_CRL: Final = "DPC-CRL-HTTP-01"
UNREADABLE_OCSP: Final = "DPC-OCSP-PRESENT-01"
View = TypeVar("View")


def judge_crl(der: bytes, context: StatusContext) -> list[Evaluated]:
    """Every requirement on a CRL evaluated on the one in `der`. Never raises.

    What cannot be read is not the DER of a CRL, which the requirement on its delivery is about.
    """
    return _judge(der, context, Evidence.CRL, read_crl, UNREADABLE_CRL, "the DER of a CRL")


def judge_ocsp(der: bytes, context: StatusContext) -> list[Evaluated]:
    """Every requirement on an OCSP response evaluated on the one in `der`. Never raises."""
    return _judge(der, context, Evidence.OCSP_RESPONSE, read_ocsp, UNREADABLE_OCSP, "a successful basic response")


def _judge(
    der: bytes, context: StatusContext, kind: Evidence, read: Callable[[bytes], View], unreadable: str, expected: str
) -> list[Evaluated]:
    try:
        view = read(der)
    except DerError as error:
        finding = Finding(unreadable, "error", f"offset {error.offset}", expected, error.reason)
        reason = f"it cannot be read: {error}"
        requirements = [one.requirement for one in checks(kind)]
        answers = [(one, finding if one == unreadable else CannotTell(reason)) for one in requirements]
        return [evaluated(one, answer, kind.value) for one, answer in answers]
    return [evaluated(one.requirement, one.judge(view, context), kind.value) for one in checks(kind)]
