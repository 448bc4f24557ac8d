"""What an anonymous client saw of the status services over time, and what was asked of the CA meanwhile."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Purpose = Literal["crl", "certificates", "ocsp"]
Change = Literal["revoke", "hold", "restore"]


@dataclass(frozen=True)
class Fetched:
    """One fetch without credentials. `status` is the HTTP status, 0 when nobody answered; `took` its whole duration.

    `media_type` is the Content-Type as it came, `location` where a redirection led to. `request` is the DER of an OCSP
    request, empty for the rest.
    """

    at: datetime
    purpose: Purpose
    url: str
    status: int
    media_type: str = ""
    body: bytes = b""
    took: timedelta = timedelta(0)
    location: str = ""
    request: bytes = b""


@dataclass(frozen=True)
class StatusChanged:
    """A request that the CA accepted at a moment: to revoke, to hold or to restore the certificate of that serial."""

    at: datetime
    change: Change
    serial: int
    expires: datetime | None = None
    """notAfter of that certificate, until when a revocation has to stay listed."""


Observation = Fetched | StatusChanged
Observations = tuple[Observation, ...]
