"""Puts the objects of adapters into a cast, and takes out what only the reference could do in their place."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from inspect import getattr_static
from typing import Any, TypeVar, cast

from dpc_conformance.roles.biometric_activation import BiometricActivation
from dpc_conformance.roles.cast import Cast
from dpc_conformance.roles.device_manager import DeviceManager
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.escrow import Escrow
from dpc_conformance.roles.hardware_module import HardwareModule
from dpc_conformance.roles.hardware_records import HardwareRecords
from dpc_conformance.roles.identity_provider import IdentityProvider
from dpc_conformance.roles.issuer import Issuer
from dpc_conformance.roles.key_history import KeyHistory
from dpc_conformance.roles.mail_program import MailProgram
from dpc_conformance.roles.non_pki import NonPkiRecords
from dpc_conformance.roles.phone import Phone
from dpc_conformance.roles.relying_party import RelyingParty
from dpc_conformance.roles.workstation import Workstation

Players = Mapping[str, Callable[[], object]]
Role = TypeVar("Role")
INTERFACES: dict[str, type] = {
    "issuer": Issuer,
    "device_manager": DeviceManager,
    "workstation": Workstation,
    "identity_provider": IdentityProvider,
    "phone": Phone,
    "relying_party": RelyingParty,
}
LATE = ("workstation", "identity_provider", "phone", "relying_party")
"""The roles that are put in after the cast is made; issuer and device manager are needed before."""
PARTS: dict[str, tuple[str, type]] = {
    "escrow": ("key escrow", Escrow),
    "hardware": ("records of hardware credentials", HardwareRecords),
    "module": ("hardware module", HardwareModule),
    "key_history": ("key history", KeyHistory),
    "mail_program": ("mail program", MailProgram),
    "non_pki": ("authenticators", NonPkiRecords),
    "biometric_activation": ("biometric activation", BiometricActivation),
}
"""Properties that hold a part of a role, with verbs of its own."""
BELONGINGS = {
    "issuer": (
        "impostor",
        "power",
        "outages",
        "revocation_desk",
        "registration_desk",
        "no_card_desk",
        "foreign_relying_party",
        "damaged_wire",
        "another_issuer",
    ),
    "device_manager": ("hostile_phone",),
    "phone": ("another_phone", "phone_on"),
}
"""What of a cast reaches into the reference's player of a role. An adapter may bring its own, under the same names,
also of a role that it does not play."""


class PlayedBy:
    """The object of an adapter in a role. A verb that it lacks raises NotSupported; its text holds no secret."""

    def __init__(self, role: str, interface: type, player: object) -> None:
        self._role, self._interface, self._player = role, interface, player

    def __getattr__(self, name: str) -> Any:
        try:
            found = getattr(self._player, name)
            return PlayedBy(f"{self._role}'s {PARTS[name][0]}", PARTS[name][1], found) if name in PARTS else found
        except AttributeError:
            # One from inside a verb is the adapter's defect and no missing verb.
            there = getattr_static(self._player, name, None) is not None
            if there or name not in dir(self._interface):
                raise
        raise NotSupported(self._role, name.replace("_", " "))

    def __repr__(self) -> str:
        return f"the {self._role} of an adapter"


class Absent:
    """What nobody brings: every verb raises NotSupported, and so does asking for it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, verb: str) -> Any:
        raise NotSupported(self._name, verb.replace("_", " "))

    def __call__(self, *_: object) -> Any:
        raise NotSupported(self._name, "take part: the adapters of this target bring none")


def played(players: Players, role: str, reference: Role) -> Role:
    """Whoever plays the role: the adapter's object where there is one, else the reference's."""
    if role not in players:
        return reference
    return cast(Role, PlayedBy(role.replace("_", " "), INTERFACES[role], players[role]()))


def behind_adapters(made: Cast, players: Players) -> Cast:
    """The cast with the adapters' objects in it."""
    theirs = {name for role, names in BELONGINGS.items() if role in players for name in names}
    brought: dict[str, Any] = {name: Absent(name.replace("_", " ")) for name in theirs - players.keys()}
    known = {name for names in BELONGINGS.values() for name in names}
    brought |= {name: players[name]() for name in known & players.keys()}
    return replace(made, **{role: played(players, role, getattr(made, role)) for role in LATE}, **brought)
