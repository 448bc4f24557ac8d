"""The part of a target's table about a card that says whom its certificates are trusted through."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from dpc_conformance.adapters.card_trust import CardTrust, TrustError, read_trust

AN_OID = "an OID in dots, such as 2.16.840.1.101.3.2.1.48.11"


class TrustSettings(BaseModel):
    """Keys that every card from elsewhere has."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    trust: Path | None = None
    """Folder of certificates (PEM or DER) of the card's authorities; those that signed themselves are trusted."""
    crls: Path | None = None
    """Folder of the CRLs (DER) that stand for the URLs in the certificates."""
    policies: tuple[Annotated[str, Field(pattern=r"^[0-2](\.[0-9]+)+$")], ...] = Field((), description=AN_OID)
    """Policies (OIDs) that identity provider and issuer accept beside id-fpki-common-authentication."""

    def read(self, folder: Path, where: str, error: type[ValueError]) -> CardTrust:
        """What the folders hold; paths start at `folder`. Raises `error` with a sentence that begins with `where`."""
        try:
            return read_trust(
                self.trust and folder / self.trust, self.crls and folder / self.crls, frozenset(self.policies)
            )
        except TrustError as problem:
            raise error(f"{where}.{problem.key}: {problem}") from None
