"""The roles that a target may hand out, and what the table of one may say while the reference plays it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from dpc_conformance.toml_file import fit, nearest

ROLES = (
    "card",
    "workstation",
    "identity_provider",
    "device_manager",
    "issuer",
    "phone",
    "relying_party",
    "correspondent",
    "token",
)
REFERENCE = "reference"
OPERATOR = "operator"
"""The adapter behind which a person is."""
STATEFUL = ("workstation", "identity_provider", "device_manager", "issuer", "phone")
"""Roles whose players keep what a scenario has done so far."""
PARTS = {
    ("relying_party", "servers"): ("web", "wireless", "vpn"),
    ("issuer", "files"): ("authentication", "signature", "key_management", "crl", "ocsp_response"),
}
"""Parts of a role: these adapters play those that their table names and no other, and the reference the rest.

What a table of a vendor's adapter calls so is a setting like any other: the adapter plays the whole role.
"""


@dataclass(frozen=True)
class RoleChoice:
    """Who plays a role: `reference` or the name of an adapter, with its settings, which may hold secrets."""

    adapter: str
    settings: Mapping[str, Any]

    def __repr__(self) -> str:
        return f"RoleChoice({self.adapter})"

    def players(self, role: str) -> dict[str, str]:
        """The adapter by role; where the table names parts of the role, by part, and the reference for the rest."""
        named = {
            f"{role}.{part}": self.adapter for part in PARTS.get((role, self.adapter), ()) if part in self.settings
        }
        return {role: REFERENCE, **named} if named else {role: self.adapter}


def persons_among(roles: Mapping[str, RoleChoice]) -> frozenset[str]:
    """The roles that a person plays."""
    return frozenset(role for role, choice in roles.items() if choice.adapter == OPERATOR)


def asks_a_person(roles: Mapping[str, RoleChoice]) -> bool:
    """Whether a person plays a role."""
    return bool(persons_among(roles))


def keeps_state_elsewhere(roles: Mapping[str, RoleChoice]) -> bool:
    """Whether all that a scenario does stays with the person's devices and servers, however often the run begins anew.

    The reference forgets, and what another adapter has done to its product it would do again.
    """
    return all(roles[role].adapter == OPERATOR for role in STATEFUL)


class NoSettings(BaseModel):
    """Most roles of the reference have nothing to choose."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TokenSettings(BaseModel):
    """The table `roles.token`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    aid: Literal["derived", "piv"] | None = None
    """Which AID the derived PIV application has; the edition decides where nothing is said."""


class IssuerSettings(BaseModel):
    """The table `roles.issuer`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reads_card: bool = False
    """Whether the workstation at the kiosk reads the card, so that the issuer judges more than its certificate."""


OF_ROLE: dict[str, type[BaseModel]] = {"token": TokenSettings, "issuer": IssuerSettings}


def roles_from(chosen: Mapping[str, Any], file: Path, error: type[ValueError]) -> dict[str, RoleChoice]:
    """Every role, the reference for those that are not named. Raises `error` with one sentence: file, key, problem."""
    for role in chosen:
        if role not in ROLES:
            raise error(f"{file}: roles.{role}: expected a role{nearest(role, ROLES)}")
    return {role: _role(role, chosen.get(role, REFERENCE), file, error) for role in ROLES}


def _role(role: str, choice: Any, file: Path, error: type[ValueError]) -> RoleChoice:
    if not isinstance(choice, str | dict):
        raise error(f"{file}: roles.{role}: expected the name of an adapter or a table, not {choice!r}")
    table = {"adapter": choice} if isinstance(choice, str) else choice
    adapter = table.get("adapter")
    if not isinstance(adapter, str):
        raise error(f'{file}: roles.{role}.adapter: expected "{REFERENCE}" or the name of an adapter')
    settings = {key: value for key, value in table.items() if key != "adapter"}
    if adapter == REFERENCE:
        fit(settings, OF_ROLE.get(role, NoSettings), f"{file}: roles.{role}.", error)
    return RoleChoice(adapter, settings)
