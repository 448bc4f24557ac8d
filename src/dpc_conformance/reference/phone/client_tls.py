"""The derived credential as the client certificate of a TLS connection."""

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from dpc_conformance.protocols.http_client import ClientCertificate
from dpc_conformance.reference.phone.keystore import ActivatedKey
from dpc_conformance.reference.phone.module_key import ModuleCertificate, ModuleKey


def client_certificate(activated: ActivatedKey) -> ClientCertificate | ModuleCertificate:
    """What a TLS client needs of an activated key; one in hardware stays there and signs."""
    if isinstance(activated.key, ModuleKey):
        return ModuleCertificate(activated.chain, activated.key)
    return software_certificate(activated)


def software_certificate(activated: ActivatedKey) -> ClientCertificate:
    """The same of a key that lies in software."""
    chain = b"".join(x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM) for der in activated.chain)
    return ClientCertificate(chain, activated.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
