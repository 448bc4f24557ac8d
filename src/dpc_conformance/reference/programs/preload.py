"""Small libraries of ours that go into other people's programs; compiled once for each machine and user."""

import hashlib
import platform
import shutil
import subprocess
import tempfile
from pathlib import Path

from dpc_conformance.reference.pki.keys import default_folder
from dpc_conformance.roles.errors import MachineLacks

TO_LOOPBACK = Path(__file__).parent / "bind_to_loopback.c"
COMPILERS = ("cc", "gcc", "clang")
SECONDS = 60


def bind_to_loopback(otherwise: Path) -> Path:
    """What keeps a program on the loopback address that would listen on all; see `compiled`."""
    return compiled(TO_LOOPBACK, otherwise, "a port would be open to the whole network")


def compiled(source: Path, otherwise: Path, without: str, *options: str) -> Path:
    """The library compiled from `source`, from the user's cache folder, or in `otherwise` where none can be written.

    `options` are for the compiler. Raises MachineLacks when there is no C compiler, with what is so `without` the
    library, or when it does not compile.
    """
    version = hashlib.sha256(source.read_bytes() + "\0".join(options).encode()).hexdigest()[:12]
    name = f"{source.stem}-{platform.machine()}-{version}.so"
    folder = default_folder().parent / "preload"
    if (folder / name).exists():
        return folder / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _compile(source, folder / name, without, options)
    except OSError:
        return _compile(source, otherwise / name, without, options)


def _compile(source: Path, library: Path, without: str, options: tuple[str, ...]) -> Path:
    compiler = next(filter(None, map(shutil.which, COMPILERS)), None)
    if compiler is None:
        raise MachineLacks(
            f"there is no C compiler, and without a small library of ours {without}: install gcc and libc6-dev"
        )
    # Under a name of its own until it is complete: another worker may be looking.
    with tempfile.TemporaryDirectory(dir=library.parent) as folder:
        made = Path(folder, library.name)
        call = [compiler, "-shared", "-fPIC", "-O1", "-o", str(made), str(source), "-ldl", *options]
        answer = subprocess.run(call, capture_output=True, text=True, timeout=SECONDS, check=False)
        if answer.returncode:
            reason = next((line for line in answer.stderr.splitlines() if "error" in line), compiler)
            raise MachineLacks(f"{source.name} does not compile here, is libc6-dev installed? {reason}")
        return made.replace(library)
