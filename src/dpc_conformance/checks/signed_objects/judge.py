"""The judge of signed objects: CMS in, one evaluation for each requirement out."""

from dpc_conformance.checks.finding import CannotTell
from dpc_conformance.checks.judgement import Evaluated, evaluated
from dpc_conformance.checks.registry import Evidence, checks
from dpc_conformance.checks.signed_objects import algorithms  # noqa: F401  imported for the checks it declares
from dpc_conformance.checks.signed_objects.context import read_signed_object
from dpc_conformance.formats.ber import Malformed


def judge_signed_object(cms: bytes, name: str, is_security_object: bool = False) -> list[Evaluated]:
    """Every requirement on signed objects evaluated on the message in `cms`. Never raises.

    What cannot be read breaks rules on card objects, not on algorithms: of these it cannot be told.
    """
    kind = Evidence.SIGNED_OBJECT
    try:
        signed = read_signed_object(name, cms, is_security_object)
    except Malformed as error:
        return [evaluated(one.requirement, CannotTell(f"it cannot be read: {error}"), name) for one in checks(kind)]
    return [evaluated(one.requirement, one.judge(signed), name) for one in checks(kind)]
