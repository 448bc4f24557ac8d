"""CRLs of a product that its certificates do not name: from files, or fetched as they are at the moment."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.adapters.over_http.connection import Wrong


@dataclass(frozen=True)
class CrlSource:
    """Either the CRL (DER) of a file, or the URL of one."""

    content: bytes = b""
    url: str = ""

    def opened(self, client: Callable[[], httpx.Client]) -> Callable[[], bytes]:
        """What gives the CRL (DER) as it is now; what does not answer raises the network's errors."""
        if not self.url:
            return lambda: self.content

        def fetch() -> bytes:
            with client() as http:
                return _der(http.get(self.url).content)

        return fetch


def crl_sources(places: tuple[str, ...], folder: Path, wrong: Wrong) -> tuple[CrlSource, ...]:
    """What `crls` names. Raises `wrong` for a file that cannot be read or holds no CRL."""
    return tuple(CrlSource(url=each) if each.startswith("http") else _file(folder / each, wrong) for each in places)


def _file(file: Path, wrong: Wrong) -> CrlSource:
    try:
        return CrlSource(_der(file.read_bytes()))
    except OSError as problem:
        raise wrong(f"crls: {file} cannot be read: {problem.strerror}") from None
    except ValueError:
        raise wrong(f"crls: expected a CRL in PEM or DER in {file}") from None


def _der(content: bytes) -> bytes:
    if content.startswith(b"-----BEGIN"):
        return x509.load_pem_x509_crl(content).public_bytes(Encoding.DER)
    return x509.load_der_x509_crl(content).public_bytes(Encoding.DER)
