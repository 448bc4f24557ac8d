"""What went over the wire as readers of a report see it."""

from dpc_conformance.evidence.records import HandshakeRefused, HttpExchange

BODY_LIMIT = 4000
"""Characters of an HTTP body that are shown; pages are for browsers, not for reports."""


def http_text(record: HttpExchange) -> str:
    """An exchange: who asked what, how the connection was protected, and both messages."""
    tls = record.tls
    lines = [f"{record.at:%H:%M:%S} {record.client}: {record.method} {record.url} -> {record.status}"]
    if tls:
        shown = " with a client certificate" if tls.client_certificate else ""
        lines.append(f"  {tls.version} {tls.cipher}, {tls.server_key_type} {tls.server_key_bits} bits{shown}")
    if record.secrets_in:
        lines.append(f"  secrets, redacted here, travelled in: {', '.join(record.secrets_in)}")
    lines += _message(">", record.request_headers, record.request_body)
    lines += _message("<", record.response_headers, record.response_body)
    return "\n".join(lines) + "\n"


def _message(mark: str, headers: dict[str, str], body: str) -> list[str]:
    shown = body if len(body) <= BODY_LIMIT else f"{body[:BODY_LIMIT]} ... ({len(body)} characters)"
    return [f"  {mark} {name}: {value}" for name, value in headers.items()] + [
        f"  {mark} {line}" for line in shown.splitlines()
    ]


def refused_text(record: HandshakeRefused) -> str:
    """A connection that ended before the first byte of an answer."""
    return f"{record.at:%H:%M:%S} {record.client}: {record.url} ended the TLS connection: {record.reason}\n"
