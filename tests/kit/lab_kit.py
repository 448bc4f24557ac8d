"""A kit of the tests: made yesterday from a seed; RSA keys are of the machine's pool, since making one is slow."""

from datetime import timedelta
from pathlib import Path

from dpc_conformance.clock import machine_now
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.reference.kit.base_url import BaseUrl
from dpc_conformance.reference.kit.maker import make_kit
from dpc_conformance.reference.pki.keys import KeyPool, default_folder


def make_lab_kit(folder: Path, url: str) -> None:
    """Write it into a new folder."""
    folder.mkdir()
    made = machine_now() - timedelta(days=1)
    make_kit(folder, BaseUrl.parse(url), "lab.example", made, SeededEntropy("kit"), KeyPool(default_folder()))
