"""The client's side of a re-key at the reference issuer: EST beside the port that asks for a certificate."""

import httpx

from dpc_conformance.protocols.enrolment import refusal_of

CERTIFICATE_PORT = 8443


def ordinary_origin(enrolment_address: str) -> str:
    """Where the issuer serves everybody."""
    return str(httpx.URL(enrolment_address).join("/")).rstrip("/")


def certificate_origin(enrolment_address: str) -> str:
    """Where the issuer asks for a client certificate."""
    return str(httpx.URL(enrolment_address).copy_with(port=CERTIFICATE_PORT).join("/")).rstrip("/")


class RekeyClient:
    """Speaks to one issuer over a client that presents the new certificate."""

    def __init__(self, http: httpx.Client, enrolment_address: str) -> None:
        self._http, self._origin = http, certificate_origin(enrolment_address)

    def acknowledge(self) -> None:
        """The certificate of this session is installed: its predecessor may go. Raises EnrolmentRefused."""
        response = self._http.post(f"{self._origin}/rekey/receipts")
        if not response.is_success:
            raise refusal_of(response)
