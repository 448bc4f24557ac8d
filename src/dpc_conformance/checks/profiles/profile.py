"""A profile: the rules that apply to one kind of certificate."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dpc_conformance.checks.registry import Check, check_for


@dataclass(frozen=True)
class Profile:
    """`requirements` are the ids whose checks apply; `accepted` maps ids of rows that only allow to what they allow.

    What is accepted has no check: that nothing is found in a certificate that has it is the proof.
    """

    name: str
    requirements: tuple[str, ...]
    accepted: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The checks of the requirements. KeyError when one is declared nowhere."""
        return tuple(check_for(requirement) for requirement in self.requirements)
