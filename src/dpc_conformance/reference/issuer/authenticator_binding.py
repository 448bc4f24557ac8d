"""Binding of an authenticator after PKI-AUTH: registered, looked at, used once, and only then in the account."""

import json
import threading
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestationConveyancePreference,
    AttestationObject,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
)

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.protocols.qr_payload import base64url
from dpc_conformance.reference.issuer.authenticator_models import ApprovedModels, checked
from dpc_conformance.reference.issuer.authenticator_notices import AuthenticatorNotices
from dpc_conformance.reference.issuer.authenticator_verification import (
    SITE,
    AuthenticatorVerification,
    json_object,
    read_answer,
)
from dpc_conformance.reference.issuer.bound_authenticators import Authenticator, BoundAuthenticators
from dpc_conformance.reference.issuer.passwords import Passwords
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.issuer.sign_ins import SignIn
from dpc_conformance.roles.reasons import Reason

CHALLENGE_BYTES = 32
LIFETIME = timedelta(minutes=5)


@dataclass(frozen=True)
class Ceremony:
    """What a page waits for: an answer to a challenge, for a new authenticator once there is one."""

    challenge: str
    until: datetime
    state: Any = None
    new: Authenticator | None = field(default=None, repr=False)


class AuthenticatorBinding:
    """One ceremony at a time for each sign-in at the kiosk; a failed one has to be begun anew."""

    def __init__(
        self,
        models: ApprovedModels,
        bound: BoundAuthenticators,
        passwords: Passwords,
        verification: AuthenticatorVerification,
        notices: AuthenticatorNotices,
        clock: RunClock,
        entropy: Entropy,
        settings: IssuerSettings,
    ) -> None:
        self._models, self._bound, self._passwords = models, bound, passwords
        self._verification, self._notices = verification, notices
        self._clock, self._entropy, self._settings = clock, entropy, settings
        self._waiting: dict[int, Ceremony] = {}
        self._lock = threading.Lock()

    def begin(self, sign_in: SignIn) -> str:
        """The options (JSON) for a new credential of whoever signed in."""
        user = PublicKeyCredentialUserEntity(name=sign_in.account, id=sign_in.account.encode())
        challenge = self._entropy.bytes(CHALLENGE_BYTES)
        options, state = self._server().register_begin(user, challenge=challenge)
        self._wait(sign_in, Ceremony(base64url(challenge), self._clock.now() + LIFETIME, state))
        return json.dumps(dict(options))

    def register(self, sign_in: SignIn, response: str, password: str) -> str:
        """Look at the authenticator; the options (JSON) for its first use. Raises Refused."""
        ceremony = self._waited(sign_in)
        answer: RegistrationResponse = checked(lambda: RegistrationResponse.from_dict(json_object(response)))
        made = answer.response.attestation_object
        checked(lambda: self._server().register_complete(ceremony.state, answer))
        new = self.look_at(sign_in, made)
        refusal = self.second_factor(new, password)
        if refusal is not None:
            raise Refused(refusal, sign_in.account, new.identifier)
        if password and not new.user_verified:
            new = replace(new, password=self._passwords.digest(password))
        challenge = self._entropy.bytes(CHALLENGE_BYTES)
        self._wait(sign_in, Ceremony(base64url(challenge), self._clock.now() + LIFETIME, new=new))
        options, _ = Fido2Server(SITE).authenticate_begin([new.data], challenge=challenge)
        return json.dumps(dict(options))

    def confirm(self, sign_in: SignIn, response: str, password: str) -> Authenticator:
        """One authentication with every factor, and the authenticator is in the account. Raises Refused."""
        ceremony = self._waited(sign_in)
        if ceremony.new is None:
            raise Refused(Refusal(Reason.AUTHENTICATOR_ANSWER, "no authenticator was registered"), sign_in.account)
        new = self.authenticated(ceremony.new, ceremony.challenge, response, password)
        self._bound.bind(new)
        self._notices.bound(new.account, new.name)
        return new

    def look_at(self, sign_in: SignIn, made: AttestationObject) -> Authenticator:
        """What was registered, as the attestation shows it."""
        model = checked(lambda: self._models.approved(made.auth_data))
        data = made.auth_data.credential_data
        if data is None:
            raise Refused(Refusal(Reason.AUTHENTICATOR_ANSWER, "no credential was made"), sign_in.account)
        attestation = "none" if made.fmt == "none" else "basic" if made.att_stmt.get("x5c") else "self"
        return Authenticator(
            sign_in.account, data, model.aal, model.name, attestation, made.auth_data.is_user_verified(), None,
            int(made.auth_data.counter), sign_in.piv_certificate, None,
        )  # fmt: skip

    def second_factor(self, new: Authenticator, password: str) -> Refusal | None:
        """Refused when it has neither an activation factor of its own nor a password (§2.2.2)."""
        return None if new.user_verified else self._passwords.usable(password)

    def authenticated(self, new: Authenticator, challenge: str, response: str, password: str) -> Authenticator:
        """The new one after its first use. Raises Refused."""
        counter = self._verification.verify(new, challenge, read_answer(response), password, self._settings.origin)
        return replace(new, counter=counter, authenticated_at=self._clock.now())

    def _server(self) -> Fido2Server:
        return Fido2Server(
            SITE,
            attestation=AttestationConveyancePreference.DIRECT,
            verify_origin=lambda origin: origin == self._settings.origin,
            verify_attestation=self._models,
        )

    def _wait(self, sign_in: SignIn, ceremony: Ceremony) -> None:
        with self._lock:
            self._waiting[sign_in.number] = ceremony

    def _waited(self, sign_in: SignIn) -> Ceremony:
        with self._lock:
            ceremony = self._waiting.pop(sign_in.number, None)
        if ceremony is None or ceremony.until < self._clock.now():
            raise Refused(Refusal(Reason.AUTHENTICATOR_ANSWER, "nobody waits for an answer"), sign_in.account)
        return ceremony
