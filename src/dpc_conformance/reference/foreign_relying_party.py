"""The relying party of another agency, which asks the issuer for what only authorised verifiers get."""

import json

import httpx
from fido2.server import Fido2Server
from fido2.webauthn import PublicKeyCredentialRpEntity, PublicKeyCredentialUserEntity

from dpc_conformance.entropy import Entropy
from dpc_conformance.protocols.qr_payload import base64url
from dpc_conformance.protocols.webauthn import WebAuthnClient
from dpc_conformance.roles.authenticator import Authenticator
from dpc_conformance.roles.hostile_phone import Attempt
from dpc_conformance.roles.people import Person

ORIGIN = "https://sign-in.other-agency.example"
SITE = PublicKeyCredentialRpEntity(name="Example Agency", id="dpc.example")
"""The home agency's site: what a program in place of a browser may claim."""


class ReferenceForeignRelyingParty:
    """Implements roles.authenticator.ForeignRelyingParty over TLS; its client ignores what browsers look at."""

    def __init__(
        self, http: httpx.Client, issuer: str, person: Person, client: WebAuthnClient, entropy: Entropy
    ) -> None:
        """`issuer` is the origin of the issuer, `client` stands between authenticator and this party."""
        self._http, self._issuer, self._person = http, issuer, person
        self._client, self._entropy = client, entropy

    @property
    def origin(self) -> str:
        """Where its pages are."""
        return ORIGIN

    def verify(self, authenticator: Authenticator) -> Attempt:
        """See ForeignRelyingParty."""
        challenge = self._entropy.bytes(32)
        options, _ = Fido2Server(SITE).authenticate_begin(challenge=challenge)
        response = self._client.answer(json.dumps(dict(options)), ORIGIN, authenticator)
        sent = {"challenge": base64url(challenge), "response": response, "password": ""}
        headers = {"Authorization": f"Bearer {self._entropy.bytes(32).hex()}"}
        return _attempt(self._http.post(f"{self._issuer}/authenticators/verifications", json=sent, headers=headers))

    def register(self, authenticator: Authenticator) -> Attempt:
        """See ForeignRelyingParty."""
        user = PublicKeyCredentialUserEntity(name=self._person.account, id=self._person.account.encode())
        options, _ = Fido2Server(SITE).register_begin(user, challenge=self._entropy.bytes(32))
        response = self._client.answer(json.dumps(dict(options)), ORIGIN, authenticator)
        sent = {"response": response, "obligations": "yes", "password": "", "account": self._person.account}
        return _attempt(self._http.post(f"{self._issuer}/authenticators", data=sent))

    def change_password(self, new: str) -> Attempt:
        """See ForeignRelyingParty."""
        sent = {"current_password": "", "new_password": new, "account": self._person.account}
        return _attempt(self._http.post(f"{self._issuer}/authenticators/password", data=sent))


def _attempt(answer: httpx.Response) -> Attempt:
    return Attempt(answer.is_success, answer.status_code, answer.text)
