"""Seeded defects of the reference by name: what each swaps, and the exact set of requirements it must trip."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass

from dpc_conformance.reference.scene import Scene

Swap = Callable[[Scene], None]


@dataclass(frozen=True)
class Fault:
    """A defect: `swap` changes parts of a scenario before its roles are built; `trips` names what must turn red."""

    name: str
    swap: Swap
    trips: frozenset[str]


class UnknownFault(LookupError):
    """No fault has that name."""


_FAULTS: dict[str, Fault] = {}


def fault(name: str, trips: set[str]) -> Callable[[Swap], Swap]:
    """Declare a defect; ValueError when the name is taken."""

    def declare(swap: Swap) -> Swap:
        if name in _FAULTS:
            raise ValueError(f"declared twice: {name}")
        _FAULTS[name] = Fault(name, swap, frozenset(trips))
        return swap

    return declare


def faults() -> tuple[Fault, ...]:
    """Every declared fault, in the order of their names."""
    package = importlib.import_module("dpc_conformance.faults.flows")
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
    return tuple(sorted(_FAULTS.values(), key=lambda each: each.name))


def fault_named(name: str) -> Fault:
    """The fault of that name. UnknownFault lists the names there are."""
    known = {each.name: each for each in faults()}
    if name not in known:
        raise UnknownFault(f"there is no fault {name!r}; there are: {', '.join(known)}")
    return known[name]
