"""Every check by the id of its requirement: declared with a decorator, found by the judge and by the reports."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from dpc_conformance.checks.finding import Answer, Finding


class Evidence(Enum):
    """What a check looks at, which is also what its first argument is."""

    CERTIFICATE = "one certificate"
    CRL = "a CRL"
    OCSP_RESPONSE = "an OCSP response"
    PICTURE = "a picture of a QR code"
    FLOW = "the timeline of a scenario"


CheckFunction = Callable[..., Answer]
Function = TypeVar("Function", bound=CheckFunction)


class DuplicateCheck(ValueError):
    """Two checks claim one requirement."""


@dataclass(frozen=True, slots=True)
class Check:
    """One rule: the id it proves, the evidence it takes, and the sentence a reader of the report sees.

    `takes_context` tells whether `function` wants the context as its second argument.
    """

    requirement: str
    evidence: Evidence
    function: CheckFunction
    sentence: str
    takes_context: bool

    def judge(self, evidence: object, context: object = None) -> Answer:
        """The answer about `evidence`, a finding carrying the id of this check."""
        answer = self.function(evidence, context) if self.takes_context else self.function(evidence)
        return answer.of(self.requirement) if isinstance(answer, Finding) else answer


@dataclass(frozen=True, slots=True)
class Refusal:
    """A requirement proved by a request that must be refused: for one of `reasons`, while `control` succeeds.

    `reasons` are names of audit reasons; `control` names the same request without the one defect.
    """

    requirement: str
    reasons: frozenset[str]
    control: str


_CHECKS: dict[str, Check] = {}
_REFUSALS: dict[str, Refusal] = {}


def _register(requirement: str, evidence: Evidence) -> Callable[[Function], Function]:
    def register(function: Function) -> Function:
        if requirement in _CHECKS:
            raise DuplicateCheck(f"{requirement} is checked by {_CHECKS[requirement].function.__qualname__} already")
        sentence = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ")
        if not sentence:
            raise ValueError(f"the check of {requirement} needs a sentence for its readers")
        takes_context = len(inspect.signature(function).parameters) > 1
        _CHECKS[requirement] = Check(requirement, evidence, function, sentence, takes_context)
        return function

    return register


def check(requirement: str) -> Callable[[Function], Function]:
    """Declare a rule on a CertificateView, or on a CertificateView and its CertificateContext."""
    return _register(requirement, Evidence.CERTIFICATE)


def crl_check(requirement: str) -> Callable[[Function], Function]:
    """Declare a rule on a CrlView, or on a CrlView and its RevocationContext."""
    return _register(requirement, Evidence.CRL)


def ocsp_check(requirement: str) -> Callable[[Function], Function]:
    """Declare a rule on an OcspView, or on an OcspView and its RevocationContext."""
    return _register(requirement, Evidence.OCSP_RESPONSE)


def picture_check(requirement: str) -> Callable[[Function], Function]:
    """Declare a rule on what was read from a picture of a QR code."""
    return _register(requirement, Evidence.PICTURE)


def flow_check(requirement: str) -> Callable[[Function], Function]:
    """Declare a rule on a timeline `tuple[Record, ...]`, or on a timeline and a context of the caller's own type."""
    return _register(requirement, Evidence.FLOW)


def refusal(requirement: str, reasons: frozenset[str] | set[str], control: str) -> Refusal:
    """Declare that `requirement` is proved by a refusal. DuplicateCheck when it is declared twice."""
    if requirement in _REFUSALS:
        raise DuplicateCheck(f"{requirement} has a refusal already, with control {_REFUSALS[requirement].control}")
    _REFUSALS[requirement] = Refusal(requirement, frozenset(reasons), control)
    return _REFUSALS[requirement]


def check_for(requirement: str) -> Check:
    """The check of a requirement; KeyError when no imported module declares one."""
    return _CHECKS[requirement]


def refusal_for(requirement: str) -> Refusal:
    """The refusal of a requirement; KeyError when no imported module declares one."""
    return _REFUSALS[requirement]


def checks(evidence: Evidence | None = None) -> tuple[Check, ...]:
    """The declared checks in order of their ids, of one kind or of all."""
    return tuple(one for _, one in sorted(_CHECKS.items()) if evidence in (None, one.evidence))


def refusals() -> tuple[Refusal, ...]:
    """The declared refusals in order of their ids."""
    return tuple(one for _, one in sorted(_REFUSALS.items()))


def load_all() -> None:
    """Import every module of the judge, so that all declarations are known."""
    package: Any = importlib.import_module("dpc_conformance.checks")
    for module in pkgutil.walk_packages(package.__path__, "dpc_conformance.checks."):
        importlib.import_module(module.name)
