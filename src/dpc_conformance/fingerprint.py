"""What a run was made with: hashes of suite and catalogue, and the machine's environment."""

import os
import platform
import ssl
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dpc_conformance import HOME

PACKAGE = Path(__file__).parent
CARRIED = ("features", "steps", "fixtures", "docs/practice")
"""Folders that stand inside the package in a wheel, and beside `src` in a checkout."""
LIBRARIES = ("cryptography", "asn1crypto", "pyhanko-certvalidator", "httpx", "pyOpenSSL", "pydantic", "pytest")


def suite_hash() -> str:
    """SHA-256 (hexadecimal) over names and contents of what makes the suite: the same for checkout and wheel."""
    carried = tuple(f"{folder}/" for folder in CARRIED)
    files = {name: file for name, file in _below(PACKAGE, PACKAGE) if not name.startswith(carried)}
    for folder in CARRIED:
        files.update(_below(HOME / folder, HOME))
    files["pytest.ini"] = str(HOME / "pytest.ini")
    return _hash(files)


def catalogue_hash() -> str:
    """SHA-256 (hexadecimal) over names and contents of the catalogue's data: the requirements and what rules them."""
    folder = PACKAGE / "catalogue"
    return _hash({name: file for name, file in _below(folder, folder) if name.endswith(".toml")})


def environment() -> dict[str, str]:
    """Python, operating system and the libraries that verdicts depend on, with their versions; no name of a machine."""
    found = {
        "Python": f"{platform.python_implementation()} {platform.python_version()}",
        "operating system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "OpenSSL": ssl.OPENSSL_VERSION,
    }
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    return found


def _below(folder: Path, root: Path) -> Iterator[tuple[str, str]]:
    # os.walk takes a tenth of the time of Path.rglob, and every run waits for this.
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in files:
            file = os.path.join(place, name)  # noqa: PTH118
            yield os.path.relpath(file, root).replace(os.sep, "/"), file


def _hash(files: dict[str, str]) -> str:
    whole = sha256()
    for name in sorted(files):
        with open(files[name], "rb") as file:  # noqa: PTH123
            whole.update(f"{sha256(file.read()).hexdigest()}  {name}\n".encode())
    return whole.hexdigest()
