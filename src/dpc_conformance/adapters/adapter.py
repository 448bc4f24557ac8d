"""What a distribution registers, so that a target can name its adapter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from dpc_conformance.target import Target

if TYPE_CHECKING:
    from dpc_conformance.reference.scene import Scene

GROUP = "dpc_conformance.adapters"
"""The group of entry points. An entry is named ROLE.NAME, such as card.pcsc, and leads to an `Adapter`."""

SceneChange = Callable[["Scene"], None]
"""Changes parts of the reference before the roles of a scenario are built: by an adapter, or by a seeded defect."""


@dataclass(frozen=True)
class Adapter:
    """A real thing behind one role.

    `read` gets the role's table and its target. It reads and checks everything that the table names, and sees whether
    the real thing answers; it raises TargetError with one sentence (file, key, problem) that holds no secret. What it
    returns is called at the beginning of each scenario and puts a maker of the adapter's object into `scene.players`,
    under the role's name, for casting.py to hand out. A verb that the object does not have is NotSupported, and what
    needs it is BLOCKED. What it opens it closes through `scene.on_close`.
    """

    role: str
    name: str
    summary: str
    """One sentence for `dpc adapter list`."""
    settings: type[BaseModel]
    """The role's table. Secrets in it have `repr=False`, and `read` or the scene change gives them to the recorder."""
    read: Callable[[Mapping[str, Any], Target], SceneChange]
    parallel: bool = False
    """Whether several workers may use it at the same time."""
