"""Finds what other people's packages brought to this machine, or says which package would bring it."""

import os
import shutil
from pathlib import Path

from dpc_conformance.roles.errors import MachineLacks

SYSTEM_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/sbin")
"""Where servers are; they are not on the PATH of somebody who is not root."""
LIBRARY_FOLDERS = (Path("/usr/lib"), Path("/usr/lib64"), Path("/usr/local/lib"))


def program(name: str, package: str) -> Path:
    """Where a program is. Raises MachineLacks, which names the Debian package that brings it."""
    places = os.pathsep.join((os.environ.get("PATH", os.defpath), *SYSTEM_FOLDERS))
    found = shutil.which(name, path=places)
    if found is None:
        raise MachineLacks(f"{name} is not installed: install the package {package}")
    return Path(found)


def library(pattern: str, package: str) -> Path:
    """Where a library or folder of libraries is, `pattern` below a library folder. Raises MachineLacks."""
    found = next((path for folder in LIBRARY_FOLDERS for path in sorted(folder.glob(pattern))), None)
    if found is None:
        raise MachineLacks(f"{Path(pattern).name} is not installed: install the package {package}")
    return found
