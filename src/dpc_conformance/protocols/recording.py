"""An httpx transport that records every exchange and folds every failure into the errors of the roles."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import unquote_plus

import httpcore
import httpx

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import HandshakeRefused, HttpExchange, TlsFacts
from dpc_conformance.protocols.carried_objects import object_in
from dpc_conformance.protocols.network import Names
from dpc_conformance.protocols.redaction import body_without_secrets, headers_without_secrets, url_without_secrets
from dpc_conformance.protocols.streams import TLS_FACTS
from dpc_conformance.roles.errors import RefusedAtTls, ServerNotTrusted, Unreachable

Headers = list[tuple[str, str]]


class RecordingTransport(httpx.BaseTransport):
    """Sends requests through an httpcore pool; each answer becomes an HttpExchange, each refusal a HandshakeRefused.

    Raises Unreachable, ServerNotTrusted and RefusedAtTls; what the card says (CardRemoved) passes through untouched.
    """

    def __init__(
        self,
        pool: httpcore.ConnectionPool,
        names: Names,
        recorder: Recorder,
        clock: RunClock,
        client: str,
        presents_certificate: bool = False,
    ) -> None:
        """`client` names who speaks in the records; `presents_certificate`: a TLS client certificate is at hand."""
        self._pool, self._names, self._recorder, self._clock = pool, names, recorder, clock
        self._client, self._presents_certificate = client, presents_certificate

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send it and read the whole answer."""
        began = self._clock.now()
        sent = request.read()
        try:
            # A proxy would hide that the host behind it is cut off.
            self._names.check_not_cut(request.url.host)
            status, headers, received, facts = self._exchange(request, sent)
        except (RefusedAtTls, ServerNotTrusted) as refusal:
            self._refused(request, began, refusal.reason)
            raise
        except httpcore.TimeoutException as error:
            raise Unreachable(request.url.host, "no answer within the time limit") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError) as error:
            raise self._folded(request, began, error) from error
        self._record(request, began, sent, status, headers, received, facts)
        return httpx.Response(status, headers=headers, stream=httpx.ByteStream(received))

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()

    def _exchange(self, request: httpx.Request, sent: bytes) -> tuple[int, Headers, bytes, TlsFacts | None]:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=sent,
                extensions=request.extensions,
            )
        )
        try:
            received = answer.read()
        finally:
            answer.close()
        stream = answer.extensions.get("network_stream")
        facts = stream.get_extra_info(TLS_FACTS) if stream is not None else None
        return answer.status, _text(answer.headers), received, facts

    def _folded(self, request: httpx.Request, began: datetime, error: Exception) -> Exception:
        """One error for every way a connection ends too early; TLS 1.3 servers refuse only after the handshake."""
        host, reason = request.url.host, str(error) or type(error).__name__
        at_tls = _is_alert(error) or self._presents_certificate
        if request.url.scheme != "https" or not at_tls:
            return Unreachable(host, reason)
        self._refused(request, began, reason)
        return RefusedAtTls(host, reason)

    def _refused(self, request: httpx.Request, began: datetime, reason: str) -> None:
        url = url_without_secrets(str(request.url), self._recorder)
        self._recorder.record(HandshakeRefused(began, self._client, url, reason))

    def _record(
        self,
        request: httpx.Request,
        began: datetime,
        sent: bytes,
        status: int,
        headers: Headers,
        received: bytes,
        facts: TlsFacts | None,
    ) -> None:
        record_exchange(
            self._recorder,
            self._client,
            began,
            (request.method, str(request.url)),
            (_text(request.headers.raw), sent),
            status,
            (headers, received),
            facts,
        )


def record_exchange(
    recorder: Recorder,
    client: str,
    at: datetime,
    asked: tuple[str, str],
    sent: tuple[Headers, bytes],
    status: int,
    received: tuple[Headers, bytes],
    facts: TlsFacts | None,
) -> None:
    """Record an exchange without its secrets: method and URL that were `asked`, headers and body of both directions."""
    (method, url), (asked_headers, asked_body), (headers, body) = asked, sent, received
    asked_type, answer_type = _content_type(asked_headers), _content_type(headers)
    places = {
        "url": [url],
        "headers": [value for _, value in asked_headers + headers],
        "body": [asked_body.decode("latin-1"), body.decode("latin-1")],
    }
    recorder.record(
        HttpExchange(
            at=at,
            client=client,
            method=method,
            url=url_without_secrets(url, recorder),
            status=status,
            tls=facts,
            request_headers=headers_without_secrets(asked_headers, recorder),
            request_body=body_without_secrets(asked_body, asked_type, recorder),
            response_headers=headers_without_secrets(headers, recorder),
            response_body=body_without_secrets(body, answer_type, recorder),
            secrets_in=tuple(place for place, texts in places.items() if _has_secret(texts, recorder)),
            request_object=object_in(asked_body, asked_type),
            response_object=object_in(body, answer_type),
        )
    )


def _has_secret(texts: Iterable[str], recorder: Recorder) -> bool:
    return any(recorder.has_secret(text) or recorder.has_secret(unquote_plus(text)) for text in texts)


def _content_type(headers: Headers) -> str:
    return next((value for name, value in headers if name.lower() == "content-type"), "")


def _text(raw: Iterable[tuple[bytes, bytes]]) -> Headers:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in raw]


def _is_alert(error: Exception) -> bool:
    """Whether a TLS alert ended the connection, as Python's ssl reports it in the causes."""
    cause: BaseException | None = error
    while cause is not None:
        if "alert" in str(cause).lower():
            return True
        cause = cause.__cause__ or cause.__context__
    return False
