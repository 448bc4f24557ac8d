"""What a target says about the PKI behind its cards: authorities, policies, CRLs in folders."""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.utils import CryptographyDeprecationWarning

from dpc_conformance.formats.unreadable import UNREADABLE
from dpc_conformance.reference.issuer.path_judge import PathJudge
from dpc_conformance.reference.issuer.status_source import CombinedStatus, CrlFolder, StatusSource

PEM = b"-----BEGIN"
Read = TypeVar("Read")


class TrustError(Exception):
    """A folder or a file in it is not what was expected; `key` is the setting that names it."""

    def __init__(self, key: str, path: Path, expected: str) -> None:
        super().__init__(f"{path}: expected {expected}")
        self.key = key


@dataclass(frozen=True)
class CardTrust:
    """Authorities, policies and status that hold beside those of the run's own PKI."""

    anchors: Sequence[x509.Certificate]
    intermediates: Sequence[x509.Certificate]
    policies: frozenset[str]
    status: StatusSource | None
    crls: Sequence[bytes] = ()
    """What `status` has, as DER."""

    def widen(self, judge: PathJudge) -> PathJudge:
        """A judge that accepts cards of either PKI."""
        sources = [judge.status_source, self.status] if self.status else [judge.status_source]
        return replace(
            judge,
            anchors=[*judge.anchors, *self.anchors],
            intermediates=[*judge.intermediates, *self.intermediates],
            policies=judge.policies | self.policies,
            status_source=CombinedStatus(*sources),
        )


def read_trust(trust: Path | None, crls: Path | None, policies: frozenset[str]) -> CardTrust:
    """The folders' content; of the certificates only those of authorities count. Raises TrustError."""
    found = _files("trust", trust, (".crt", ".cer", ".pem"), "certificates", _certificate)
    authorities = [certificate for certificate in found if _is_authority(certificate)]
    if trust and not authorities:
        raise TrustError("trust", trust, "the certificate of a CA in it")
    anchors = [certificate for certificate in authorities if _signed_itself(certificate)]
    lists = _files("crls", crls, (".crl",), "CRLs", _crl)
    others = [certificate for certificate in authorities if certificate not in anchors]
    return CardTrust(anchors, others, policies, CrlFolder(crls) if crls else None, lists)


def _files(
    key: str, folder: Path | None, endings: tuple[str, ...], what: str, read: Callable[[bytes], Read]
) -> list[Read]:
    if folder is None:
        return []
    try:
        if not folder.is_dir():
            raise TrustError(key, folder, f"a folder of {what}, there is none")
        paths = sorted(path for path in folder.iterdir() if path.suffix in endings)
    except OSError as problem:
        raise TrustError(key, folder, f"a folder that can be read: {problem.strerror}") from None
    contents = []
    for path in paths:
        try:
            if not path.is_file():
                raise TrustError(key, path, f"a file, one of the {what}")
            contents.append(read(path.read_bytes()))
        except OSError as problem:
            raise TrustError(key, path, f"a file that can be read: {problem.strerror}") from None
        except UNREADABLE:
            raise TrustError(key, path, f"one of the {what}") from None
    if not contents:
        raise TrustError(key, folder, f"{what} in it ({', '.join('*' + ending for ending in endings)})")
    return contents


def _certificate(content: bytes) -> x509.Certificate:
    with warnings.catch_warnings():
        # An authority that does odd things is judged when a path through it is, not while it is read.
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        return x509.load_pem_x509_certificate(content) if PEM in content else x509.load_der_x509_certificate(content)


def _crl(content: bytes) -> bytes:
    x509.load_der_x509_crl(content)
    return content


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, *UNREADABLE):
        return False


def _signed_itself(certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(certificate)
    except (InvalidSignature, *UNREADABLE):
        return False
    return True
