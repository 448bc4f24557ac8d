"""What the table of a role in a target may say while the embedded reference plays that role."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


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


def settings_of(role: str) -> type[BaseModel]:
    """The shape of the role's table without `adapter`."""
    return OF_ROLE.get(role, NoSettings)
