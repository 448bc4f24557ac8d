"""A key that the issuer made, on its way to the phone: signed, then enveloped; never bare (RFC 7030 §4.4.2)."""

import hashlib

from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509 import load_pem_x509_certificate

from dpc_conformance.entropy import Entropy
from dpc_conformance.protocols.enveloped_data import Ingredients, seal
from dpc_conformance.protocols.key_envelope import KEY_PACKAGE
from dpc_conformance.reference.pki.authority import Identity
from dpc_conformance.reference.pki.keys import PrivateKey, ec_key
from dpc_conformance.reference.pki.tls import TlsIdentity


class KeyDelivery:
    """Makes key-management keys and wraps each for the transport key of the phone that asked."""

    def __init__(self, signer: Identity, entropy: Entropy) -> None:
        """`signer` (P-256) vouches for the keys; its certificate goes along."""
        self._signer, self._entropy = signer, entropy

    @classmethod
    def of_server(cls, server: TlsIdentity, entropy: Entropy) -> "KeyDelivery":
        """The key of a server's TLS certificate vouches for the keys."""
        key = load_pem_private_key(server.key_pem, None)
        return cls(Identity(load_pem_x509_certificate(server.chain_pem), key), entropy)  # type: ignore[arg-type]

    def generate(self) -> PrivateKey:
        """A new key-management key (P-256)."""
        return ec_key(self._entropy, ec.SECP256R1())

    def envelope(self, key: PrivateKey, recipient: ec.EllipticCurvePublicKey) -> bytes:
        """CMS EnvelopedData (DER) that only the holder of `recipient`'s private key can open."""
        new = Ingredients(ec_key(self._entropy, recipient.curve), self._entropy.bytes(32), self._entropy.bytes(16))
        return seal(self.signed_package(key), "signed_data", recipient, new)

    def signed_package(self, key: PrivateKey) -> bytes:
        """What stands inside the envelope: the key in a CMS SignedData (DER), for nobody else's eyes."""
        package = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return self._signed(core.SequenceOf([core.Any.load(package)], spec=core.Any).dump())

    def _signed(self, content: bytes) -> bytes:
        signer = asn1_x509.Certificate.load(self._signer.certificate.public_bytes(Encoding.DER))
        attributes = cms.CMSAttributes(
            [
                {"type": "content_type", "values": [KEY_PACKAGE]},
                {"type": "message_digest", "values": [hashlib.sha256(content).digest()]},
            ]
        )
        key = self._signer.key
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError("keys are vouched for with a P-256 key")
        info = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier(
                    "issuer_and_serial_number",
                    cms.IssuerAndSerialNumber({"issuer": signer.issuer, "serial_number": signer.serial_number}),
                ),
                "digest_algorithm": {"algorithm": "sha256"},
                "signed_attrs": attributes,
                "signature_algorithm": {"algorithm": "sha256_ecdsa"},
                "signature": key.sign(attributes.dump(), ec.ECDSA(SHA256())),
            }
        )
        data = cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
                "encap_content_info": {"content_type": KEY_PACKAGE, "content": core.ParsableOctetString(content)},
                "certificates": [signer],
                "signer_infos": [info],
            }
        )
        return bytes(cms.ContentInfo({"content_type": "signed_data", "content": data}).dump())
