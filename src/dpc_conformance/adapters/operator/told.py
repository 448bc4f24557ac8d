"""Records as a person tells them: some fields are there, and whoever asks for another gets NotSeen."""

from typing import Any, ClassVar

from dpc_conformance.evidence.decisions import AuditRecord, IssuedCredential
from dpc_conformance.evidence.recorder import NotSeen
from dpc_conformance.roles.phone import InstalledCredential


class PartlyTold:
    """Goes before a record's class. Raises NotSeen for the fields that are `untold`."""

    untold: ClassVar[frozenset[str]]

    def __getattribute__(self, name: str) -> Any:
        if name in type(self).untold:
            raise NotSeen(f"no person tells the {name.replace('_', ' ')} of what is on record")
        return super().__getattribute__(name)


class ToldDecision(PartlyTold, AuditRecord):
    """Action, outcome and reason."""

    untold = frozenset({"actor", "subject", "detail"})


class ToldCredential(PartlyTold, IssuedCredential):
    """The certificate in an account."""

    untold = frozenset(IssuedCredential.__dataclass_fields__) - {"account", "usage", "certificate"}


class ExportedCredential(PartlyTold, InstalledCredential):
    """The certificate on a phone."""

    untold = frozenset({"key_generated_on_device"})
