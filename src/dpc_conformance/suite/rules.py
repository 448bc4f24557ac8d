"""The registered rules, loaded when the first step judges, so that collecting features stays quick."""

from collections.abc import Callable
from functools import cache

from dpc_conformance.checks.registry import Check, Refusal, check_for, load_all, refusal_for, refusals

load_rules = cache(load_all)


def check_of(requirement: str) -> Check:
    """The check of a requirement; KeyError where none is declared."""
    load_rules()
    return check_for(requirement)


def refusal_of(requirement: str) -> Refusal:
    """The refusal that proves a requirement; KeyError where none is declared."""
    load_rules()
    return refusal_for(requirement)


def controls() -> set[str]:
    """The requests that have to succeed, so that refusals mean something."""
    load_rules()
    return {each.control for each in refusals()}


def has(find: Callable[[str], object], requirement: str) -> bool:
    """Whether `find`, one of the above, knows the requirement."""
    try:
        find(requirement)
    except KeyError:
        return False
    return True
