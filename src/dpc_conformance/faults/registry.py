"""Seeded defects of the reference by name: what each swaps, and the exact set of requirements it must trip."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache

from dpc_conformance.faults.subjects import Subject, subject_of
from dpc_conformance.reference.scene import Scene

Swap = Callable[[Scene], None]
STAGES = {
    "flows": "",
    "token": "token",
    "cards": "card",
    "web": "use/web",
    "wireless": "use/wireless",
    "vpn": "use/vpn",
    "entrust": "journey/entrust",
}
"""The packages of defects, and the folder of features that each of them meets; empty for all of them."""
TARGETS = {"entrust": "reference-entrust"}
"""The packages whose defects sit in a variant of the reference, and the target that has it."""


@dataclass(frozen=True)
class Fault:
    """A defect: `swap` changes parts of a scenario before its roles are built; `trips` names what must turn red.

    These are requirements, and steps of the story where no requirement of the scenario turns red.
    `breaks` holds the scenarios, by name, that cannot go on with it and so end without a finding, each with the reason.
    """

    name: str
    swap: Swap
    trips: frozenset[str]
    breaks: Mapping[str, str] = field(default_factory=dict)
    folder: str = ""
    """The folder below features/ whose scenarios it meets, without a whole journey; empty for all of them."""
    subject: Subject = Subject.ISSUER
    target: str = ""
    """The target of the suite whose reference has what it changes; empty for the one that runs by itself."""


class UnknownFault(LookupError):
    """No fault has that name."""


_FAULTS: dict[str, Fault] = {}


def fault(name: str, trips: set[str], breaks: Mapping[str, str] | None = None) -> Callable[[Swap], Swap]:
    """Declare a defect; ValueError when the name is taken."""

    def declare(swap: Swap) -> Swap:
        if name in _FAULTS:
            raise ValueError(f"declared twice: {name}")
        part = next((part for part in STAGES if f".{part}." in swap.__module__), "")
        subject, folder, target = subject_of(swap.__module__, name), STAGES.get(part, ""), TARGETS.get(part, "")
        _FAULTS[name] = Fault(name, swap, frozenset(trips), breaks or {}, folder, subject, target)
        return swap

    return declare


def faults() -> tuple[Fault, ...]:
    """Every declared fault, in the order of their names."""
    _declare_all()
    return tuple(sorted(_FAULTS.values(), key=lambda each: each.name))


@cache
def _declare_all() -> None:
    """Import the modules of all packages; looking through their folders takes longer than a step."""
    for part in STAGES:
        package = importlib.import_module(f"dpc_conformance.faults.{part}")
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def fault_named(name: str) -> Fault:
    """The fault of that name. UnknownFault names the nearest one."""
    _declare_all()
    if name not in _FAULTS:
        near = get_close_matches(name, _FAULTS, 1, 0)[0]
        raise UnknownFault(f'there is no defect "{name}"; the nearest is "{near}" (`dpc faults` lists them all)')
    return _FAULTS[name]
