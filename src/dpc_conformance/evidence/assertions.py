"""What an identity provider vouches for when somebody signs in to an application through it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Assertion:
    """A verified assertion: whose account, and at which levels of SP 800-63 (None where it names none).

    `ial` is the identity assurance level, `aal` the authenticator assurance level, each from 1 to 3.
    """

    subject: str
    ial: int | None
    aal: int | None


@dataclass(frozen=True)
class AssertionReceived:
    """An application got an assertion about somebody who signed in with that derived credential (DER)."""

    at: datetime
    credential: bytes
    assertion: Assertion


AssertionRecord = AssertionReceived
