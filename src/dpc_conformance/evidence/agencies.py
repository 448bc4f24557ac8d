"""For whose cardholders an issuer derives credentials, and by what right."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class ServedAgency:
    """An agency whose cardholders get derived credentials from the issuer.

    `code` is the agency code, the first four digits of the FASC-N on its cards. `own` tells that the issuer belongs to
    it; any other agency has authorised the issuer: `authorisation` names the document, `signed_by` and `signed_on` who
    signed it for the agency and when.
    """

    code: str
    name: str
    own: bool = False
    authorisation: str = ""
    signed_by: str = ""
    signed_on: date | None = None


@dataclass(frozen=True)
class AgenciesStated:
    """The issuer stated which agencies it serves."""

    at: datetime
    agencies: tuple[ServedAgency, ...]


AgencyRecord = AgenciesStated
