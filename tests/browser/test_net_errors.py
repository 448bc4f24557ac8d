"""Chromium's names of errors, and what they mean."""

import pytest

from dpc_conformance.adapters.browser.net_errors import error_of
from dpc_conformance.roles.errors import RefusedAtTls, ServerNotTrusted, Unreachable

ADDRESS = "https://issuer.dpc.example:8443/sign-in"


@pytest.mark.parametrize(
    ("name", "with_certificate", "expected"),
    [
        ("ERR_CERT_AUTHORITY_INVALID", True, ServerNotTrusted),
        ("ERR_CERT_COMMON_NAME_INVALID", False, ServerNotTrusted),
        ("ERR_BAD_SSL_CLIENT_AUTH_CERT", False, RefusedAtTls),
        ("ERR_SSL_CLIENT_AUTH_SIGNATURE_FAILED", True, RefusedAtTls),
        ("ERR_SSL_DECRYPT_ERROR_ALERT", True, RefusedAtTls),
        ("ERR_CONNECTION_CLOSED", True, RefusedAtTls),
        ("ERR_SOCKET_NOT_CONNECTED", True, RefusedAtTls),
        ("ERR_CONNECTION_CLOSED", False, Unreachable),
        ("ERR_TUNNEL_CONNECTION_FAILED", True, Unreachable),
        ("", True, Unreachable),
    ],
)
def test_what_an_error_means(name, with_certificate, expected):
    error = error_of(ADDRESS, name, with_certificate)
    assert type(error) is expected
    assert error.host == "issuer.dpc.example"
