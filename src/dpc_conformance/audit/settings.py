"""What an audit is told: everything a process on another machine needs to do its share of the work."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from dpc_conformance.audit.slices import Source
from dpc_conformance.checks.context import CertificateContext


@dataclass(frozen=True)
class Settings:
    """`context` names no issuer: each certificate gets the one of `authorities` that its issuer names.

    `profile` is the key of one, None lets each certificate choose; `edition` is the value of a
    catalogue edition; `conflicts` are the options chosen where sources contradict each other.
    """

    source: Source
    out: Path
    context: CertificateContext
    authorities: tuple[bytes, ...] = ()
    profile: str | None = None
    edition: str = "2014"
    conflicts: Mapping[str, str] = field(default_factory=dict)

    def fingerprint(self) -> str:
        """Changes with whatever changes the findings: an interrupted audit goes on only under the same."""
        told = replace(self.context)  # a copy without the views that may have been read already
        parts = (
            self.source.fingerprint(),
            repr(told),
            repr(self.authorities),
            repr(self.profile),
            self.edition,
            repr(sorted(self.conflicts.items())),
        )
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()
