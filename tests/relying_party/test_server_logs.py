"""What stands in the logs of servers that others wrote, read as decisions."""

import pytest

from dpc_conformance.reference.relying_party.verify_errors import reason_of
from dpc_conformance.reference.relying_party.web.httpd import Httpd
from dpc_conformance.reference.relying_party.web.nginx import Nginx
from dpc_conformance.reference.relying_party.wireless.freeradius import FreeRadius
from dpc_conformance.reference.relying_party.wireless.hostapd import Hostapd
from dpc_conformance.roles.reasons import Reason

CONNECTED = "[info] AH01964: Connection to child 0 established (server localhost:1)"
CLOSED = "[info] AH01998: Connection closed to child 0 with abortive shutdown (server localhost:1)"


def reasons(software, *lines):
    return [each.reason for each in software.decisions(lines)]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("certificate revoked", Reason.REVOKED),
        ("CRL has expired", Reason.STATUS_UNAVAILABLE),
        ("Error (10): certificate has expired [subject: CN=x]", Reason.EXPIRED),
        ("unsuitable certificate purpose", Reason.PURPOSE),
        ("unsupported certificate purpose", Reason.PURPOSE),
        ("unable to get local issuer certificate", Reason.PATH),
        ("", Reason.PATH),
    ],
)
def test_openssl_s_words(words, reason):
    assert reason_of(words) is reason


def test_nginx_names_account_and_serial_number():
    line = '{"status":200,"verify":"SUCCESS","serial":"0AFF","account":"grace"}'
    [decision] = Nginx().decisions(["2026/11/30 05:43:14 [notice] 1#1: OS: Linux", line])
    assert (decision.reason, decision.account, decision.subject) == (None, "grace", "0aff")


def test_nginx_knows_nobody_by_a_certificate_that_was_not_registered():
    line = '{"status":403,"verify":"SUCCESS","serial":"0AFF","account":""}'
    assert reasons(Nginx(), line) == [Reason.UNKNOWN_ACCOUNT]


def test_nginx_has_a_failed_handshake_on_record():
    line = "2026/11/30 [info] 1#1: *5 SSL_do_handshake() failed (SSL: error:0A000102) while SSL handshaking"
    assert reasons(Nginx(), line) == [Reason.PROOF_OF_POSSESSION]


def test_apache_decides_about_each_connection():
    revoked = (
        "[info] AH02276: Certificate Verification: Error (23): certificate revoked [subject: CN=x / serial: 0AFF / n"
    )
    lines = [
        *(CONNECTED, revoked, CLOSED),
        *(CONNECTED, "access 200 account=grace policy=yes serial=0AFF"),
        *(CONNECTED, "access 403 account=grace policy=- serial=0AFF"),
        *(CONNECTED, "access 403 account=- policy=yes serial=0AFF"),
        *(CONNECTED, "SSL Library Error: error:0A000102:SSL routines::unsupported protocol", CLOSED),
    ]
    assert reasons(Httpd(), *lines) == [
        Reason.REVOKED,
        None,
        Reason.POLICY,
        Reason.UNKNOWN_ACCOUNT,
        Reason.PROOF_OF_POSSESSION,
    ]
    assert Httpd().decisions(lines)[0].subject == "0aff"


def test_apache_does_not_take_the_reason_of_an_earlier_connection():
    earlier = "[error] AH01924: Bad OCSP responder answer (bad nonce)"
    failed = "[info] AH02276: Certificate Verification: Error (50): application verification failure [subject: CN=x"
    found = reasons(Httpd(), CONNECTED, earlier, failed, CLOSED, CONNECTED, failed, CLOSED)
    assert found == [Reason.OCSP_NONCE, Reason.STATUS_UNAVAILABLE]


def test_freeradius_decides_once_where_it_speaks_of_the_tunnel_too():
    lines = [
        "Auth: (7)   Login OK: [grace@dpc.example] (from client access-points port 0 via TLS tunnel)",
        "Auth: (7) Login OK: [grace@dpc.example] (from client access-points port 0)",
    ]
    [decision] = FreeRadius().decisions(lines)
    assert (decision.reason, decision.account) == (None, "grace@dpc.example")


def test_freeradius_tells_the_reason_in_the_lines_about_the_request():
    lines = [
        "Auth: (6)   Login incorrect (certificate policy): [x] (from client access-points port 0 via TLS tunnel)",
        "Auth: (6) Login incorrect (eap: Failed continuing EAP TLS (13) session): [x] (from client access-points)",
        "ERROR: (9) eap_tls:   ERROR: (TLS) OpenSSL says error 10 : certificate has expired",
        "Auth: (9) Login incorrect (eap_tls: (TLS) Server : Error in error): [y] (from client access-points)",
    ]
    assert reasons(FreeRadius(), *lines) == [Reason.POLICY, Reason.EXPIRED]


def test_a_handshake_that_a_client_ends_is_no_lack_of_a_certificate():
    begin, end = "lo: CTRL-EVENT-EAP-STARTED 00:00:00:00:00:00", "lo: CTRL-EVENT-EAP-FAILURE 00:00:00:00:00:00"
    alert = "SSL: SSL3 alert: read (remote end reported an error):fatal:unknown CA"
    assert reasons(Hostapd(), begin, alert, end) == [Reason.PROOF_OF_POSSESSION]
    lines = [
        "ERROR: (5) eap_tls: ERROR: (TLS) Alert read:fatal:unknown CA",
        "Auth: (5) Login incorrect (eap_tls: (TLS) Alert read:fatal:unknown CA): [x] (from client access-points)",
    ]
    assert reasons(FreeRadius(), *lines) == [Reason.PROOF_OF_POSSESSION]


def test_hostapd_tells_one_attempt_from_the_next():
    lines = [
        "lo: CTRL-EVENT-EAP-STARTED 00:00:00:00:00:00",
        "authsrv: certificate chain failure: reason=2 depth=0 subject='/CN=x' err='certificate revoked'",
        "lo: CTRL-EVENT-EAP-FAILURE 00:00:00:00:00:00",
        "lo: CTRL-EVENT-EAP-STARTED 00:00:00:00:00:00",
        "lo: CTRL-EVENT-EAP-FAILURE 00:00:00:00:00:00",
        "lo: CTRL-EVENT-EAP-STARTED 00:00:00:00:00:00",
        "lo: CTRL-EVENT-EAP-SUCCESS 00:00:00:00:00:00",
    ]
    assert reasons(Hostapd(), *lines) == [Reason.REVOKED, Reason.NO_CERTIFICATE, None]
