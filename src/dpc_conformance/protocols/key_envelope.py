"""Opening a key that the issuer made: CMS EnvelopedData around a signed key package (RFC 7030 §4.4.2)."""

from collections.abc import Sequence

from asn1crypto import cms, keys
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from cryptography.hazmat.primitives.serialization import load_der_private_key

from dpc_conformance.protocols.enveloped_data import NotEnveloped, unseal

KEY_PACKAGE = "2.16.840.1.101.2.1.2.78.5"
"""id-ct-KP-aKeyPackage (RFC 5958 §2): what the signed part holds."""

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class EnvelopeRefused(Exception):
    """The key part is not what it should be; nothing of it was used."""


def open_key_envelope(
    envelope: bytes, transport_key: ec.EllipticCurvePrivateKey, trust: Sequence[x509.Certificate]
) -> PrivateKey:
    """The private key in `envelope` (DER), signed by somebody certified by `trust`.

    Raises EnvelopeRefused for a bare PKCS #8 key, another recipient, or a signature that does not hold.
    """
    try:
        signed = unseal(envelope, transport_key)
    except NotEnveloped as error:
        raise EnvelopeRefused("the issuer's key part is no CMS EnvelopedData") from error
    except (ValueError, TypeError, KeyError, InvalidUnwrap) as error:
        raise EnvelopeRefused(f"the issuer's key part cannot be opened: {type(error).__name__}") from error
    return read_signed_key(signed, trust)


def read_signed_key(signed: bytes, trust: Sequence[x509.Certificate]) -> PrivateKey:
    """The private key in a signed key package (DER), as it comes out of an envelope. Raises EnvelopeRefused."""
    try:
        package = _verified(cms.ContentInfo.load(signed, strict=True), trust)
        key = load_der_private_key(keys.PrivateKeyInfo.load(_only(package)).dump(), None)
    except (ValueError, TypeError, KeyError, InvalidSignature) as error:
        raise EnvelopeRefused(f"the issuer's key part cannot be read: {type(error).__name__}") from error
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise EnvelopeRefused("the issuer made a key of an unknown kind")
    return key


def _verified(signed: cms.ContentInfo, trust: Sequence[x509.Certificate]) -> bytes:
    if signed["content_type"].native != "signed_data":
        raise EnvelopeRefused("the key inside the envelope is not signed by its maker")
    data = signed["content"]
    content = data["encap_content_info"]["content"].contents
    signer = data["signer_infos"][0]
    certificate = x509.load_der_x509_certificate(data["certificates"][0].chosen.dump())
    issuers = [root for root in trust if root.subject == certificate.issuer]
    if not issuers:
        raise EnvelopeRefused("the maker of the key is not trusted")
    certificate.verify_directly_issued_by(issuers[0])
    digest = Hash(SHA256())
    digest.update(content)
    stated = [entry["values"][0].native for entry in signer["signed_attrs"] if entry["type"].native == "message_digest"]
    public_key = certificate.public_key()
    if stated != [digest.finalize()] or not isinstance(public_key, ec.EllipticCurvePublicKey):
        raise InvalidSignature
    public_key.verify(signer["signature"].native, signer["signed_attrs"].untag().dump(), ec.ECDSA(SHA256()))
    return bytes(content)


def _only(package: bytes) -> bytes:
    """The one OneAsymmetricKey of an AsymmetricKeyPackage (RFC 5958 §2)."""
    entries = [bytes(entry.dump()) for entry in _KeyPackage.load(package, strict=True)]
    if len(entries) != 1:
        raise EnvelopeRefused(f"the package holds {len(entries)} keys, expected 1")
    return entries[0]


class _KeyPackage(cms.SequenceOf):  # type: ignore[misc]
    _child_spec = keys.PrivateKeyInfo
