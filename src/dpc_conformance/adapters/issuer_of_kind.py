"""The reference issuer as one of the kind that the target claims."""

from dataclasses import dataclass, replace

from dpc_conformance.reference.issuer.kinds import KINDS, IssuerKind
from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.scene import Scene


@dataclass(frozen=True)
class IssuerOfKind:
    """Gives every issuer of a scene the pages of one maker, and what a request takes there."""

    kind: IssuerKind

    @classmethod
    def named(cls, issuer_type: str) -> "IssuerOfKind":
        """By the claim `issuer_type`: intercede or entrust."""
        return cls(KINDS[issuer_type])

    def __call__(self, scene: Scene) -> None:
        """Change the scene."""
        scene.on_issuer.append(self._configure)

    def _configure(self, parts: IssuerParts) -> None:
        parts.settings = replace(parts.settings, kind=self.kind)
