"""The device's side of the OAuth 2.0 device authorization grant (RFC 8628)."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code"
PENDING, SLOW_DOWN = "authorization_pending", "slow_down"
DENIED, EXPIRED = "access_denied", "expired_token"
DEFAULT_INTERVAL = 5
"""Seconds between polls when the server names none (RFC 8628 §3.2); also what slow_down adds (§3.5)."""


class DeviceGrantFailed(Exception):
    """The identity provider answered something the grant does not know; `status` is the HTTP status."""

    def __init__(self, status: int, answer: str) -> None:
        super().__init__(f"the identity provider answered {status}: {answer}")
        self.status, self.answer = status, answer


@dataclass(frozen=True)
class DeviceAuthorization:
    """What the device shows and keeps (RFC 8628 §3.2). Times are seconds."""

    user_code: str
    verification_uri: str
    expires_in: int
    interval: int
    device_code: str = field(repr=False)


@dataclass(frozen=True)
class TokenAnswer:
    """The answer to a poll: tokens when `error` is empty, else one of the errors of RFC 8628 §3.5."""

    error: str = ""
    id_token: str = field(default="", repr=False)
    access_token: str = field(default="", repr=False)

    @property
    def decided(self) -> bool:
        """Whether polling is over, either way."""
        return self.error not in (PENDING, SLOW_DOWN)


class DeviceGrant:
    """One sign-in of a device. Requests raise Unreachable and ServerNotTrusted, answers are data."""

    def __init__(self, http: httpx.Client, issuer_identifier: str, client_id: str, recorder: Recorder) -> None:
        self._http, self._issuer, self._client_id, self._recorder = http, issuer_identifier, client_id, recorder
        self._metadata: dict[str, Any] = {}
        self._authorization: DeviceAuthorization | None = None
        self._interval = DEFAULT_INTERVAL

    def start(self, scope: str = "openid profile") -> DeviceAuthorization:
        """Ask for a code. Raises DeviceGrantFailed."""
        self._metadata = _json(self._http.get(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"))
        answer = _json(
            self._http.post(
                self._endpoint("device_authorization_endpoint"),
                data={"client_id": self._client_id, "scope": scope},
            )
        )
        try:
            self._recorder.keep_secret(answer["device_code"])
            self._authorization = DeviceAuthorization(
                user_code=answer["user_code"],
                verification_uri=answer["verification_uri"],
                expires_in=int(answer["expires_in"]),
                interval=int(answer.get("interval", DEFAULT_INTERVAL)),
                device_code=answer["device_code"],
            )
        except (KeyError, TypeError, ValueError) as error:
            raise DeviceGrantFailed(200, f"a device authorization without a usable {error}") from error
        self._interval = self._authorization.interval
        return self._authorization

    def poll_once(self) -> TokenAnswer:
        """Ask for the tokens once; slow_down lengthens the interval of `poll`. LookupError before `start`."""
        if self._authorization is None:
            raise LookupError("the device grant was not started")
        response = self._http.post(
            self._endpoint("token_endpoint"),
            data={
                "grant_type": GRANT_TYPE,
                "device_code": self._authorization.device_code,
                "client_id": self._client_id,
            },
        )
        answer = _json(response, accept=(200, 400, 401, 403))
        if response.status_code == 200:
            id_token, access_token = str(answer.get("id_token", "")), str(answer.get("access_token", ""))
            for token in (id_token, access_token):
                self._recorder.keep_secret(token)
            return TokenAnswer("", id_token, access_token)
        error = str(answer.get("error", ""))
        if not error:
            raise DeviceGrantFailed(response.status_code, "a refusal without an error code")
        if error == SLOW_DOWN:
            self._interval += DEFAULT_INTERVAL
        return TokenAnswer(error)

    def poll(self, clock: RunClock, at_most: int | None = None) -> TokenAnswer:
        """Wait and ask until it is decided, or `at_most` times; the run's time passes between the polls."""
        asked = 0
        while True:
            clock.sleep(self._interval)
            answer = self.poll_once()
            asked += 1
            if answer.decided or asked == at_most:
                return answer

    def _endpoint(self, name: str) -> str:
        address = self._metadata.get(name)
        if not isinstance(address, str) or not address.startswith("https://"):
            raise DeviceGrantFailed(200, f"metadata without an https {name}")
        return address


def _json(response: httpx.Response, accept: tuple[int, ...] = (200,)) -> dict[str, Any]:
    if response.status_code not in accept:
        raise DeviceGrantFailed(response.status_code, response.reason_phrase)
    try:
        answer = response.json()
    except ValueError as error:
        raise DeviceGrantFailed(response.status_code, "no JSON") from error
    if not isinstance(answer, dict):
        raise DeviceGrantFailed(response.status_code, "no JSON object")
    return answer
