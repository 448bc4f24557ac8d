"""The reference issuer on real sockets, a redeemed QR code, and EST clients made by others in a folder of their own."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.casting import Stage
from dpc_conformance.clock import machine_now
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.device_management import signed
from dpc_conformance.protocols.enrolment import EnrolmentClient, proof_claims
from dpc_conformance.protocols.qr_payload import QrPayload, base64url
from dpc_conformance.reference.issuer.pki_auth import Authenticated
from dpc_conformance.target import load_target

SECONDS = 30
"""Machine time that one call of a client may take."""
HTTPS, SIGN_IN = 443, 8443


@dataclass
class Client:
    """Calls programs in a folder of their own; skips where the program is not installed."""

    folder: Path

    def call(self, *words, stdin=b""):
        """The exit code, standard output as bytes, standard error as text."""
        if shutil.which(words[0]) is None:
            pytest.skip(f"{words[0]} is not installed")
        home = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        answer = subprocess.run(
            [str(word) for word in words], input=stdin, env=home, cwd=self.folder, capture_output=True, timeout=SECONDS,
            check=False,
        )  # fmt: skip
        return answer.returncode, answer.stdout, answer.stderr.decode(errors="replace")

    def ask(self, *words, stdin=b""):
        """Standard output of a call that has to succeed."""
        code, out, said = self.call(*words, stdin=stdin)
        assert code == 0, f"{words[0]} ended with {code}: {said}"
        return out

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return path

    def openssl_key(self, name="key.pem"):
        """A P-256 key, made by openssl."""
        self.ask("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", name)
        return self.folder / name

    def public_key(self, *words):
        """The SubjectPublicKeyInfo of a key, a request or a certificate, as openssl reads it."""
        return self.ask("openssl", *words)


class Bench:
    """The issuer of one scene and what clients have to know of it."""

    def __init__(self, scene, cast):
        self.cast, self.issuer, self.parts = cast, cast.issuer, cast.issuer.parts
        self.host, self.names, self.pki = self.parts.settings.host, scene.stage.names, scene.stage.pki
        cast.device_manager.target(cast.cardholder)
        self._phone = cast.hostile_phone()

    def port(self, number):
        return self.names.resolve(self.host, number)[1]

    def code(self):
        """What the QR code says after the cardholder signed in at the kiosk."""
        parts = self.parts
        certificate = x509.load_der_x509_certificate(self.cast.card_certificate)
        account = parts.accounts.get(self.cast.cardholder.account)
        ticket = parts.sign_ins.begin(Authenticated(account, certificate, parts.clock.now()))
        sign_in = parts.sign_ins.of_session(parts.sign_ins.exchange(ticket))
        secret = parts.secrets.create(sign_in, parts.settings.profiles[0].caption)
        return QrPayload(self.issuer.enrolment_address, secret)

    def session_body(self, code):
        """What the phone sends to redeem a code; the device's own signatures are made by our code."""
        phone, address = self._phone.parts, code.enrolment_address
        claims = proof_claims(address, code.secret, phone.clock.epoch(), base64url(phone.entropy.bytes(16)))
        proof = signed(claims, phone.device_key, typ="device-proof+jwt")
        return {"secret": base64url(code.secret), "statement": phone.management.statement(address), "proof": proof}

    def token(self):
        """The token of a redeemed code."""
        code = self.code()
        body = self.session_body(code)
        client = EnrolmentClient(self._phone.parts.http, code.enrolment_address)
        return client.redeem(code.secret, body["statement"], body["proof"]).token

    def credentials(self):
        return self.issuer.credentials_of(self.cast.cardholder)

    def refusals(self):
        return [record.reason for record in self.issuer.audit() if record.outcome == "refused"]

    def tls_root(self):
        return self.pki.tls_roots[0].public_bytes(Encoding.PEM)

    def authorities(self, encoding=Encoding.PEM):
        """Of derived certificates: the issuing authority first, the root last."""
        above = (self.pki.derived_authority, self.pki.intermediate, self.pki.root)
        return [authority.certificate.public_bytes(encoding) for authority in above]


@pytest.fixture(scope="session")
def stage():
    stage = Stage(load_target(), machine_now(), "est-clients")
    yield stage
    stage.close()


@pytest.fixture
def bench(stage, request):
    scenes = []
    with stage.scene(Recorder(), request.node.name, [scenes.append]) as cast:
        yield Bench(scenes[0], cast)


@pytest.fixture
def client(tmp_path):
    return Client(tmp_path)


@pytest.fixture
def curl(bench, client):
    """Calls curl for a path of the issuer: the HTTP status and the body."""
    root = client.file("tls-root.pem", bench.tls_root())

    def call(path, *words, port=HTTPS, stdin=b""):
        place = f"https://{bench.host}:{port}{path}"
        here = f"{bench.host}:{port}:127.0.0.1:{bench.port(port)}"
        written = "%{stderr}%{http_code}"
        code, out, said = client.call(
            "curl", "--silent", "--show-error", "--cacert", root, "--connect-to", here, "--write-out", written, *words,
            place, stdin=stdin,
        )  # fmt: skip
        assert code == 0, said
        return SimpleNamespace(status=int(said[-3:]), body=out)

    return call
