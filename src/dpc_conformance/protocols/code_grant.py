"""The side of an application on a phone: authorization code with PKCE, signed in by TLS (RFC 6749, RFC 7636)."""

import hashlib
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.evidence.assertions import Assertion
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.qr_payload import base64url

AGENCY_APPLICATION = "agency-application"
AGENCY_APPLICATION_ADDRESS = "https://agency-application.dpc.example/signed-in"
"""Where the provider redirects to; the application on the phone takes the code out of it."""
ALGORITHMS = ["ES256", "RS256", "PS256"]
LEEWAY = 60
"""Seconds by which the clocks may differ."""


class NotSignedIn(Exception):
    """The provider vouches for nobody; the message says where it ended."""


class CodeGrant:
    """One sign-in. `http` presents the credential in TLS; requests raise Unreachable and ServerNotTrusted."""

    def __init__(
        self, http: httpx.Client, issuer_identifier: str, recorder: Recorder, clock: RunClock, entropy: Entropy
    ) -> None:
        self._http, self._issuer, self._recorder, self._clock = http, issuer_identifier, recorder, clock
        self._state, self._nonce, self._verifier = (base64url(entropy.bytes(32)) for _ in range(3))
        recorder.keep_secret(self._verifier)

    def sign_in(self) -> Assertion:
        """What the provider vouches for, verified. Raises NotSignedIn."""
        try:
            metadata = self._http.get(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration").json()
            claims = self._verified(self._redeemed(metadata, self._code(metadata)), metadata)
            return Assertion(str(claims["sub"]), _level(claims.get("ial")), _level(claims.get("aal")))
        except (KeyError, TypeError, ValueError, JoseError) as error:
            raise NotSignedIn(f"the identity provider answered without a usable {type(error).__name__}") from error

    def _code(self, metadata: dict[str, Any]) -> str:
        challenge = base64url(hashlib.sha256(self._verifier.encode()).digest())
        asked = {
            "response_type": "code",
            "client_id": AGENCY_APPLICATION,
            "redirect_uri": AGENCY_APPLICATION_ADDRESS,
            "scope": "openid profile",
            "state": self._state,
            "nonce": self._nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        response = self._http.get(metadata["authorization_endpoint"], params=asked)
        address = urlsplit(response.headers.get("location", ""))
        answer = {name: values[0] for name, values in parse_qs(address.query).items()}
        if "code" not in answer or answer.get("state") != self._state:
            raise NotSignedIn(f"the identity provider gave no code ({response.status_code})")
        code = str(answer["code"])
        self._recorder.keep_secret(code)
        return code

    def _redeemed(self, metadata: dict[str, Any], code: str) -> str:
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": AGENCY_APPLICATION_ADDRESS,
            "client_id": AGENCY_APPLICATION,
            "code_verifier": self._verifier,
        }
        answer = self._http.post(metadata["token_endpoint"], data=sent).json()
        id_token = str(answer["id_token"])
        self._recorder.keep_secret(id_token)
        return id_token

    def _verified(self, id_token: str, metadata: dict[str, Any]) -> dict[str, Any]:
        if metadata["issuer"] != self._issuer:
            raise NotSignedIn("the metadata are those of another identity provider")
        keys = KeySet.import_key_set(self._http.get(str(metadata["jwks_uri"])).json())
        claims = jwt.decode(id_token, keys, algorithms=ALGORITHMS).claims
        wanted: dict[str, Any] = {
            "iss": {"essential": True, "value": self._issuer},
            "aud": {"essential": True, "value": AGENCY_APPLICATION},
            "nonce": {"essential": True, "value": self._nonce},
            "sub": {"essential": True},
            "exp": {"essential": True},
            "iat": {"essential": True},
        }
        jwt.JWTClaimsRegistry(now=self._clock.epoch, leeway=LEEWAY, **wanted).validate(claims)
        return dict(claims)


def _level(claim: object) -> int | None:
    return claim if isinstance(claim, int) and not isinstance(claim, bool) else None
