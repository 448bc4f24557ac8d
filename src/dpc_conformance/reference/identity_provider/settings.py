"""What the identity provider is configured to do."""

from dataclasses import dataclass
from datetime import timedelta

from dpc_conformance.protocols.code_grant import AGENCY_APPLICATION, AGENCY_APPLICATION_ADDRESS

COMPANY_PORTAL = "company-portal"


@dataclass(frozen=True)
class IdentityProviderSettings:
    """Addresses without a trailing slash, and limits. `clients` maps client ids to the names people know."""

    origin: str = "https://idp.dpc.example"
    sign_in_origin: str = "https://idp.dpc.example:8443"
    """The same host on the port that asks for a client certificate, so that both share the session cookie."""
    clients: tuple[tuple[str, str], ...] = ((COMPANY_PORTAL, "Company Portal"),)
    applications: tuple[tuple[str, str], ...] = ((AGENCY_APPLICATION, AGENCY_APPLICATION_ADDRESS),)
    """Client ids of applications to which people sign in with a derived credential, and where they are redirected."""
    code_lifetime: timedelta = timedelta(minutes=15)
    interval: int = 5
    """Seconds that a device waits between polls (RFC 8628 §3.2)."""
    sign_in_lifetime: timedelta = timedelta(minutes=15)
    token_lifetime: timedelta = timedelta(hours=1)
    most_wrong_codes: int = 20
    """Wrong codes within `code_lifetime`, from all browsers together, before no code is looked at (RFC 8628 §5.1)."""

    most_wrong_device_codes: int = 100
    """Wrong device codes from one address within the same time; nobody can guess them."""
    most_waiting: int = 1000
    """Devices that may wait at the same time."""

    def client_name(self, client_id: str) -> str:
        """What the person reads; LookupError for an unknown client."""
        return dict(self.clients)[client_id]
