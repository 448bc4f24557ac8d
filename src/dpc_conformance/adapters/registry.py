"""What the adapters that a target names change in the scene of a scenario, and what they are asked before."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from dpc_conformance.adapters.adapter import Adapter, SceneChange
from dpc_conformance.adapters.registered import WrongRegistration, adapter_of, names_for
from dpc_conformance.catalogue.claims import as_walked
from dpc_conformance.target import Target, TargetError
from dpc_conformance.target_roles import REFERENCE, ROLES, RoleChoice
from dpc_conformance.toml_file import nearest

if TYPE_CHECKING:
    from dpc_conformance.adapters.real_card import RealCard

ON_TOKEN = ("token",)
"""The roles of a scenario that has only the token on stage."""
ON_JOURNEY = tuple(role for role in ROLES if role not in ON_TOKEN)


def adapters_of(target: Target, roles: Collection[str] = ROLES) -> tuple[SceneChange, ...]:
    """The adapters that a target names for `roles`, with everything read and checked that their settings name.

    Cards in readers are connected, and their serial numbers held against those that the user allows to be changed.
    Raises TargetError with one sentence (file, key, problem), also for an adapter that there is not.
    """
    changes: list[SceneChange] = []
    issuer = target.roles["issuer"]
    if "issuer" in roles and issuer.adapter == REFERENCE:
        from dpc_conformance.adapters.issuer_of_kind import IssuerOfKind
        from dpc_conformance.adapters.reading_kiosk import ReadingKiosk

        # First, because the parts that others change take the issuer's settings along.
        changes.append(IssuerOfKind.named(as_walked(target.claims).issuer_type))
        changes.append(ReadingKiosk.read(issuer.settings, target.file, TargetError))
    return (*changes, *(_read(adapter, target) for adapter in _named_by(target, roles)))


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


def one_at_a_time(target: Target) -> tuple[str, ...]:
    """The roles whose players stand one session at a time, so that a run has one worker. Raises TargetError."""
    return tuple(adapter.role for adapter in _named_by(target, ROLES) if not adapter.parallel)


def _named_by(target: Target, roles: Collection[str]) -> list[Adapter]:
    real = {role: choice for role, choice in target.roles.items() if role in roles and choice.adapter != REFERENCE}
    return [_registered(role, choice, target) for role, choice in real.items()]


def _registered(role: str, choice: RoleChoice, target: Target) -> Adapter:
    where = f"{target.file}: roles.{role}"
    try:
        found = adapter_of(role, choice.adapter)
        if found is None:
            known = " or ".join((REFERENCE, *names_for(role)))
            raise TargetError(f"{where}: there is no adapter {choice.adapter!r}; expected {known}")
    except WrongRegistration as problem:
        raise TargetError(f"{where}: {problem}") from None
    return found


def _read(adapter: Adapter, target: Target) -> SceneChange:
    settings = target.roles[adapter.role].settings
    for key in settings:
        if key not in adapter.settings.model_fields:
            beside = nearest(key, adapter.settings.model_fields)
            raise TargetError(f"{target.file}: roles.{adapter.role}.{key}: expected a known key{beside}")
    return adapter.read(settings, target)
