"""CRLs, OCSP and the repository over WSGI, judged by OpenSSL and asn1crypto."""

import base64
import io
import subprocess
from datetime import timedelta
from urllib.parse import quote

import pytest
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from dpc_conformance.reference.pki.status import StatusService
from dpc_conformance.reference.serving.server import WebServer

HASHES = [hashes.SHA1(), hashes.SHA256(), hashes.SHA384(), hashes.SHA512()]


def ask(status, url, method="GET", body=b""):
    host, _, path = url.removeprefix("http://").partition("/")
    answer = {}
    environ = {
        "REQUEST_METHOD": method,
        "HTTP_HOST": host,
        "PATH_INFO": "/" + path,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    content = b"".join(status.app(environ, lambda line, headers: answer.update(line=line, **dict(headers))))
    return answer["line"], answer["Content-Type"], content


def crl(status, authority):
    line, media_type, der = ask(status, authority.crl_url)
    assert (line, media_type) == ("200 OK", "application/pkix-crl")
    made = x509.load_der_x509_crl(der)
    assert made.is_signature_valid(authority.certificate.public_key())
    return made


def question(certificate, authority, algorithm=None, nonce=None):
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, authority.certificate, algorithm or hashes.SHA1())
    if nonce is not None:
        builder = builder.add_extension(x509.OCSPNonce(nonce), critical=False)
    return builder.build().public_bytes(Encoding.DER)


def ocsp_status(status, certificate, authority, algorithm=None):
    body = question(certificate, authority, algorithm)
    line, media_type, der = ask(status, authority.ocsp_url, "POST", body)
    assert (line, media_type) == ("200 OK", "application/ocsp-response")
    return ocsp.load_der_ocsp_response(der)


def test_crls_of_every_authority_are_fresh_and_full(pki, status, clock):
    for authority in pki.authorities:
        made = crl(status, authority)
        assert made.issuer == authority.subject
        assert made.last_update_utc == clock.now()
        assert timedelta(hours=18) <= made.next_update_utc - made.last_update_utc <= timedelta(hours=48)
        kinds = {type(extension.value) for extension in made.extensions}
        assert kinds == {x509.AuthorityKeyIdentifier, x509.CRLNumber}
        assert list(made) == []


def test_revocation_shows_at_once_in_crl_and_ocsp(pki, status, clock, subscribers):
    certificate, authority = subscribers.derived_authentication, pki.derived_authority
    before = crl(status, authority)
    assert ocsp_status(status, certificate, authority).certificate_status is ocsp.OCSPCertStatus.GOOD
    clock.advance(timedelta(minutes=5))
    status.revoke(certificate.public_bytes(Encoding.DER))
    [entry] = crl(status, authority)
    assert entry.serial_number == certificate.serial_number
    assert entry.revocation_date_utc == clock.now() - timedelta(seconds=1)
    assert [extension.value.reason.value for extension in entry.extensions] == ["keyCompromise"]
    answer = ocsp_status(status, certificate, authority)
    assert answer.certificate_status is ocsp.OCSPCertStatus.REVOKED
    assert answer.revocation_reason is x509.ReasonFlags.key_compromise
    assert answer.revocation_time_utc == entry.revocation_date_utc
    numbers = [
        made.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
        for made in (before, crl(status, authority))
    ]
    assert numbers[0] < numbers[1]
    assert list(crl(status, pki.piv_authority)) == []


def test_a_hold_ends_and_a_final_revocation_does_not(pki, status, subscribers):
    certificate, authority = subscribers.piv_authentication, pki.piv_authority
    status.revoke(certificate, hold=True)
    [entry] = crl(status, authority)
    assert [extension.value.reason.value for extension in entry.extensions] == ["certificateHold"]
    status.restore(certificate)
    assert list(crl(status, authority)) == []
    assert ocsp_status(status, certificate, authority).certificate_status is ocsp.OCSPCertStatus.GOOD
    status.revoke(certificate, "affiliationChanged")
    with pytest.raises(LookupError, match="on hold"):
        status.restore(certificate)


def test_the_unspecified_reason_is_left_out(pki, status, subscribers):
    status.revoke(subscribers.piv_authentication, "unspecified")
    [entry] = crl(status, pki.piv_authority)
    assert len(entry.extensions) == 0
    answer = ocsp_status(status, subscribers.piv_authentication, pki.piv_authority)
    assert (answer.certificate_status, answer.revocation_reason) == (ocsp.OCSPCertStatus.REVOKED, None)


