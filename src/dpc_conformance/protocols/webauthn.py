"""The client's side of WebAuthn: a page's options go in, what its form sends comes out (WebAuthn §5.1)."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from fido2.rpid import verify_rp_id
from fido2.webauthn import (
    AttestationObject,
    AuthenticationResponse,
    AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    PublicKeyCredentialCreationOptions,
    PublicKeyCredentialRequestOptions,
    RegistrationResponse,
)

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.non_pki import AuthenticatorUsed
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.roles.authenticator import Authenticator, OriginNotAllowed


class WebAuthnClient:
    """A browser between pages and an authenticator. `strict` is off for whoever ignores what browsers look at."""

    def __init__(self, recorder: Recorder, clock: RunClock, strict: bool = True) -> None:
        self._recorder, self._clock, self._strict = recorder, clock, strict

    def answer(self, options: str, address: str, authenticator: Authenticator) -> str:
        """The response (JSON) to the options (JSON) of the page at that address.

        Raises OriginNotAllowed, NoSuchCredential; ValueError for options that are none.
        """
        try:
            asked: Mapping[str, Any] = json.loads(options)["publicKey"]
        except (KeyError, TypeError) as error:
            raise ValueError("the page has no WebAuthn options") from error
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        return self.create(asked, origin, authenticator) if "user" in asked else self.get(asked, origin, authenticator)

    def create(self, asked: Mapping[str, Any], origin: str, authenticator: Authenticator) -> str:
        """A new credential."""
        options = PublicKeyCredentialCreationOptions.from_dict(asked)
        rp_id = self._site(options.rp.id, origin)
        data = CollectedClientData.create(CollectedClientData.TYPE.CREATE, options.challenge, origin)
        made = AttestationObject(authenticator.make_credential(rp_id, options.user.id, sha256(data).digest()))
        held = made.auth_data.credential_data
        if held is None:
            raise ValueError("the authenticator made no credential")
        self._note("create", held.credential_id, origin, made.auth_data)
        response = AuthenticatorAttestationResponse(client_data=data, attestation_object=made)
        return json.dumps(dict(RegistrationResponse(raw_id=held.credential_id, response=response)))

    def get(self, asked: Mapping[str, Any], origin: str, authenticator: Authenticator) -> str:
        """A signature by a credential that is there."""
        options = PublicKeyCredentialRequestOptions.from_dict(asked)
        rp_id = self._site(options.rp_id, origin)
        data = CollectedClientData.create(CollectedClientData.TYPE.GET, options.challenge, origin)
        allowed = tuple(each.id for each in options.allow_credentials or ())
        made = authenticator.get_assertion(rp_id, allowed, sha256(data).digest())
        authenticator_data = AuthenticatorData(made.authenticator_data)
        self._note("get", made.credential_id, origin, authenticator_data)
        response = AuthenticatorAssertionResponse(
            client_data=data,
            authenticator_data=authenticator_data,
            signature=made.signature,
            user_handle=made.user_id,
        )
        return json.dumps(dict(AuthenticationResponse(raw_id=made.credential_id, response=response)))

    def _site(self, rp_id: str | None, origin: str) -> str:
        wanted = rp_id or urlsplit(origin).hostname or ""
        if self._strict and not verify_rp_id(wanted, origin):
            raise OriginNotAllowed(origin, wanted)
        return wanted

    def _note(self, operation: str, credential_id: bytes, origin: str, data: AuthenticatorData) -> None:
        self._recorder.record(
            AuthenticatorUsed(self._clock.now(), operation, credential_id.hex(), origin, data.is_user_verified())
        )
