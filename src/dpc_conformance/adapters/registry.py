"""Which adapters there are, and what each changes in the scene of a scenario."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from dpc_conformance.target import Target, TargetError
from dpc_conformance.target_roles import REFERENCE, ROLES, RoleChoice

if TYPE_CHECKING:
    from dpc_conformance.adapters.real_card import RealCard
    from dpc_conformance.reference.scene import Scene

SceneChange = Callable[["Scene"], None]
"""Changes parts of the reference before the roles of a scenario are built: by an adapter, or by a seeded defect."""

ADAPTERS = {"card": ("image", "pcsc"), "token": ("pcsc",), "relying_party": ("servers",)}
"""The adapters of each role that has any."""
ON_TOKEN = ("token",)
"""The roles of a scenario that has only the token on stage."""
ON_JOURNEY = tuple(role for role in ROLES if role not in ON_TOKEN)


def adapters_of(target: Target, roles: Collection[str] = ROLES) -> tuple[SceneChange, ...]:
    """The adapters that a target names for `roles`, with everything read and checked that their settings name.

    Cards in readers are connected, and their serial numbers held against those that the user allows to be changed.
    Raises TargetError with one sentence (file, key, problem), also for an adapter that there is not.
    """
    real = {role: choice for role, choice in target.roles.items() if role in roles and choice.adapter != REFERENCE}
    for role, choice in real.items():
        if choice.adapter not in ADAPTERS.get(role, ()):
            known = " or ".join((REFERENCE, *ADAPTERS.get(role, ())))
            raise TargetError(f"{target.file}: roles.{role}: there is no adapter {choice.adapter!r}; expected {known}")
    changes = [_read(role, choice, target) for role, choice in real.items()]
    issuer = target.roles["issuer"]
    if "issuer" in roles and issuer.adapter == REFERENCE and issuer.settings:
        from dpc_conformance.adapters.reading_kiosk import ReadingKiosk

        changes.append(ReadingKiosk.read(issuer.settings, target.file, TargetError))
    return tuple(changes)


def real_cards(target: Target) -> "tuple[RealCard, ...]":
    """The cards in real readers that play a role, seen in their readers now.

    Raises TargetError as `adapters_of` does, and where the user allows changes to a card that is not among them.
    """
    if not target.allowed and all(choice.adapter != "pcsc" for choice in target.roles.values()):
        return ()
    from dpc_conformance.adapters.real_card import RealCard, unknown_among

    seen = [getattr(adapter, "real", None) for adapter in adapters_of(target)]
    cards = tuple(card for card in seen if isinstance(card, RealCard))
    if problem := unknown_among(target.allowed, cards):
        raise TargetError(problem)
    return cards


def _read(role: str, choice: RoleChoice, target: Target) -> SceneChange:
    # Reading cards takes half of the reference along: only those who name one wait for it.
    match role, choice.adapter:
        case "token", "pcsc":
            from dpc_conformance.adapters.pcsc_token import PcscTokenAdapter

            return PcscTokenAdapter.read(choice.settings, target)
        case "card", "pcsc":
            from dpc_conformance.adapters.pcsc_card import PcscCardAdapter

            return PcscCardAdapter.read(choice.settings, target)
        case "relying_party", "servers":
            from dpc_conformance.adapters.real_servers import RealServersAdapter

            return RealServersAdapter.read(choice.settings, target.file, TargetError)
        case _:
            from dpc_conformance.adapters.card_image import CardImageAdapter

            return CardImageAdapter.read(choice.settings, target.file, TargetError)
