"""What stands in the evidence of a scenario besides the records of its clients."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class ScenarioOpened:
    """The first line: which scenario, by which clock and seed, and the steps that it was about to walk.

    `about` is what feature and scenario say of themselves in prose.
    """

    at: datetime
    scenario: str
    name: str
    feature: str
    seed: str
    about: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepBegan:
    """A step of the feature; what follows belongs to it. `docstring` and `table` are the step's own."""

    text: str
    docstring: str = ""
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class ObjectJudged:
    """An object (DER) was given to the judge under a name; `around` is what stood around it, by what it was.

    `profile` is the key of the certificate profile it was judged by, empty where single rules were asked for.
    """

    at: datetime
    name: str
    content: bytes
    profile: str = ""
    around: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class EvidenceJudged:
    """Something else was given to the judge: `kind` is the name of its type, `values` are its fields."""

    at: datetime
    kind: str
    values: object


@dataclass(frozen=True)
class TextShown:
    """Something that a step shows to a reader of the report, such as a table with the answers of a card."""

    name: str
    text: str
    mime_type: str = "text/plain"
    extension: str = "txt"


@dataclass(frozen=True)
class Published:
    """What stands in the issuer's public repository (DER)."""

    at: datetime
    certificates: tuple[bytes, ...]


@dataclass(frozen=True)
class CardholderKnown:
    """Who the cardholder is, as the PIV identity account has it now."""

    at: datetime
    account: str
    mail: str
    name: str
    card_certificate: bytes


@dataclass(frozen=True)
class Raised:
    """Something was raised: the trace as pytest prints it, without secrets."""

    trace: str


@dataclass(frozen=True)
class ScenarioClosed:
    """The last line; without it the evidence ends too early."""

    at: datetime
    outcome: str
