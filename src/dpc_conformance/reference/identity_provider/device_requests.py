"""Device authorizations that wait for a person, and what became of them."""

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest

from authlib.oauth2.rfc8628 import DeviceCredentialMixin

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.identity_provider.settings import IdentityProviderSettings
from dpc_conformance.roles.people import Person

WAITING, APPROVED, DENIED = "waiting", "approved", "denied"
SLOWER = timedelta(seconds=5)


@dataclass(frozen=True)
class SignedIn:
    """A person who proved possession of a card at `at`; `thumbprint` of its certificate, see tokens.thumbprint."""

    person: Person
    thumbprint: str
    at: datetime


@dataclass
class DeviceRequest(DeviceCredentialMixin):  # type: ignore[misc]  # Authlib carries no types
    """One device that waits. `state` is waiting, approved or denied; of its codes only digests are kept."""

    client_id: str
    scope: str
    device_digest: str
    user_digest: str
    expires_at: datetime
    interval: timedelta
    clock: RunClock
    state: str = WAITING
    signed_in: SignedIn | None = None
    last_poll: datetime | None = None

    def get_client_id(self) -> str:
        """For Authlib."""
        return self.client_id

    def get_scope(self) -> str:
        """For Authlib."""
        return self.scope

    def get_user_code(self) -> str:
        """For Authlib, which hands it back and looks at nothing."""
        return self.user_digest

    def is_expired(self) -> bool:
        """By the run's clock; the code is dead at its last second (RFC 8628 §3.2)."""
        return self.clock.now() >= self.expires_at


class DeviceRequests:
    """All device authorizations of one identity provider."""

    def __init__(self, clock: RunClock, settings: IdentityProviderSettings) -> None:
        self._clock, self._settings = clock, settings
        self._by_digest: dict[str, DeviceRequest] = {}
        self._lock = threading.Lock()

    def add(self, client_id: str, scope: str, device_code: str, user_code: str) -> None:
        """A device begins to wait."""
        expires_at, interval = self._clock.now() + self._settings.code_lifetime, self._settings.interval
        device, user = digest(device_code), digest(user_code)
        with self._lock:
            self._by_digest[device] = DeviceRequest(
                client_id, scope, device, user, expires_at, timedelta(seconds=interval), self._clock
            )

    def full(self) -> bool:
        """Whether as many devices wait as may; those that gave up long ago are forgotten."""
        forgotten = self._clock.now() - self._settings.code_lifetime
        with self._lock:
            for name, request in list(self._by_digest.items()):
                if request.expires_at <= forgotten:
                    del self._by_digest[name]
            return len(self._by_digest) >= self._settings.most_waiting

    def of_device(self, device_code: str) -> DeviceRequest | None:
        """The request of the device that keeps this code."""
        with self._lock:
            return self._by_digest.get(digest(device_code))

    def of_user(self, user_code: str) -> DeviceRequest | None:
        """The newest request that shows this code, whatever its state."""
        wanted = digest(user_code)
        with self._lock:
            newest_first = reversed(self._by_digest.values())
            return next((each for each in newest_first if compare_digest(each.user_digest, wanted)), None)

    def decide(self, request: DeviceRequest, signed_in: SignedIn | None) -> bool:
        """Approve for somebody, or deny with None; False when it expired or was decided before."""
        with self._lock:
            if request.state != WAITING or request.is_expired():
                return False
            request.state, request.signed_in = (DENIED, None) if signed_in is None else (APPROVED, signed_in)
            return True

    def polled_too_soon(self, request: DeviceRequest) -> bool:
        """Note a poll; True when the interval had not passed, which makes it five seconds longer (RFC 8628 §3.5)."""
        now = self._clock.now()
        with self._lock:
            last, request.last_poll = request.last_poll, now
            if last is None or now - last >= request.interval:
                return False
            request.interval += SLOWER
            return True

    def redeem(self, request: DeviceRequest) -> bool:
        """Spend the device code; False when it was spent before."""
        with self._lock:
            return self._by_digest.pop(request.device_digest, None) is not None


def digest(code: str) -> str:
    """How a code is kept: SHA-256, hexadecimal."""
    return sha256(code.encode()).hexdigest()
