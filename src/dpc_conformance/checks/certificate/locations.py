"""Where certificates say that CRLs, issuers and status are to be found: what a usable http URI is."""

import re
from collections.abc import Iterable
from typing import Final

from dpc_conformance.formats.names import DIRECTORY_NAME, URI, GeneralName

_HOST: Final = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?"
CRL_URI: Final = re.compile(rf"http://{_HOST}(?::80)?/.+\.crl", re.IGNORECASE)
HTTP_URI: Final = re.compile(rf"http://{_HOST}(?::80)?(?:/\S*)?", re.IGNORECASE)


def is_http(name: GeneralName) -> bool:
    """Whether the name is a usable http URI."""
    return name.kind == URI and HTTP_URI.fullmatch(name.text or "") is not None


def scheme(name: GeneralName) -> str:
    """The scheme of a URI in lower case, `directoryName` for a directory name, empty for anything else."""
    if name.kind == URI and name.text:
        return name.text.partition(":")[0].lower()
    return "directoryName" if name.kind == DIRECTORY_NAME else ""


def directory_comes_first(names: Iterable[GeneralName]) -> bool:
    """Whether a directory (LDAP URI or directory name) stands before the first http URI."""
    for name in names:
        if scheme(name) == "http":
            return False
        if scheme(name) in ("ldap", "ldaps", "directoryName"):
            return True
    return False
