"""What a vendor's own server needs in a folder, and the scene of a run whose target names it."""

import random
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.casting import Stage
from dpc_conformance.clock import machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.network import LOOPBACK
from dpc_conformance.reference.pki.tls import TlsAuthority
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.cast import Cast
from dpc_conformance.target import load_target

BELOW_THOSE_OF_CLIENTS = range(20_000, 32_000)
"""The kernel gives a client a port above these, also between the choice of a server's port and its start."""


def port_of_a_server(kind: socket.SocketKind) -> int:
    """A loopback port that nobody has, for a server that does not look for another one."""
    with socket.socket(socket.AF_INET, kind) as probe:
        while True:
            port = random.SystemRandom().choice(BELOW_THOSE_OF_CLIENTS)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            return port


class VendorsFolder:
    """The folder: target, TLS root, and how often the vendor was told about a run."""

    def __init__(self, folder: Path, host: str) -> None:
        self.folder, self.target = folder, folder / "vendor.toml"
        authority = TlsAuthority(machine_now(), SeededEntropy("vendor"))
        self.identity = authority.identity(host)
        (folder / "roots").mkdir()
        (folder / "roots/root.pem").write_bytes(authority.root.public_bytes(Encoding.PEM))

    def executable(self, name: str, text: str) -> None:
        file = self.folder / name
        file.write_text(text)
        file.chmod(0o755)

    def calls(self) -> int:
        return len((self.folder / "calls").read_text().split())


@contextmanager
def scene_of(vendor: VendorsFolder, name: str) -> Iterator[tuple[Scene, Cast]]:
    """Scene and cast of a scenario of that name."""
    target = load_target(vendor.target)
    stage, scenes = Stage(target, target.starts(machine_now()), "vendor"), []
    try:
        with stage.scene(Recorder(), name, [scenes.append]) as cast:
            yield scenes[0], cast
    finally:
        stage.close()