def test_an_intermediate_can_be_revoked(pki, status):
    status.revoke(pki.derived_authority.certificate, "cACompromise")
    assert len(list(crl(status, pki.intermediate))) == 1


def test_nobody_revokes_what_another_pki_issued(pki, status):
    with pytest.raises(LookupError, match="no authority"):
        status.revoke(pki.foreign_authority.certificate)
    with pytest.raises(ValueError, match="notAReason"):
        status.revoke(pki.derived_authority.certificate, "notAReason")


def test_a_crl_is_kept_for_twelve_hours(pki, status, clock):
    first = crl(status, pki.piv_authority)
    clock.advance(timedelta(hours=11))
    assert crl(status, pki.piv_authority) == first
    clock.advance(timedelta(hours=1))
    assert crl(status, pki.piv_authority).last_update_utc == clock.now()


@pytest.mark.parametrize("algorithm", HASHES, ids=lambda algorithm: algorithm.name)
def test_ocsp_answers_in_the_clients_hash_by_a_delegated_responder(pki, status, clock, subscribers, algorithm):
    for authority, certificate in (
        (pki.derived_authority, subscribers.derived_authentication),
        (pki.piv_authority, subscribers.card_authentication),
        (pki.intermediate, pki.piv_authority.certificate),
        (pki.root, pki.intermediate.certificate),
    ):
        answer = ocsp_status(status, certificate, authority, algorithm)
        assert answer.certificate_status is ocsp.OCSPCertStatus.GOOD
        assert isinstance(answer.hash_algorithm, type(algorithm))
        assert answer.serial_number == certificate.serial_number
        assert (answer.produced_at_utc, answer.this_update_utc) == (clock.now(), clock.now())
        [responder] = answer.certificates
        assert responder == pki.ocsp_responder_of(authority).certificate


def test_ocsp_by_get_and_with_a_nonce(pki, status, subscribers):
    authority = pki.piv_authority
    body = question(subscribers.piv_authentication, authority, nonce=b"0123456789abcdef")
    line, _, der = ask(status, f"{authority.ocsp_url}/{quote(base64.b64encode(body), safe='')}")
    answer = ocsp.load_der_ocsp_response(der)
    assert line == "200 OK"
    assert answer.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce == b"0123456789abcdef"


def test_ocsp_refuses_what_it_cannot_answer(pki, status, subscribers):
    def kind(body):
        return ocsp.load_der_ocsp_response(ask(status, pki.piv_authority.ocsp_url, "POST", body)[2]).response_status

    certificate = subscribers.piv_authentication
    assert kind(b"nonsense") is ocsp.OCSPResponseStatus.MALFORMED_REQUEST
    assert kind(question(certificate, pki.foreign_authority)) is ocsp.OCSPResponseStatus.UNAUTHORIZED
    long_nonce = question(certificate, pki.piv_authority, nonce=b"x" * 33)
    assert kind(long_nonce) is ocsp.OCSPResponseStatus.MALFORMED_REQUEST
    assert ask(status, pki.piv_authority.ocsp_url, "POST")[0] == "400 Bad Request"
    assert ask(status, pki.piv_authority.ocsp_url + "/%%%")[0] == "400 Bad Request"


