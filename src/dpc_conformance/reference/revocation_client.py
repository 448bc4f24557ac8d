"""The security office's client of the issuer's revocation desk."""

import httpx

from dpc_conformance.roles.screens import Screen


class ReferenceRevocationDesk:
    """Implements roles.revocation_desk.RevocationDesk over TLS with the recorded client of the security office."""

    def __init__(self, http: httpx.Client, address: str, token: str) -> None:
        self._http, self._address, self._token = http, address, token

    def ask(self, serial: str, reason: str, authenticated: bool = True) -> Screen:
        """See RevocationDesk."""
        sent = {"serial": serial, "reason": reason}
        headers = {"Authorization": f"Bearer {self._token}"} if authenticated else {}
        content = {name: value for name, value in sent.items() if value}
        answer = self._http.post(self._address, json=content, headers=headers)
        return Screen("Revocation request", answer.text, status=answer.status_code, address=self._address)
