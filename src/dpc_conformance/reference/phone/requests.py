"""Certificate requests of the phone (PKCS #10)."""

from cryptography import x509

from dpc_conformance.protocols.key_attestation import REQUEST_ATTRIBUTE, attribute
from dpc_conformance.reference.phone.keystore import PrivateKey
from dpc_conformance.reference.pki.keys import signature_hash


def certificate_request(
    key: PrivateKey, attestation: tuple[x509.Certificate, ...] = ()
) -> x509.CertificateSigningRequest:
    """A request signed by its own key, with the chain by which a hardware module vouches for it, if one does.

    The name is left to the issuer, who knows the cardholder from the card.
    """
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    if attestation:
        builder = builder.add_attribute(REQUEST_ATTRIBUTE, attribute(attestation))
    return builder.sign(key, signature_hash(key))
