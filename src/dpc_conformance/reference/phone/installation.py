"""What the phone checks before it calls a certificate installed."""

import asyncio
from collections.abc import Sequence
from functools import lru_cache

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.phone.keystore import PrivateKey


class NotInstallable(Exception):
    """The certificate was not installed; the message is what the person is told."""


class InstallationCheck:
    """Own key, and a valid path to a root that the administrator deployed, at the run's time."""

    def __init__(self, clock: RunClock) -> None:
        self._clock = clock

    def chain(
        self,
        certificate: x509.Certificate,
        key: PrivateKey,
        others: Sequence[x509.Certificate],
        roots: Sequence[x509.Certificate],
    ) -> tuple[x509.Certificate, ...]:
        """The chain to install, own certificate first, without its root. Raises NotInstallable."""
        if _spki(certificate.public_key()) != _spki(key.public_key()):
            raise NotInstallable("The certificate that arrived does not belong to the key on this device.")
        return self.path(certificate, others, roots)

    def path(
        self, certificate: x509.Certificate, others: Sequence[x509.Certificate], roots: Sequence[x509.Certificate]
    ) -> tuple[x509.Certificate, ...]:
        """The path up to, and without, one of `roots`. Raises NotInstallable.

        Revocation is not asked: the certificate is seconds old, and a phone learns about status in use.
        """
        context = ValidationContext(
            trust_roots=[_asn1(root) for root in roots],
            other_certs=[_asn1(other) for other in others],
            moment=self._clock.now(),
            revocation_mode="soft-fail",
            allow_fetching=False,
        )
        validator = CertificateValidator(_asn1(certificate), validation_context=context)
        try:
            path = asyncio.run(validator.async_validate_path())
        except (PathBuildingError, PathValidationError) as error:
            raise NotInstallable("The certificate that arrived does not lead to your organization's root.") from error
        below_root = [x509.load_der_x509_certificate(one.dump()) for one in path.iter_certs(include_root=False)]
        return tuple(reversed(below_root))


@lru_cache(maxsize=256)
def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def _spki(key: CertificatePublicKeyTypes) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
