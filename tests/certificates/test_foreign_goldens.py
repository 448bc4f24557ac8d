"""Certificates, CRLs and requests made by others are read as their makers meant them."""

import base64
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography import x509

from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.crl import read_crl
from dpc_conformance.formats.request import read_request

OPENSSL = shutil.which("openssl")
CARDS = os.environ.get("DPC_ICAM_CARDS")
needs_openssl = pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed")
needs_cards = pytest.mark.skipif(not CARDS, reason="DPC_ICAM_CARDS does not name a folder of GSA ICAM test cards")


def openssl(*arguments: str, cwd: Path) -> None:
    assert OPENSSL is not None
    subprocess.run([OPENSSL, *arguments], cwd=cwd, check=True, capture_output=True)


def der_of(path: Path) -> bytes:
    data = path.read_bytes()
    if b"-----BEGIN CERTIFICATE-----" in data:
        return base64.b64decode(data.split(b"-----BEGIN CERTIFICATE-----")[1].split(b"-----END")[0])
    return data


@needs_openssl
def test_a_certificate_of_openssl(tmp_path: Path) -> None:
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem")
    names = ("-addext", "subjectAltName=URI:urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bf6,email:alex@dpc.example")
    more = ("-addext", "keyUsage=critical,digitalSignature", "-addext", "extendedKeyUsage=clientAuth")
    subject = ("-subj", "/C=US/O=U.S. Government/OU=Examples/CN=Alex Example", "-set_serial", "0x1234567890abcdef12")
    openssl("req", "-x509", *curve, *names, *more, *subject, "-outform", "DER", "-out", "made.der", cwd=tmp_path)
    view = read_certificate((tmp_path / "made.der").read_bytes())
    assert view.defects == ()
    assert view.version == 2
    assert view.serial == 0x1234567890ABCDEF12
    assert str(view.subject) == "C=US, O=U.S. Government, OU=Examples, CN=Alex Example"
    assert view.uuids == ("f81d4fae-7dec-41d0-a765-00a0c91e6bf6",)
    assert view.key_usage == {0}
    assert view.extended_key_usage == (oids.CLIENT_AUTH,)
    assert view.public_key.curve == oids.P256
    assert view.basic_constraints is not None
    assert view.basic_constraints.ca


@needs_openssl
def test_a_request_of_openssl(tmp_path: Path) -> None:
    key = ("-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-subj", "/CN=Alex Example")
    openssl(
        "req", "-new", *key, "-addext", "keyUsage=digitalSignature", "-outform", "DER", "-out", "made", cwd=tmp_path
    )
    view = read_request((tmp_path / "made").read_bytes())
    assert view.defects == ()
    assert view.version == 0
    assert view.subject.texts(oids.COMMON_NAME) == ("Alex Example",)
    assert (view.public_key.modulus_bits, view.public_key.exponent) == (2048, 65537)
    assert view.attributes == (oids.EXTENSION_REQUEST,)
    assert [one.oid for one in view.extensions] == [oids.KEY_USAGE]


@needs_cards
def test_the_certificates_of_the_icam_cards() -> None:
    paths = sorted(Path(str(CARDS)).glob("*/*.crt"))
    assert len(paths) > 100
    for path in paths:
        der = der_of(path)
        view = read_certificate(der)
        other = x509.load_der_x509_certificate(der)
        assert view.defects == (), path.name
        assert (view.serial, view.tbs) == (other.serial_number, other.tbs_certificate_bytes)
        assert [one.unreadable for one in view.extensions if one.unreadable] == []


@needs_cards
def test_the_crls_of_the_icam_cards() -> None:
    paths = sorted((Path(str(CARDS)) / "crls").glob("*.crl"))
    assert paths
    for path in paths:
        view = read_crl(path.read_bytes())
        other = x509.load_der_x509_crl(path.read_bytes())
        assert view.defects == (), path.name
        assert view.serials == {entry.serial_number for entry in other}
        assert view.this_update.moment == other.last_update_utc
