"""Authorization codes: what an application on a phone exchanges for an ID token (RFC 6749 §4.1)."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from authlib.oauth2.rfc6749 import AuthorizationCodeMixin

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.identity_provider.device_requests import SignedIn

LIFETIME = timedelta(minutes=1)


@dataclass(frozen=True)
class IssuedCode(AuthorizationCodeMixin):  # type: ignore[misc]  # Authlib carries no types
    """One code, and what came with the request for it."""

    code: str
    client_id: str
    redirect_uri: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str
    signed_in: SignedIn
    levels: Mapping[str, int]
    expires_at: datetime

    def get_redirect_uri(self) -> str:
        """For Authlib."""
        return self.redirect_uri

    def get_scope(self) -> str:
        """For Authlib."""
        return self.scope


class AuthorizationCodes:
    """Thread-safe; each code is good once, for a minute of the run's time."""

    def __init__(self, clock: RunClock) -> None:
        self._clock = clock
        self._codes: dict[str, IssuedCode] = {}
        self._lock = threading.Lock()

    def keep(self, issued: IssuedCode) -> None:
        """From now on the code can be spent."""
        with self._lock:
            self._codes[issued.code] = issued

    def spend(self, code: str, client_id: str) -> IssuedCode | None:
        """What the code stands for; None when it is unknown, another client's, spent or too old."""
        with self._lock:
            issued = self._codes.pop(code, None)
        good = issued is not None and issued.client_id == client_id and self._clock.now() < issued.expires_at
        return issued if good else None
