"""The derived credential as the client certificate of a TLS connection."""

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from dpc_conformance.protocols.http_client import ClientCertificate
from dpc_conformance.reference.phone.keystore import ActivatedKey


def client_certificate(activated: ActivatedKey) -> ClientCertificate:
    """What a TLS client needs of an activated key."""
    chain = b"".join(x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM) for der in activated.chain)
    return ClientCertificate(chain, activated.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
