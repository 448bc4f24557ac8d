"""The registered rules, loaded when the first step judges, so that collecting features stays quick."""

from collections.abc import Callable
from functools import cache

from dpc_conformance.checks.registry import Check, Evidence, Refusal, check_for, load_all, refusal_for, refusals

load_rules = cache(load_all)


def check_of(requirement: str, evidence: Evidence | None = None) -> Check:
    """The check of a requirement, on that kind of evidence where one is named; KeyError where none is declared."""
    load_rules()
    return check_for(requirement, evidence)


def flow_check_of(requirement: str) -> Check:
    """The check of a requirement on a flow; KeyError where none is declared."""
    return check_of(requirement, Evidence.FLOW)


def refusal_of(requirement: str) -> Refusal:
    """The refusal that proves a requirement; KeyError where none is declared."""
    load_rules()
    return refusal_for(requirement)


def controls() -> set[str]:
    """The requests that have to succeed, so that refusals mean something."""
    load_rules()
    return {control for each in refusals() for control in each.controls}


def has(find: Callable[[str], object], requirement: str) -> bool:
    """Whether `find`, one of the above, knows the requirement."""
    try:
        find(requirement)
    except KeyError:
        return False
    return True
