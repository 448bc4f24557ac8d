"""Enrolment servers that others made, and a phone's wire to them."""

import fcntl
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from dpc_conformance.adapters.over_http.enrolment import ProductWire, Terms
from dpc_conformance.adapters.over_http.settings import EnrolmentTable
from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.http_client import open_client
from dpc_conformance.protocols.network import Names
from dpc_conformance.protocols.qr_payload import QrPayload, from_base64url

HOST = "pki.vendor.example"
SECRET = "c2VjcmV0IG9mIHRoZSB2ZW5kb3I"
PATIENCE = 20.0
"""Seconds of the machine's time until a server listens."""
UP = 0x1 | 0x40


@contextmanager
def listening(words: list[str], port: int, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A server while the block lasts."""
    with subprocess.Popen(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _await(port, server)
            yield server
        finally:
            server.kill()


@contextmanager
def wire(kind: type[ProductWire], port: int, recorder: Recorder, **table: object) -> Iterator[ProductWire]:
    """A phone that read a QR code with SECRET, before a server at a loopback port."""
    names, clock = Names(), RunClock(datetime.now(UTC))
    names.let_out(HOST, 80, "127.0.0.1", port)
    settings = EnrolmentTable.model_validate({"url": f"http://{HOST}", **table})
    with open_client(names, [], recorder, clock, "phone") as http:
        made = kind(Terms(settings, f"https://{HOST}", (), recorder, clock), http, lambda: "phone-7")
        code = QrPayload(f"https://{HOST}/enrol", from_base64url(SECRET))
        recorder.keep_secret(code.secret_text)
        made.redeem(code, "", "")
        yield made


def free_port() -> int:
    """A loopback port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def raise_loopback() -> None:
    """In a private network the loopback interface is down at first."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, 0x8914, struct.pack("16sH14s", b"lo", UP, b""))


def ec_key() -> ec.EllipticCurvePrivateKey:
    """A P-256 key."""
    return ec.generate_private_key(ec.SECP256R1())


def rsa_key() -> rsa.RSAPrivateKey:
    """An RSA-2048 key."""
    return rsa.generate_private_key(65537, 2048)


def _await(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError(f"{server.args} does not listen")
