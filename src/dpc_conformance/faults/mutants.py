"""The declaration of mutants and goldens: objects in DER, each with the exact set of requirements it must break."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

CERTIFICATE: Final = "certificate"
CRL: Final = "CRL"
OCSP_RESPONSE: Final = "OCSP response"
SIGNED_OBJECT: Final = "signed object"
SERVICE: Final = "service"
Kind = Literal["certificate", "CRL", "OCSP response", "signed object", "service"]
Make = Callable[[], Any]
"""Makes DER, or for a service the observations of one."""
DERIVED: Final = "derived-authentication"
Evidence = Callable[[], Mapping[str, Any]]


@dataclass(frozen=True)
class Mutant:
    """An object with one defect; `yields` is the exact set of ids of requirements it must be found to break.

    `evidence` returns what replaces parts of what the judge is told besides the object, for defects that only
    show there.
    """

    description: str
    yields: frozenset[str]
    make: Make
    evidence: Evidence
    kind: Kind
    profile: str = DERIVED
    """The key of the profile by which a certificate is judged."""
    accepts: frozenset[str] = frozenset()
    """Of a golden, the ids of rules that only allow and whose allowance it uses."""


_MUTANTS: dict[str, Mutant] = {}
_GOLDENS: dict[str, Mutant] = {}


def _declare(store: dict[str, Mutant], mutant: Mutant) -> None:
    if mutant.description in store:
        raise ValueError(f"declared twice: {mutant.description}")
    store[mutant.description] = mutant


def _evidence(evidence: Evidence | None, more: Mapping[str, object]) -> Evidence:
    return lambda: {**(evidence() if evidence else {}), **more}


def mutant(
    description: str,
    yields: set[str],
    evidence: Evidence | None = None,
    kind: Kind = CERTIFICATE,
    profile: str = DERIVED,
    **more: object,
) -> Callable[[Make], Make]:
    """Declare a function that makes an object with one defect; `more` is evidence that costs nothing to make."""

    def declare(make: Make) -> Make:
        _declare(_MUTANTS, Mutant(description, frozenset(yields), make, _evidence(evidence, more), kind, profile))
        return make

    return declare


def golden(
    description: str,
    evidence: Evidence | None = None,
    kind: Kind = CERTIFICATE,
    profile: str = DERIVED,
    accepts: frozenset[str] | set[str] = frozenset(),
    **more: object,
) -> Callable[[Make], Make]:
    """Declare a function that makes a good object."""

    def declare(make: Make) -> Make:
        _declare(
            _GOLDENS,
            Mutant(description, frozenset(), make, _evidence(evidence, more), kind, profile, frozenset(accepts)),
        )
        return make

    return declare


def _load() -> None:
    for name in ("certificates", "status", "signed_objects", "services"):
        package: Any = importlib.import_module(f"dpc_conformance.faults.{name}")
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def _of(store: dict[str, Mutant], kind: Kind) -> tuple[Mutant, ...]:
    """Those of one kind, certificates for derived authentication first."""
    _load()
    return tuple(sorted((one for one in store.values() if one.kind == kind), key=lambda one: one.profile != DERIVED))


def mutants(kind: Kind = CERTIFICATE) -> tuple[Mutant, ...]:
    """Every mutant of one kind of object."""
    return _of(_MUTANTS, kind)


def goldens(kind: Kind = CERTIFICATE) -> tuple[Mutant, ...]:
    """Every good object of one kind."""
    return _of(_GOLDENS, kind)
