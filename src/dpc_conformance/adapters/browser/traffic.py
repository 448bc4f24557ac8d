"""What the browser sent and got, as records: the same that our own clients keep of theirs."""

import base64
import contextlib
import socket
import ssl
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import TlsFacts
from dpc_conformance.protocols.http_client import facts_of
from dpc_conformance.protocols.network import Names
from dpc_conformance.protocols.recording import record_exchange

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, CDPSession, Page, Request, Response

Headers = list[tuple[str, str]]
HTTPS = 443
PATIENCE_SECONDS = 10.0
LAST_BYTES = 2_000
"""Milliseconds that the end of an answer may take when its page is complete."""


class Traffic:
    """Hears what goes on in one session of the browser. Everything here belongs to the browser's thread."""

    def __init__(
        self,
        context: "BrowserContext",
        page: "Page",
        names: Names,
        recorder: Recorder,
        clock: RunClock,
        client: str,
    ) -> None:
        self._context, self._names = context, names
        self._recorder, self._clock, self._client = recorder, clock, client
        self._answers: list[Response] = []
        self._ended: set[Request] = set()
        self._failures: list[tuple[str, str]] = []
        self._negotiated: dict[str, tuple[str, str]] = {}
        self._certificates: dict[str, bytes] = {}
        context.on("response", lambda answer: self._answers.append(answer))  # Playwright takes no method of a list
        context.on("requestfinished", lambda asked: self._ended.add(asked))
        context.on("requestfailed", self._failed)
        self._tools: CDPSession = context.new_cdp_session(page)
        self._tools.on("Network.responseReceived", lambda event: self._secured(event["response"]))
        self._tools.on("Network.requestWillBeSent", lambda event: self._secured(event.get("redirectResponse")))
        self._tools.send("Network.enable")

    def begin(self) -> None:
        """Forget what could not be reached before."""
        self._failures.clear()

    def stop(self) -> None:
        """Wait for the page no longer, as a person who presses the browser's button for that."""
        self._tools.send("Page.stopLoading")

    def failure(self) -> tuple[str, str] | None:
        """Address and Chromium's name of the error of a page that did not come since; None when it came."""
        return self._failures[0] if self._failures else None

    def write_down(self, signed_in_at: str = "", certificate: bytes | None = None) -> None:
        """Make records of what was answered since. At the origin of `signed_in_at` the card had signed for that
        `certificate` (DER)."""
        answers, self._answers[:] = list(self._answers), []
        for answer in answers:
            origin = origin_of(answer.url)
            shown = certificate if signed_in_at and origin == origin_of(signed_in_at) else None
            asked = answer.request
            record_exchange(
                self._recorder,
                self._client,
                self._clock.now(),
                (asked.method, asked.url),
                (_headers(asked.headers_array()), asked.post_data_buffer or b""),
                answer.status,
                (_headers(answer.headers_array()), self._body(answer)),
                self._facts(origin, shown),
            )

    def _facts(self, origin: str, certificate: bytes | None) -> TlsFacts | None:
        if origin not in self._negotiated:
            return None
        if origin not in self._certificates:
            chain = self._tools.send("Network.getCertificate", {"origin": origin})["tableNames"]
            self._certificates[origin] = base64.b64decode(chain[0]) if chain else self._shown_by(origin)
        version, cipher = self._negotiated[origin]
        host = urlsplit(origin).hostname or ""
        return facts_of(version.replace("TLS ", "TLSv"), cipher, self._certificates[origin], host, certificate)

    def _shown_by(self, origin: str) -> bytes:
        """The certificate of a server that answered without a page, so that Chromium tells nothing of it (DER)."""
        parts = urlsplit(origin)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE  # Chromium has judged the server
        place = self._names.resolve(parts.hostname or "", parts.port or HTTPS)
        with (
            socket.create_connection(place, PATIENCE_SECONDS) as connection,
            context.wrap_socket(connection, server_hostname=parts.hostname) as secured,
        ):
            return secured.getpeercert(binary_form=True) or b""

    def _secured(self, answer: dict[str, Any] | None) -> None:
        details = answer.get("securityDetails") if answer else None
        if answer and details:
            self._negotiated[origin_of(answer["url"])] = details["protocol"], details["cipher"]

    def _body(self, answer: "Response") -> bytes:
        """What came; nothing where the browser keeps nothing, as of a redirection, and of what goes on and on."""
        from playwright.sync_api import Error

        with contextlib.suppress(Error):
            asked = answer.request
            if asked not in self._ended:
                self._context.wait_for_event("requestfinished", lambda ended: ended == asked, timeout=LAST_BYTES)
            return answer.body()
        return b""

    def _failed(self, request: "Request") -> None:
        self._ended.add(request)
        if request.is_navigation_request():
            self._failures.append((request.url, (request.failure or "").removeprefix("net::")))


def origin_of(address: str) -> str:
    """Scheme, host and port."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _headers(listed: Iterable[Any]) -> Headers:
    return [(each["name"], each["value"]) for each in listed]
