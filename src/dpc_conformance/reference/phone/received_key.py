"""What the phone looks at when a key arrives that it did not make itself."""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.enveloped_data import EnvelopedData
from dpc_conformance.reference.phone.keystore import PrivateKey


def envelope_of(arrived: bytes) -> bytes:
    """What arrived, when it is an EnvelopedData; empty otherwise, so that no bare key gets into a record."""
    try:
        EnvelopedData.from_bytes(arrived)
    except Malformed:
        return b""
    return arrived


def belongs(certificate: x509.Certificate, key: PrivateKey) -> bool:
    """Whether the certificate is about that key; it may have expired long ago."""
    return _spki(certificate.public_key()) == _spki(key.public_key())


def _spki(key: CertificatePublicKeyTypes) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
