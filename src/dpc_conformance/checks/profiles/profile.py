"""A profile: the rules that apply to one kind of certificate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.registry import Check, Evidence, check_for


@dataclass(frozen=True, eq=False)
class Profile:
    """`requirements` are the ids whose checks apply; `accepted` maps ids of rows that only allow to what they allow.

    What is accepted has no check: that nothing is found in a certificate that has it is the proof. `aggregate` is the
    id of a requirement that holds when all `parts` do; parts belong to another kind of certificate by their own text.
    `key` is how commands name the profile. `policies` gives the initial policies of path validation, None the derived.
    """

    name: str
    requirements: tuple[str, ...]
    accepted: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    worksheet: str = ""
    aggregate: str = ""
    parts: tuple[str, ...] = ()
    policies: Callable[[CertificateContext], frozenset[str]] | None = None

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The checks of the requirements. KeyError when one is declared nowhere."""
        return tuple(check_for(requirement, Evidence.CERTIFICATE) for requirement in self.requirements)

    @cached_property
    def own(self) -> frozenset[str]:
        """The ids that are about this kind of certificate: all but the parts, with the aggregate."""
        aggregate = {self.aggregate} if self.aggregate else set()
        return frozenset(self.requirements).difference(self.parts) | aggregate
