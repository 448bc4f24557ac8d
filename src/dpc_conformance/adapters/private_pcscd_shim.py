"""Compiles the library that keeps a private pcscd on the loopback address; once for each machine and user."""

import hashlib
import platform
import shutil
import subprocess
import tempfile
from pathlib import Path

from dpc_conformance.adapters.pcsc import PcscUnavailable
from dpc_conformance.reference.pki.keys import default_folder

SOURCE = Path(__file__).parent / "bind_to_loopback.c"
COMPILERS = ("cc", "gcc", "clang")
SECONDS = 60


def bind_to_loopback(otherwise: Path) -> Path:
    """The compiled library, from the user's cache folder, or in `otherwise` where that cannot be written.

    Raises PcscUnavailable when there is no C compiler, or it does not compile.
    """
    version = hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:12]
    name = f"bind_to_loopback-{platform.machine()}-{version}.so"
    folder = default_folder().parent / "pcsc"
    if (folder / name).exists():
        return folder / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _compile(folder / name)
    except OSError:
        return _compile(otherwise / name)


def _compile(library: Path) -> Path:
    compiler = next(filter(None, map(shutil.which, COMPILERS)), None)
    if compiler is None:
        raise PcscUnavailable(
            "there is no C compiler, and without a small library of ours the card's port would be open to the whole "
            "network: install gcc and libc6-dev"
        )
    # Under a name of its own until it is complete: another worker may be looking.
    with tempfile.TemporaryDirectory(dir=library.parent) as folder:
        made = Path(folder, library.name)
        call = [compiler, "-shared", "-fPIC", "-O1", "-o", str(made), str(SOURCE), "-ldl"]
        answer = subprocess.run(call, capture_output=True, text=True, timeout=SECONDS, check=False)
        if answer.returncode:
            reason = next((line for line in answer.stderr.splitlines() if "error" in line), compiler)
            raise PcscUnavailable(f"{SOURCE.name} does not compile here, is libc6-dev installed? {reason}")
        return made.replace(library)
