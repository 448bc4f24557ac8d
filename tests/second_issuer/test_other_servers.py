"""CMP and SCEP against servers that others made: the mock server of openssl cmp, and scepserver."""

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from badge_authority import BadgeAuthority
from cryptography.hazmat.primitives.serialization import Encoding
from other_servers import SECRET, ec_key, free_port, listening, wire

from dpc_conformance.adapters.over_http.programs import CmpWire
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import CertificateRequested, HttpExchange
from dpc_conformance.protocols.enrolment import EnrolmentRefused
from dpc_conformance.reference.phone.requests import certificate_request
from dpc_conformance.roles.errors import MachineLacks, Unreachable

HERE = Path(__file__).parent
PRIVATE_NETWORK = ["unshare", "--map-root-user", "--net"]


@pytest.fixture
def cmp(tmp_path):
    """Asks the mock server of openssl cmp, which has a certificate for one key, under a secret and with a key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    own = ec_key()

    def asked(secret: str = SECRET, key=own):
        issued = BadgeAuthority(datetime.now(UTC)).sign(certificate_request(own), "Somebody", datetime.now(UTC))
        (tmp_path / "issued.pem").write_bytes(issued.public_bytes(Encoding.PEM))
        port, recorder = free_port(), Recorder()
        words = ["openssl", "cmp", "-config", "", "-port", str(port), "-srv_ref", "phone-7"]
        # It forgets a transaction when a connection ends, and speaks HTTP/1.0: a confirmation would come too late.
        words += ["-srv_secret", f"pass:{secret}", "-rsp_cert", "issued.pem", "-grant_implicitconf"]
        labels = {"authentication": "pkix/"}
        table = {"protocol": "cmp", "name": "{device_id}", "labels": labels, "implicit_confirm": True}
        with listening(words, port, tmp_path), wire(CmpWire, port, recorder, **table) as phone:
            return phone.certificate(certificate_request(key), key, "authentication") == issued, recorder

    return asked


def test_cmp_brings_the_certificate_and_all_messages_are_on_record(cmp) -> None:
    came, recorder = cmp()
    assert came
    exchanges = recorder.of(HttpExchange)
    assert [(each.client, each.url, each.status) for each in exchanges] == [
        ("phone", "http://pki.vendor.example/pkix/", 200)
    ]
    assert len(recorder.of(CertificateRequested)) == 1
    assert SECRET not in repr(recorder.timeline())


def test_another_secret_is_refused_over_cmp(cmp) -> None:
    with pytest.raises(EnrolmentRefused, match="CMP"):
        cmp(secret="another")


def test_a_certificate_for_another_key_is_not_taken_over_cmp(cmp) -> None:
    with pytest.raises(EnrolmentRefused):
        cmp(key=ec_key())


@pytest.fixture
def scep(tmp_path):
    """Asks scepserver, which wants a challenge password."""
    if shutil.which("scepserver") is None or shutil.which("scepclient") is None:
        pytest.skip("scepserver is not installed")
    if subprocess.run([*PRIVATE_NETWORK, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine allows no private network")

    def asked(challenge: str = SECRET) -> dict:
        words = [*PRIVATE_NETWORK, sys.executable, str(HERE / "scep_in_private_network.py"), str(tmp_path), challenge]
        ended = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout)

    return asked


def test_scep_brings_the_certificate_and_all_messages_are_on_record(scep) -> None:
    told = scep()
    assert told["own_key"] is True
    assert told["subject"] == "CN=phone 7"
    assert told["leaked"] is False
    assert {each.partition("?")[2].removeprefix("operation=") for each in told["exchanges"]} >= {"GetCACert"}


def test_another_challenge_password_is_refused_over_scep(scep) -> None:
    assert "refused" in scep("another")


def test_a_machine_without_the_program_says_what_would_bring_it(monkeypatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    key = ec_key()
    with (
        wire(CmpWire, free_port(), Recorder(), protocol="cmp") as phone,
        pytest.raises(MachineLacks, match="openssl is not installed; the Debian package openssl brings it"),
    ):
        phone.certificate(certificate_request(key), key, "authentication")


def test_a_product_that_does_not_answer_is_unreachable() -> None:
    key = ec_key()
    with wire(CmpWire, free_port(), Recorder(), protocol="cmp", name="7") as phone, pytest.raises(Unreachable):
        phone.certificate(certificate_request(key), key, "authentication")
