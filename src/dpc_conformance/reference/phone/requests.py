"""Certificate requests of the phone (PKCS #10)."""

from cryptography import x509

from dpc_conformance.reference.phone.keystore import PrivateKey
from dpc_conformance.reference.pki.keys import signature_hash


def certificate_request(key: PrivateKey) -> x509.CertificateSigningRequest:
    """A request signed by its own key. The name is left to the issuer, who knows the cardholder from the card."""
    return x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(key, signature_hash(key))
