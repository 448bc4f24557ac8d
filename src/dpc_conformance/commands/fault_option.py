"""The option `--fault`: a seeded defect by its name."""

from typing import TYPE_CHECKING

from dpc_conformance.commands.errors import BadInput

if TYPE_CHECKING:
    from dpc_conformance.faults.registry import Fault


def fault_of(name: str) -> "Fault":
    """The defect of that name. BadInput for one that nobody declared."""
    from dpc_conformance.faults.registry import UnknownFault, fault_named  # half of the reference comes with it

    try:
        return fault_named(name)
    except UnknownFault as error:
        raise BadInput(f"--fault {name}: {error}") from None
