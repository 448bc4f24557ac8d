"""The two tables of a kit, `kit.toml` and `cards.toml`, and the names of what lies beside them."""

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from dpc_conformance.roles.people import Person

KIT_FILE, CARDS_FILE, SUMS_FILE, README_FILE = "kit.toml", "cards.toml", "SHA256SUMS", "README.md"
ROOTS, AUTHORITIES, KEYS, CARDS = "roots", "authorities", "keys", "cards"
PUBLISHING = ("root", "intermediate", "piv")
"""The authorities that publish CRLs and have OCSP responders, each below the one before."""
FORMAT: Literal[1] = 1
SIX_DIGITS = r"^[0-9]{6}$"


class RevokedCertificate(BaseModel):
    """A certificate, issued by the PIV CA, that the kit's service calls revoked or on hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    serial_number: str = Field(pattern=r"^[0-9a-f]+$", description="a serial number in hexadecimal digits")
    since: AwareDatetime
    reason: str
    """By its name in RFC 5280 §5.3.1."""


class KitTable(BaseModel):
    """`kit.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1]
    base_url: str
    """What every URL in the certificates begins with."""
    made: AwareDatetime
    ends: AwareDatetime
    """After that moment some cards are no longer what they are said to be."""
    revoked: tuple[RevokedCertificate, ...]


class Holder(BaseModel):
    """Who holds a card."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    account: str
    given_name: str
    surname: str
    upn: str
    mail: str

    def person(self) -> Person:
        """The same, for the suite."""
        return Person(self.account, self.given_name, self.surname, upn=self.upn, mail=self.mail)


class KitCard(BaseModel):
    """A card of the kit: what is special about it, its PIN, and what an issuer must make of it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    special: str
    pin: str = Field(pattern=SIX_DIGITS, repr=False)
    """What its holder types."""
    application_pin: str | None = Field(None, pattern=SIX_DIGITS, repr=False)
    """Where the PIN is the Global PIN, that of the PIV application."""
    open_account: bool
    """Whether the issuer must have an account for its holder."""
    must_be: Literal["accepted", "refused"]
    seen_in: Literal["certificate", "key", "card data", "account", "agency"]
    """What an issuer has to look at to tell the card from a good one."""
    reasons: tuple[str, ...] = ()
    """Why it must be refused, in the suite's words; one of them."""
    holder: Holder


class CardsTable(BaseModel):
    """`cards.toml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    card: tuple[KitCard, ...]
