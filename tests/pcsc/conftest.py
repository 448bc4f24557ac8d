"""A private PC/SC daemon of this worker, the virtual card in its reader, and programs made by others beside it."""

import os
import shutil
import subprocess
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.adapters.pcsc import PcscUnavailable
from dpc_conformance.adapters.private_pcscd import PrivatePcscd, private_pcscd
from dpc_conformance.casting import Stage
from dpc_conformance.clock import machine_now
from dpc_conformance.commands.card_plug import pkcs11_module
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.reference.card.personalise import certificate_on, personalise
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.roles.cast import Cast
from dpc_conformance.target import load_target

PIN = "246801"
SELECT_PIV = bytes.fromhex("00A4040009A0000003080000100000")
VERIFY_PIN = bytes.fromhex("0020008008") + PIN.encode().ljust(8, b"\xff")
SUCCESS = b"\x90\x00"
SECONDS = 30
"""Machine time that one call of a client may take."""
ALGORITHMS = ("RSA-2048", "P-256", "P-384")


@dataclass
class Client:
    """Calls programs with an environment of their own, in a folder of their own."""

    folder: Path
    environment: dict[str, str]

    def ask(self, *words, rc=0, stdin=b"", **environment):
        """Standard output and standard error together, as text; skips where the program is not installed."""
        if shutil.which(words[0]) is None:
            pytest.skip(f"{words[0]} is not installed")
        answer = subprocess.run(
            [str(word) for word in words],
            input=stdin,
            env=self.environment | environment,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
        text = answer.stdout.decode(errors="replace")
        assert answer.returncode == rc, f"{words[0]} ended with {answer.returncode}: {text}"
        return text

    def file(self, name, content=b""):
        """A file in the folder; written only when there is content."""
        path = self.folder / name
        if content:
            path.write_bytes(content)
        return path


@dataclass(frozen=True)
class CardInReader:
    """The card that clients see, what is known of it, and the scene around it."""

    algorithm: str
    card: VirtualCard
    cast: Cast
    daemon: PrivatePcscd
    pin: str = field(default=PIN, repr=False)

    @property
    def reader(self):
        return self.daemon.reader

    @property
    def rsa(self):
        return self.algorithm.startswith("RSA")

    def certificate(self, reference):
        """Of that key, as PEM."""
        return x509.load_der_x509_certificate(certificate_on(self.card, reference)).public_bytes(Encoding.PEM)


@pytest.fixture(scope="session")
def daemon():
    try:
        with private_pcscd() as running, pytest.MonkeyPatch.context() as patch:
            # For pyscard in this process, which looks once and then never again.
            for name, value in running.environment.items():
                patch.setenv(name, value)
            yield running
    except PcscUnavailable as problem:
        pytest.skip(str(problem))


@pytest.fixture(scope="session")
def stage():
    stage = Stage(load_target(), machine_now(), "pcsc")
    yield stage
    stage.close()


@contextmanager
def put_in_reader(algorithm, daemon, stage):
    """A scene in which the cardholder's card has keys of that algorithm, but for 9E, and is in the reader."""

    def personalise_so(scene):
        holder, entropy = scene.stock.holder_of("good"), scene.entropy.branch("card in reader")
        keys, pool = dict.fromkeys((0x9A, 0x9C, 0x9D), algorithm), scene.stage.pool.scenario()
        card = personalise(scene.stage.pki, holder, scene.clock, entropy, pool, pin=PIN, algorithms=keys)
        scene.people_register(holder, certificate_on(card))
        scene.stock.take = lambda kind: {"good": (card, PIN)}[kind]

    with stage.scene(Recorder(), f"{algorithm} in reader", [personalise_so]) as cast, daemon.holding(cast.card):
        yield CardInReader(algorithm, cast.card, cast, daemon)


@pytest.fixture(scope="session", params=ALGORITHMS)
def inserted(request, daemon, stage):
    """One card after the other in the reader; pytest sorts the tests so that each is inserted once."""
    with put_in_reader(request.param, daemon, stage) as card:
        yield card


@pytest.fixture
def in_reader(inserted):
    """The card as it came out of its box: the test before left nothing verified and no attempt spent."""
    inserted.card.reset()
    for command in (SELECT_PIV, VERIFY_PIN):
        assert inserted.card.transmit(command)[-2:] == SUCCESS
    inserted.card.reset()
    return inserted


@pytest.fixture
def client(daemon, tmp_path):
    home = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
    return Client(tmp_path, home | daemon.environment)


@pytest.fixture(scope="session")
def module():
    """OpenSC's PKCS#11 module."""
    found = pkcs11_module()
    if not found.exists():
        pytest.skip(f"{found} is not installed")
    return found


@pytest.fixture(scope="session")
def processes():
    """Finds running processes by a word of their command line: the owner's number by that of the process."""

    def find(word):
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if word.encode() in (folder / "cmdline").read_bytes():
                    found[int(folder.name)] = folder.stat().st_uid
        return found

    return find
