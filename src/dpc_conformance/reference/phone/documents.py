"""Signatures over documents with a key that was activated for this one signature."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding

from dpc_conformance.reference.phone.keystore import ActivatedKey


def signature_over(document: bytes, activated: ActivatedKey) -> bytes:
    """ECDSA (DER) or RSA PKCS #1 v1.5, with SHA-256."""
    if isinstance(activated.key, ec.EllipticCurvePrivateKey):
        return activated.key.sign(document, ec.ECDSA(hashes.SHA256()))
    return activated.key.sign(document, padding.PKCS1v15(), hashes.SHA256())
