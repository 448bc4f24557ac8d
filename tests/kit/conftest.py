"""One kit for the whole session, published where its URLs lead."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from lab_kit import make_lab_kit

from dpc_conformance.cli import main
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.reference.kit.kit import Kit
from dpc_conformance.reference.kit.publishing import Publishing
from dpc_conformance.reference.serving.server import WebServer


@dataclass(frozen=True)
class Lab:
    """A kit in its folder, and a service that answers under its URLs."""

    folder: Path
    kit: Kit


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """Its service answers by the machine's clock."""
    folder = tmp_path_factory.mktemp("lab") / "kit"
    server = WebServer(lambda: RunClock(machine_now()), None)
    make_lab_kit(folder, f"http://127.0.0.1:{server.port}/status/")
    kit = Kit.read(folder)
    server.serve(Publishing(kit, machine_now).app)
    yield Lab(folder, kit)
    server.close()


@pytest.fixture
def target(lab, tmp_path):
    """A target file in which the kit's cards play; the table of the issuer may follow."""
    file = tmp_path / "target.toml"
    file.write_text(f'name = "a lab"\n[roles.card]\nadapter = "kit"\nfolder = "{lab.folder}"\n')
    return file


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """What the command writes, with keys that nobody else has."""
    folder = tmp_path_factory.mktemp("made") / "lab" / "kit"
    words = ("--base-url", "http://status.lab.example:8080/", "--domain", "lab.example")
    assert main(["kit", *words, "--out", str(folder)]) == 0
    return folder
