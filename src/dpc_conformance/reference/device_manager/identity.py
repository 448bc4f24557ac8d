"""Who signed in: the identity provider's id_token, verified before a phone is enrolled for anybody."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.device_manager.refusals import Refused
from dpc_conformance.roles.reasons import Reason

ALGORITHMS = ["ES256", "RS256", "PS256"]
LEEWAY = 60
"""Seconds by which the clocks of two servers may differ."""


@dataclass(frozen=True)
class SignedInUser:
    """A person for whom the identity provider vouches; `names` are theirs, for rules on activation secrets."""

    account: str
    mail: str
    names: tuple[str, ...]


class IdTokenVerifier:
    """Checks signature, issuer, audience and times of an id_token (OpenID Connect Core §3.1.3.7).

    `open_http` opens the client with which the provider's metadata and keys are fetched.
    """

    def __init__(
        self, open_http: Callable[[], httpx.Client], issuer_identifier: str, audience: str, clock: RunClock
    ) -> None:
        self._open_http, self._issuer, self._audience, self._clock = open_http, issuer_identifier, audience, clock

    def verify(self, id_token: str) -> SignedInUser:
        """The person named in the token. Raises Refused."""
        try:
            claims = jwt.decode(id_token, self._keys(), algorithms=ALGORITHMS).claims
            self._registry().validate(claims)
        except (JoseError, ValueError, KeyError, TypeError, httpx.HTTPError) as error:
            raise Refused(Reason.TOKEN, f"the sign-in was not accepted: {type(error).__name__}", 401) from error
        account = str(claims["sub"])
        known = (claims.get(name) for name in ("given_name", "family_name", "name", "preferred_username"))
        names = tuple(str(name) for name in known if name)
        return SignedInUser(account, str(claims.get("email", claims.get("preferred_username", ""))), names)

    def _keys(self) -> KeySet:
        with self._open_http() as http:
            metadata = http.get(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration").json()
            if metadata["issuer"] != self._issuer:
                raise ValueError("the metadata are those of another identity provider")
            return KeySet.import_key_set(http.get(str(metadata["jwks_uri"])).json())

    def _registry(self) -> jwt.JWTClaimsRegistry:
        wanted: dict[str, Any] = {
            "iss": {"essential": True, "value": self._issuer},
            "aud": {"essential": True, "value": self._audience},
            "sub": {"essential": True},
            "exp": {"essential": True},
            "iat": {"essential": True},
        }
        return jwt.JWTClaimsRegistry(now=self._clock.epoch, leeway=LEEWAY, **wanted)
