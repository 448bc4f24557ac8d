"""Which adapters there are, and what each changes in the scene of a scenario."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from dpc_conformance.target import REFERENCE, Target, TargetError

if TYPE_CHECKING:
    from dpc_conformance.reference.scene import Scene

SceneChange = Callable[["Scene"], None]
"""Changes parts of the reference before the roles of a scenario are built: by an adapter, or by a seeded defect."""


def adapters_of(target: Target) -> tuple[SceneChange, ...]:
    """The adapters that a target names, with everything read and checked that their settings name.

    Raises TargetError with one sentence (file, key, problem), also for an adapter that there is not.
    """
    changes = []
    for role, choice in target.roles.items():
        if choice.adapter == REFERENCE:
            continue
        if (role, choice.adapter) != ("card", "image"):
            known = "reference or image" if role == "card" else "reference"
            raise TargetError(f"{target.file}: roles.{role}: there is no adapter {choice.adapter!r}; expected {known}")
        # Reading cards takes half of the reference along: only those who name an image wait for it.
        from dpc_conformance.adapters.card_image import CardImageAdapter

        changes.append(CardImageAdapter.read(choice.settings, target.file, TargetError))
    return tuple(changes)
