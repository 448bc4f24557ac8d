"""Chromium's names of what went wrong on the way to a page, and what they mean for whoever waits for it."""

from urllib.parse import urlsplit

from dpc_conformance.roles.errors import RefusedAtTls, ServerNotTrusted, Unreachable

NOT_TRUSTED = "ERR_CERT_"
AT_TLS = ("ERR_SSL_", "ERR_BAD_SSL_", "ERR_TLS")
CUT_OFF = frozenset(
    {"ERR_CONNECTION_CLOSED", "ERR_CONNECTION_RESET", "ERR_CONNECTION_ABORTED"}
    | {"ERR_EMPTY_RESPONSE", "ERR_SOCKET_NOT_CONNECTED"}
)
"""A server of TLS 1.3 refuses a client's certificate only after the handshake: the connection ends, nothing else."""


def error_of(address: str, name: str, with_certificate: bool) -> RefusedAtTls | ServerNotTrusted | Unreachable:
    """The roles' error for one of Chromium's; `with_certificate`: the browser had one to show."""
    host = urlsplit(address).hostname or address
    if name.startswith(NOT_TRUSTED):
        return ServerNotTrusted(host, name)
    if name.startswith(AT_TLS) or (with_certificate and name in CUT_OFF):
        return RefusedAtTls(host, name)
    return Unreachable(host, name or "no answer within the time limit")
