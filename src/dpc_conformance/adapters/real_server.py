"""What is so of every server of a tester's: nobody moves its clock, and most keep their log to themselves."""

from datetime import timedelta
from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.roles.errors import NotSupported


class ServerSettings(BaseModel):
    """What every table of a server has."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    trust: Path
    """Folder with the root of its certificate (PEM or DER)."""
    status_delay_minutes: int = Field(0, ge=0)
    """How long a revocation may take to reach it."""


class ServerInScene:
    """The part of roles.relying_party that is alike for all of them."""

    called: ClassVar[str]
    settings: ServerSettings

    @property
    def status_delay(self) -> timedelta:
        """How long a revocation may take to reach it, as the target says."""
        return timedelta(minutes=self.settings.status_delay_minutes)

    def follow_time(self) -> None:
        """It lives by the machine's clock. Raises NotSupported."""
        raise NotSupported(self.called, "move its clock")

    def audit(self) -> tuple[AuditRecord, ...]:
        """Nobody can read its log."""
        return ()
