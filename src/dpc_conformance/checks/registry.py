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
    SIGNED_OBJECT = "a signed object of a card or token"
    SERVICE = "a service observed over time"
    PICTURE = "a picture of a QR code"
    FLOW = "the timeline of a scenario"
    CARD = "what was read from a PIV Card"
    TOKEN = "what was read from a removable token"


CheckFunction = Callable[..., Answer]
Function = TypeVar("Function", bound=CheckFunction)


class DuplicateCheck(ValueError):
    """Two checks claim one requirement on the same kind of evidence."""


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
    """A requirement proved by a request that must be refused: for one of `reasons`, while its control succeeds.

    `reasons` are names of audit reasons; each of `controls` names a request that can be refused, without the one
    defect. The first is meant where a scenario names none.
    """

    requirement: str
    reasons: frozenset[str]
    controls: tuple[str, ...]


_CHECKS: dict[tuple[str, Evidence], Check] = {}
_REFUSALS: dict[str, Refusal] = {}


def _register(requirement: str, evidence: Evidence) -> Callable[[Function], Function]:
    def register(function: Function) -> Function:
        known = _CHECKS.get((requirement, evidence))
        if known:
            raise DuplicateCheck(f"{requirement} is checked by {known.function.__qualname__} already")
        sentence = (inspect.getdoc(function) or "").split("\n\n")[0].replace("\n", " ")
        if not sentence:
            raise ValueError(f"the check of {requirement} needs a sentence for its readers")
        takes_context = len(inspect.signature(function).parameters) > 1
        _CHECKS[requirement, evidence] = Check(requirement, evidence, function, sentence, takes_context)
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


def signed_object_check(requirement: str) -> Callable[[Function], Function]:
    """Declare a rule on a SignedObject."""
    return _register(requirement, Evidence.SIGNED_OBJECT)


def service_check(requirement: str) -> Callable[[Function], Function]:
    """Declare a rule on what was observed of a service, or on that and its ServiceContext.

    The same requirement may have a check on one object of that service too.
    """
    return _register(requirement, Evidence.SERVICE)


def picture_check(requirement: str) -> Callable[[Function], Function]:
    """Declare a rule on what was read from a picture of a QR code."""
    return _register(requirement, Evidence.PICTURE)


def flow_check(requirement: str) -> Callable[[Function], Function]:
    """Declare a rule on a timeline `tuple[Record, ...]`, or on a timeline and a context of the caller's own type."""
    return _register(requirement, Evidence.FLOW)


def card_check(requirement: str) -> Callable[[Function], Function]:
    """Declare a rule on a CardReading of a PIV Card, or on that and its CardContext."""
    return _register(requirement, Evidence.CARD)


def token_check(requirement: str) -> Callable[[Function], Function]:
    """Declare a rule on a CardReading of a removable token, or on that and its CardContext."""
    return _register(requirement, Evidence.TOKEN)


def refusal(requirement: str, reasons: frozenset[str] | set[str], *controls: str) -> Refusal:
    """Declare that `requirement` is proved by a refusal. DuplicateCheck when it is declared twice."""
    if requirement in _REFUSALS:
        known = ", ".join(_REFUSALS[requirement].controls)
        raise DuplicateCheck(f"{requirement} has a refusal already, with control {known}")
    _REFUSALS[requirement] = Refusal(requirement, frozenset(reasons), controls)
    return _REFUSALS[requirement]


def check_for(requirement: str, evidence: Evidence | None = None) -> Check:
    """The check of a requirement on that evidence, or on the first kind that has one; KeyError when there is none."""
    for kind in (evidence,) if evidence else Evidence:
        if (requirement, kind) in _CHECKS:
            return _CHECKS[requirement, kind]
    raise KeyError(requirement)


def refusal_for(requirement: str) -> Refusal:
    """The refusal of a requirement; KeyError when no imported module declares one."""
    return _REFUSALS[requirement]


def checks(evidence: Evidence | None = None) -> tuple[Check, ...]:
    """The declared checks in order of their ids, of one kind or of all."""
    known = sorted(_CHECKS.values(), key=lambda one: (one.requirement, one.evidence.value))
    return tuple(one for one in known if evidence in (None, one.evidence))


def refusals() -> tuple[Refusal, ...]:
    """The declared refusals in order of their ids."""
    return tuple(one for _, one in sorted(_REFUSALS.items()))


def load_all() -> None:
    """Import every module of the judge, so that all declarations are known."""
    package: Any = importlib.import_module("dpc_conformance.checks")
    for module in pkgutil.walk_packages(package.__path__, "dpc_conformance.checks."):
        importlib.import_module(module.name)
