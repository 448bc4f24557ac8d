"""Orders to a secure element, as the issuers of these tests write them."""

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509 import load_pem_x509_certificate

from dpc_conformance.protocols.module_orders import write_order

ISSUER, OTHER = "issuer.dpc.example", "other-issuer.dpc.example"


def order(servers, module, host=ISSUER, challenge=b"challenge"):
    """An order to the module of that serial number, under the TLS certificate of that host."""
    identity = servers.identity(host)
    key, certificate = load_pem_private_key(identity.key_pem, None), load_pem_x509_certificate(identity.chain_pem)
    return write_order(module, challenge, key, certificate)
