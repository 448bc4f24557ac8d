"""Files in all their forms; what holds nothing to judge is one sentence and exit code 4."""

import base64
import io
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs7, pkcs12

from dpc_conformance.commands.der_kind import Kind, kind_of
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.inputs import Reader
from dpc_conformance.faults.certificates.material import evidence
from dpc_conformance.faults.mutants import CRL, OCSP_RESPONSE, goldens


def pem(der: bytes, label: str = "CERTIFICATE") -> bytes:
    return b"-----BEGIN %s-----\n%s-----END %s-----\n" % (label.encode(), base64.encodebytes(der), label.encode())


def test_a_pem_file_holds_any_number_of_blocks(golden: bytes, mutant: bytes, write: Any) -> None:
    text = b"subject: somebody\n" + pem(golden) + pem(b"\x30\x00", "PRIVATE KEY") + pem(mutant)
    name = write("chain.pem", text)
    items = Reader().items([name])
    assert [item.der for item in items] == [golden, mutant]
    assert [item.name for item in items] == [f"{name}#1", f"{name}#2"]


def test_crls_and_ocsp_responses_are_told_apart() -> None:
    assert {kind_of(one.make()) for one in goldens(CRL)} == {Kind.CRL}
    assert {kind_of(one.make()) for one in goldens(OCSP_RESPONSE)} == {Kind.OCSP_RESPONSE}
    assert {kind_of(one.make()) for one in goldens()} == {Kind.CERTIFICATE}


def test_pkcs7_gives_certificates(golden: bytes, mutant: bytes, write: Any) -> None:
    certificates = [x509.load_der_x509_certificate(der) for der in (golden, mutant)]
    for encoding in (Encoding.DER, Encoding.PEM):
        name = write("bundle.p7c", pkcs7.serialize_certificates(certificates, encoding))
        assert {item.der for item in Reader().items([name])} == {golden, mutant}


@pytest.mark.parametrize("password", [None, b"", b"correct horse"])
def test_pkcs12_opens_without_or_with_a_password(password: bytes | None, golden: bytes, write: Any) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    encryption: Any = BestAvailableEncryption(password) if password else None
    certificate = x509.load_der_x509_certificate(golden)
    data = (
        pkcs12.serialize_key_and_certificates(b"", key, None, [certificate], encryption)
        if password
        else pkcs12.serialize_java_truststore(
            [pkcs12.PKCS12Certificate(certificate, None)], BestAvailableEncryption(b"x")
        )
    )
    given = password or b"x"
    name = write("phone.p12", data)
    assert [item.der for item in Reader(password=given).items([name])] == [golden]
    assert [item.der for item in Reader(ask=lambda _: given).items([name])] == [golden]
    with pytest.raises(BadInput, match="--password-file"):
        Reader().items([name])
    with pytest.raises(BadInput, match="password opens"):
        Reader(password=b"wrong").items([name])


def test_a_folder_is_read_in_order_and_may_hold_keys(golden: bytes, mutant: bytes, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.der").write_bytes(golden)
    (tmp_path / "a.crt").write_bytes(mutant)
    (tmp_path / "key.pem").write_bytes(pem(b"\x30\x00", "PRIVATE KEY"))
    (tmp_path / "readme.txt").write_text("not read")
    assert [item.der for item in Reader().items([str(tmp_path)])] == [mutant, golden]


def test_standard_input(golden: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(golden)))
    assert [(item.name, item.der) for item in Reader().items(["-"])] == [("standard input", golden)]


def request() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    from cryptography.hazmat.primitives.hashes import SHA256

    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.pem", b"", "expected a certificate, CRL or OCSP response, found none"),
        ("letter.txt", b"Dear Sir or Madam", "expected a certificate, CRL or OCSP response, found none"),
        ("key.pem", pem(b"\x30\x00", "PRIVATE KEY"), "found none"),
        ("request.der", request(), "found a request for one"),
        ("broken.pem", b"-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----\n", "expected base64"),
        ("signed.p7c", bytes.fromhex("300b06092a864886f70d010702"), "expected a PKCS#7"),
    ],
)
def test_what_holds_nothing_is_bad_input(name: str, content: bytes, sentence: str, write: Any, check: Any) -> None:
    code, out, err = check(write(name, content))
    assert (code, out) == (4, "")
    assert sentence in err
    assert len(err.splitlines()) == 1


def test_a_file_that_is_not_there_is_bad_input(check: Any) -> None:
    code, _, err = check("no-such.pem")
    assert code == 4
    assert "no-such.pem: expected a file that can be read" in err


def test_a_ca_certificate_is_evidence(write: Any, check: Any) -> None:
    code, out, _ = check(write("ca.der", evidence()["issuer"]))
    assert code == 0
    assert "evidence for others" in out
