"""Browser sessions that live by the run's clock."""

from datetime import timedelta
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy


class RunClockSessions(SecureCookieSessionInterface):
    """Flask's signed session cookie, stamped and judged by the run's clock instead of the machine's."""

    def __init__(self, clock: RunClock) -> None:
        class Signer(TimestampSigner):
            def get_timestamp(self) -> int:
                return clock.epoch()

        class Serializer(URLSafeTimedSerializer):
            default_signer = Signer

        self._serializer = Serializer

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The serializer that Flask signs and checks the cookie with."""
        if not app.secret_key:
            return None
        options: dict[str, Any] = {"key_derivation": self.key_derivation, "digest_method": self.digest_method}
        return self._serializer(app.secret_key, salt=self.salt, serializer=self.serializer, signer_kwargs=options)


def keep_sessions(apps: tuple[Flask, ...], clock: RunClock, entropy: Entropy, lifetime: timedelta, cookie: str) -> None:
    """Give the applications one session between them, dead `lifetime` after it was last written.

    The cookie itself carries no Expires, as long as no session is made permanent: a jar would judge that by the
    machine's clock.
    """
    key = entropy.bytes(32)
    for app in apps:
        app.secret_key = key
        app.session_interface = RunClockSessions(clock)
        app.permanent_session_lifetime = lifetime
        app.config.update(
            SESSION_COOKIE_NAME=cookie,
            SESSION_COOKIE_SECURE=True,
            SESSION_COOKIE_HTTPONLY=True,
            SESSION_COOKIE_SAMESITE="Lax",
        )
