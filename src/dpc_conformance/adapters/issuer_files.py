"""`adapter = "files"` for the role issuer: only what it has issued is there, in files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from pydantic import AwareDatetime, BaseModel, ConfigDict

from dpc_conformance.adapters.adapter import Adapter
from dpc_conformance.formats import containers
from dpc_conformance.formats.pem import certificates_in_pem, is_pem
from dpc_conformance.formats.unreadable import UNREADABLE
from dpc_conformance.reference.card.image import DEFAULT_GLOBAL_PIN, DEFAULT_PIN, CardImageError, load
from dpc_conformance.reference.card.personalise import certificate_on
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.artefacts import Artefacts
from dpc_conformance.target import Target, TargetError
from dpc_conformance.toml_file import fit

KEY = "roles.issuer"
USAGES = {"authentication": "authentication", "signature": "signature", "key_management": "key-management"}
ON_CARD = (containers.PIV_AUTHENTICATION_KEY, containers.CARD_AUTHENTICATION_KEY)


class FilesSettings(BaseModel):
    """The table `roles.issuer` of a target file; files hold PEM or DER."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    authentication: Path | None = None
    """The derived PIV authentication certificate."""
    signature: Path | None = None
    """The certificate of the signature key on the same device."""
    key_management: Path | None = None
    """The certificate of the key management key there."""
    crl: Path | None = None
    """The CRL of the CA that issued them."""
    ocsp_response: Path | None = None
    """An OCSP response about the derived PIV authentication certificate."""
    anchors: tuple[Path, ...] = ()
    """Trust anchors."""
    authorities: tuple[Path, ...] = ()
    """CA certificates between them and the derived ones."""
    crls: tuple[Path, ...] = ()
    """Further CRLs, to tell revocation by."""
    card_certificates: tuple[Path, ...] = ()
    """The certificates of the PIV Card, its PIV Authentication certificate first."""
    card: Path | None = None
    """The PIV Card as an image in a folder, in the format of the GSA ICAM test cards."""
    at: AwareDatetime | None = None
    """The moment as of which they are judged; the run's where none is named."""
    person: str | None = None
    """Name of the holder in the PIV identity account."""
    agency: str | None = None
    affiliate: bool | None = None
    key_in: Literal["hardware", "software"] | None = None
    card_expires: AwareDatetime | None = None
    test_pki: bool = False


@dataclass(frozen=True)
class IssuerFiles:
    """Has the scenarios on credentials judge the files instead of what an enrolment leaves behind."""

    artefacts: Artefacts

    @classmethod
    def read(cls, settings: Mapping[str, Any], target: Target) -> "IssuerFiles":
        """Read every file. TargetError: target file, key, problem."""
        wanted = fit(settings, FilesSettings, f"{target.file}: {KEY}.", TargetError)
        files = _Files(target.file)
        held = {usage: getattr(wanted, key) for key, usage in USAGES.items()}
        certificates = {
            usage: files.one(usage.replace("-", "_"), file, _certificates) for usage, file in held.items() if file
        }
        crl = files.one("crl", wanted.crl, _crl) if wanted.crl else b""
        response = files.one("ocsp_response", wanted.ocsp_response, _ocsp) if wanted.ocsp_response else b""
        if not certificates and not crl and not response:
            raise TargetError(f"{target.file}: {KEY}.authentication: expected at least one file that can be judged")
        return cls(
            Artefacts(
                certificates=certificates,
                crl=crl,
                ocsp_response=response,
                anchors=files.all("anchors", wanted.anchors, _certificates),
                authorities=files.all("authorities", wanted.authorities, _certificates),
                crls=files.all("crls", wanted.crls, _crl),
                card_certificates=(
                    *files.all("card_certificates", wanted.card_certificates, _certificates),
                    *(files.card(wanted.card) if wanted.card else ()),
                ),
                at=wanted.at,
                person=wanted.person,
                agency=wanted.agency,
                affiliate=wanted.affiliate,
                key_in_hardware=None if wanted.key_in is None else wanted.key_in == "hardware",
                card_expires=wanted.card_expires,
                test_pki=wanted.test_pki,
            )
        )

    def __call__(self, scene: Scene) -> None:
        """Change the scene."""
        scene.artefacts = self.artefacts


class _Files:
    """Reads the files that a target names, relative to its own folder."""

    def __init__(self, target: Path) -> None:
        self._target = target

    def all(self, key: str, files: tuple[Path, ...], parse: Callable[[bytes], list[bytes]]) -> tuple[bytes, ...]:
        """Every object (DER) in the files. TargetError."""
        return tuple(der for file in files for der in self._parsed(key, file, parse))

    def one(self, key: str, file: Path, parse: Callable[[bytes], list[bytes]]) -> bytes:
        """The only object in a file. TargetError."""
        found = self._parsed(key, file, parse)
        if len(found) != 1:
            raise self._wrong(key, f"expected one object in {file}, found {len(found)}")
        return found[0]

    def card(self, folder: Path) -> tuple[bytes, ...]:
        """The certificates on a card image. TargetError."""
        try:
            card = load(self._target.parent / folder, DEFAULT_PIN, DEFAULT_GLOBAL_PIN).card
            return tuple(certificate_on(card, key) for key in ON_CARD)
        except CardImageError as problem:
            raise self._wrong("card", str(problem)) from None
        except KeyError:
            raise self._wrong("card", f"expected a card with its two authentication certificates in {folder}") from None

    def _parsed(self, key: str, file: Path, parse: Callable[[bytes], list[bytes]]) -> list[bytes]:
        try:
            return parse((self._target.parent / file).read_bytes())
        except OSError as problem:
            raise self._wrong(key, f"{file} cannot be read: {problem.strerror}") from None
        except UNREADABLE:
            raise self._wrong(key, f"expected {parse.__doc__} in {file}") from None

    def _wrong(self, key: str, sentence: str) -> TargetError:
        return TargetError(f"{self._target}: {KEY}.{key}: {sentence}")


def _certificates(content: bytes) -> list[bytes]:
    """certificates in PEM or DER"""
    if is_pem(content):
        return [*certificates_in_pem(content)]
    if not content.startswith(b"0"):
        raise ValueError
    return [content]


def _crl(content: bytes) -> list[bytes]:
    """a CRL in PEM or DER"""
    if is_pem(content):
        return [x509.load_pem_x509_crl(content).public_bytes(Encoding.DER)]
    if not content.startswith(b"0"):
        raise ValueError
    return [content]


def _ocsp(content: bytes) -> list[bytes]:
    """an OCSP response in DER"""
    ocsp.load_der_ocsp_response(content)
    return [content]


ADAPTER = Adapter("issuer", "files", "What an issuer issued, in files.", FilesSettings, IssuerFiles.read, parallel=True)
