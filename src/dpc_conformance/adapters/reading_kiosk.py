"""Settings of the reference issuer in a target: a kiosk whose workstation reads the card."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from dpc_conformance.reference.issuer.parts import IssuerParts
from dpc_conformance.reference.scene import Scene
from dpc_conformance.toml_file import fit

KEY = "roles.issuer"


class IssuerTable(BaseModel):
    """The table `roles.issuer` of a target file where the reference is the issuer."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    reads_card: bool = False
    """Whether the kiosk has the card's data objects read after the sign-in, and judges them."""


@dataclass(frozen=True)
class ReadingKiosk:
    """Has every issuer of a scene read cards at its kiosk, or not."""

    reads_card: bool

    @classmethod
    def read(cls, settings: Mapping[str, Any], file: Path, error: type[ValueError]) -> "ReadingKiosk":
        """Read the table. Raises `error` with one sentence: target file, key, problem."""
        return cls(fit(settings, IssuerTable, f"{file}: {KEY}.", error).reads_card)

    def __call__(self, scene: Scene) -> None:
        """Change the scene."""
        scene.on_issuer.append(self._configure)

    def _configure(self, parts: IssuerParts) -> None:
        parts.settings = replace(parts.settings, reads_card=self.reads_card)