def test_openssl_is_content_with_ocsp(pki, status, clock, subscribers, tmp_path):
    authority, certificate = pki.derived_authority, subscribers.derived_authentication
    paths = {}
    for name, made in (("root", pki.root.certificate), ("ca", authority.certificate), ("leaf", certificate)):
        paths[name] = tmp_path / f"{name}.pem"
        paths[name].write_bytes(made.public_bytes(Encoding.PEM))
    chain = tmp_path / "chain.pem"
    chain.write_bytes(b"".join(made.public_bytes(Encoding.PEM) for made in pki.intermediates()))
    query, reply = tmp_path / "query.der", tmp_path / "reply.der"
    named = ["-issuer", paths["ca"], "-cert", paths["leaf"]]
    subprocess.run(["openssl", "ocsp", *named, "-reqout", query], check=True, capture_output=True)
    reply.write_bytes(ask(status, authority.ocsp_url, "POST", query.read_bytes())[2])
    trust = ["-CAfile", paths["root"], "-verify_other", chain, "-attime", str(clock.epoch())]
    trust += ["-no_nonce", "-validity_period", "1000000000"]
    # -no_nonce: none but the one in the query.
    # The tool compares thisUpdate with the machine's clock whatever -attime says; the path is what is judged here.
    judged = subprocess.run(
        [
            "openssl",
            "ocsp",
            *named,
            "-reqin",
            query,
            "-respin",
            reply,
            *trust,
            "-no_nonce",
            "-validity_period",
            "1000000000",
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    assert "Response verify OK" in judged.stderr
    assert "leaf.pem: good" in judged.stdout


def test_openssl_asks_over_http(pki, status, clock, subscribers, tmp_path):
    issuer, leaf = tmp_path / "issuer.pem", tmp_path / "leaf.pem"
    issuer.write_bytes(pki.piv_authority.certificate.public_bytes(Encoding.PEM))
    leaf.write_bytes(subscribers.card_authentication.public_bytes(Encoding.PEM))
    status.revoke(subscribers.card_authentication, "superseded")
    server = WebServer(lambda: clock, None)
    server.serve(status.app)
    command = ["openssl", "ocsp", "-issuer", issuer, "-cert", leaf, "-noverify"]
    command += ["-validity_period", "1000000000", "-url"]  # the machine lives in another year
    try:
        done = subprocess.run(
            [*command, f"http://127.0.0.1:{server.port}/piv"], check=True, capture_output=True, text=True, timeout=20
        )
    finally:
        server.close()
    assert "leaf.pem: revoked" in done.stdout
    assert "Reason: superseded" in done.stdout


def test_the_repository_hands_out_authorities_and_nobody_else(pki, status):
    def bundle(url):
        line, media_type, der = ask(status, url)
        assert (line, media_type) == ("200 OK", "application/pkcs7-mime")
        content = cms.ContentInfo.load(der)["content"]
        return {certificate.chosen.dump() for certificate in content["certificates"]}

    def ders(*authorities):
        return {authority.certificate.public_bytes(Encoding.DER) for authority in authorities}

    for authority in pki.authorities:
        assert bundle(authority.p7c_url) == ders(authority)
    base = "http://repo.dpc.example/issued-by-"
    assert bundle(base + "root.p7c") == ders(pki.intermediate)
    assert bundle(base + "intermediate.p7c") == ders(pki.piv_authority, pki.derived_authority)
    assert {made.public_bytes(Encoding.DER) for made in status.repository.published()} == ders(*pki.authorities)


def test_a_silent_host_answers_503_and_the_others_go_on(pki, status):
    status.silence("crl.dpc.example")
    assert ask(status, pki.root.crl_url)[0] == "503 Service Unavailable"
    assert ask(status, pki.root.p7c_url)[0] == "200 OK"
    status.let_speak("crl.dpc.example")
    assert ask(status, pki.root.crl_url)[0] == "200 OK"
    with pytest.raises(LookupError):
        status.silence("www.example")


@pytest.mark.parametrize(
    ("url", "method", "line"),
    [
        ("http://crl.dpc.example/none.crl", "GET", "404 Not Found"),
        ("http://repo.dpc.example/none.p7c", "GET", "404 Not Found"),
        ("http://www.example/root.crl", "GET", "404 Not Found"),
        ("http://crl.dpc.example/root.crl", "POST", "405 Method Not Allowed"),
        ("http://repo.dpc.example/root.p7c", "PUT", "405 Method Not Allowed"),
        ("http://crl.dpc.example:80/root.crl", "HEAD", "200 OK"),
        ("http://127.0.0.1:4711/root.crl", "GET", "200 OK"),
        ("http://localhost/root.p7c", "GET", "200 OK"),
    ],
)
def test_addresses_and_methods(status, url, method, line):
    assert ask(status, url, method)[0] == line


def test_parts_can_be_swapped(pki, clock, subscribers, status):
    """What a seeded defect does: a responder that has never heard of a revocation, next to an honest CRL."""
    honest = StatusService(pki, clock, None)
    status.ocsp.revocations = honest.revocations
    status.revoke(subscribers.piv_authentication)
    assert ocsp_status(status, subscribers.piv_authentication, pki.piv_authority).certificate_status.name == "GOOD"
    assert len(list(crl(status, pki.piv_authority))) == 1
