"""What a target says about a product reachable over HTTPS: where it is, and which request stands for which verb."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from dpc_conformance.roles.reasons import Reason

Https = Annotated[str, Field(pattern=r"^https://[^/?#\s]+[^?#\s]*$", description="an https URL without ? and #")]
A_POINTER = Field(pattern=r"^(/.*)?$", description="a JSON pointer such as /items (RFC 6901)")
Status = Annotated[int, Field(ge=100, le=599)]


class Table(BaseModel):
    """A table of a target file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Table):
    """Where the value of a field stands in an answer; in TOML a text is a JSON pointer."""

    at: Annotated[str | None, A_POINTER] = None
    words: dict[str, str] = {}
    """The product's words, each with ours."""
    text: str | None = None
    """The value itself, in place of a pointer; it may name fields of the request."""
    unit: Literal["seconds", "minutes", "hours", "days"] | None = None
    """What a number counts, where a duration is wanted."""

    @model_validator(mode="before")
    @classmethod
    def _pointer(cls, value: Any) -> Any:
        return {"at": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_place(self) -> "Source":
        if (self.at is None) == (self.text is None):
            raise ValueError("one of at and text")
        return self


class Answer(Table):
    """Where a verb's result stands in the product's answer."""

    items: Annotated[str | None, A_POINTER] = None
    """The list, where the result is one; the other pointers begin at each item."""
    value: Source | None = None
    """The result, where it is a single value."""
    fields: dict[str, Source] = {}
    """The fields of the result, where it has some."""
    absent: tuple[Status, ...] = ()
    """Status codes that say that there is nothing of the kind."""
    refused: tuple[Status, ...] = ()
    """Status codes that say no to what the verb wants done."""


class Request(Table):
    """The request that stands for a verb. Texts may name fields of what the verb is given, such as {person.account}."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "GET"
    path: Annotated[str, Field(pattern=r"^/", description="a path that begins with /")]
    query: dict[str, str] = {}
    body: Any = None
    """What is sent as JSON; a text that is one field and nothing else becomes its value."""
    form: dict[str, str] = {}
    expect: Annotated[tuple[Status, ...], Field(min_length=1)] = (200,)
    words: dict[str, dict[str, str]] = {}
    """For a field whose words are not the product's: ours, each with the product's."""
    answer: Answer = Answer()


class RefusalRow(Table):
    """A refusal as clients of the product see it, and what it means."""

    status: Status
    error: str | None = None
    """The product's word for it; any, where none is named."""
    reason: Reason


class ProductSettings(Table):
    """What the tables of all roles have in common."""

    base_url: Https
    roots: Path
    """The roots (PEM) of the product's servers."""
    token_variable: str | None = None
    """The environment variable whose value goes as a bearer token with every request of a verb."""
    client_certificate: Path | None = None
    """The certificate chain (PEM) that the tester shows, own certificate first."""
    client_key: Path | None = None
    """Its key (PEM)."""
    hosts: dict[str, str] = {}
    """Where a host of the product is, as `name = "address"` or `"name:port" = "address:port"`; else DNS knows."""
    prepare: Request | None = None
    """Sent at the beginning of each scenario."""
    set_clock: Request | None = None
    """Sent whenever the run's clock has moved; without it the product lives by the machine's."""
    verbs: dict[str, Request] = {}


class EnrolmentTable(Table):
    """How a phone gets from the QR code to a certificate."""

    protocol: Literal["est", "cmp", "scep"]
    url: Annotated[str, Field(pattern=r"^https?://[^/?#\s]+[^?#\s]*$", description="a URL without ? and #")]
    labels: Annotated[dict[str, str], Field(min_length=1)] = {"authentication": ""}
    """The usages that the product certifies, each with the label in its URL (empty: none)."""
    made_by_issuer: tuple[str, ...] = ()
    """The usages whose key the issuer makes (EST serverkeygen)."""
    sign_in: Literal["bearer", "basic"] = "bearer"
    """How the secret or token goes along (EST)."""
    name: str = ""
    """The name beside the secret: the user of basic, the reference value of CMP, the common name of SCEP."""
    key: Literal["P-256", "RSA-2048"] = "P-256"
    implicit_confirm: bool = False
    """Whether the product is asked to do without a confirmation of the certificate (CMP)."""
    redeem: Request | None = None
    """Spends the secret for a token; without it the request for the certificate does."""
    receipt: Request | None = None
    """Says that a certificate is installed."""


class IssuerSettings(ProductSettings):
    """The table `roles.issuer` of a target file."""

    kiosk_address: Https
    sign_in_address: Https
    enrolment_address: Https
    restoration_page: Https | None = None
    restoration_address: Https | None = None
    anchors: Path
    """The trust anchors (PEM) of derived credentials."""
    authorities: Path | None = None
    """The authorities (PEM) between them and the derived credentials."""
    crls: tuple[str, ...] = ()
    """Files and URLs of CRLs that the certificates do not name."""
    test_pki: bool = False
    """Whether the judge accepts the policies of the test arc."""
    settles_in: Annotated[float, Field(ge=0, le=60)] = 0
    """How many seconds after it has done something its records and mail show that."""
    refusals: tuple[RefusalRow, ...] = ()
    error_at: Annotated[str, A_POINTER] = "/error"
    """Where the product's word for a refusal stands in the answer."""
    enrolment: EnrolmentTable | None = None
    """Without it the phone speaks the reference's protocol."""


class DeviceManagerSettings(ProductSettings):
    """The table `roles.device_manager` of a target file."""

    service_address: Https | None = None
