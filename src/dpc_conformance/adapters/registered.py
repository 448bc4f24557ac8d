"""The adapters that the installed distributions register; each is loaded only when somebody names it."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from dpc_conformance.adapters.adapter import GROUP, Adapter
from dpc_conformance.target_roles import ROLES


class WrongRegistration(Exception):
    """An entry point leads nowhere, or not to an adapter; the message is a sentence with the entry and its source."""


@dataclass(frozen=True)
class Registered:
    """An adapter that can be named. `source` is the distribution that registers it."""

    role: str
    name: str
    source: str
    entry: EntryPoint

    def load(self) -> Adapter:
        """The adapter. Raises WrongRegistration."""
        try:
            found = self.entry.load()
        except Exception as problem:  # whatever somebody else's module raises
            raise WrongRegistration(f"{self}: expected an adapter at {self.entry.value}: {problem}") from None
        if not isinstance(found, Adapter):
            raise WrongRegistration(f"{self}: expected an Adapter at {self.entry.value}, not {type(found).__name__}")
        if (found.role, found.name) != (self.role, self.name):
            raise WrongRegistration(f"{self}: the adapter there is {found.role}.{found.name}")
        return found

    def __str__(self) -> str:
        return f"adapter {self.role}.{self.name} of {self.source}"


def registered() -> tuple[Registered, ...]:
    """Every adapter, in the order of the roles. Raises WrongRegistration where two have one name."""
    return _found_on(tuple(sys.path))


@cache
def _found_on(_path: tuple[str, ...]) -> tuple[Registered, ...]:
    """Once for a path on which distributions are looked for: looking takes as long as loading one."""
    found: dict[tuple[str, str], Registered] = {}
    for each in _entries(entry_points(group=GROUP)):
        known = found.setdefault((each.role, each.name), each)
        if known.entry.value != each.entry.value:
            raise WrongRegistration(f"{each}: {known.source} registers one of that name, too")
    return tuple(sorted(found.values(), key=lambda each: (ROLES.index(each.role), each.name)))


def adapter_of(role: str, name: str) -> Adapter | None:
    """The adapter of that name for that role; None when nobody registers one. Raises WrongRegistration."""
    return next((each.load() for each in registered() if (each.role, each.name) == (role, name)), None)


def names_for(role: str) -> tuple[str, ...]:
    """The adapters that the role can have."""
    return tuple(each.name for each in registered() if each.role == role)


def _entries(entries: Iterable[EntryPoint]) -> Iterator[Registered]:
    for entry in entries:
        role, separator, name = entry.name.partition(".")
        source = entry.dist.name if entry.dist else entry.value
        if not separator or role not in ROLES or not name:
            raise WrongRegistration(
                f"{source} registers {entry.name!r} in {GROUP}: expected ROLE.NAME, with one of {', '.join(ROLES)}"
            )
        yield Registered(role, name, source, entry)
