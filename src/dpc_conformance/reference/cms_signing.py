"""CMS SignedData of one signer (RFC 5652 §5), with the algorithms of SP 800-78-5 §3.2."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from asn1crypto import algos, cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from dpc_conformance.reference.card.wire import tlv
from dpc_conformance.reference.pki.authority import Identity
from dpc_conformance.reference.pki.keys import signature_hash

CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_TIME = (
    "1.2.840.113549.1.9.3",
    "1.2.840.113549.1.9.4",
    "1.2.840.113549.1.9.5",
)
DATA = "1.2.840.113549.1.7.1"


@dataclass(frozen=True)
class CmsSigner:
    """Signs with the key of `identity`; `now` becomes the signing time, `chain` goes along with the certificate."""

    identity: Identity
    now: datetime
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def hash_name(self) -> str:
        """`sha256` or `sha384`, whichever goes with the key."""
        return signature_hash(self.identity.key).name

    def detached(self, kind: str, covered: bytes, more: dict[str, core.Asn1Value], certificate: bool) -> bytes:
        """SignedData over bytes that stand elsewhere; `more` are further signed attributes by OID."""
        return self._signed(kind, covered, None, more, certificate)

    def enveloping(self, kind: str, content: bytes, certificate: bool = False) -> bytes:
        """SignedData that carries `content`, with or without the signer's certificate."""
        return self._signed(kind, content, content, {}, certificate)

    def certificate(self) -> asn1_x509.Certificate:
        """The signer's certificate."""
        return _parsed(self.identity.certificate)

    def _signed(
        self, kind: str, covered: bytes, content: bytes | None, more: dict[str, core.Asn1Value], certificate: bool
    ) -> bytes:
        own = self.certificate()
        digest = hashlib.new(self.hash_name, covered).digest()
        attributes = _attributes(
            {
                CONTENT_TYPE: core.ObjectIdentifier(kind),
                MESSAGE_DIGEST: core.OctetString(digest),
                SIGNING_TIME: _time(self.now),
                **more,
            }
        )
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier(
                    {
                        "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                            {"issuer": own.issuer, "serial_number": own.serial_number}
                        )
                    }
                ),
                "digest_algorithm": self._digest_algorithm(),
                "signed_attrs": attributes,
                "signature_algorithm": self._signature_algorithm(),
                "signature": self._sign(attributes.dump()),
            }
        )
        signed = {
            "version": "v1" if kind == DATA else "v3",
            "digest_algorithms": [self._digest_algorithm()],
            "encap_content_info": _encapsulated(kind, content),
            "signer_infos": [signer],
        }
        if certificate:
            signed["certificates"] = [own, *map(_parsed, self.chain)]
        outer: bytes = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)}).dump()
        return outer

    def _digest_algorithm(self) -> algos.DigestAlgorithm:
        return algos.DigestAlgorithm({"algorithm": self.hash_name})

    def _signature_algorithm(self) -> algos.SignedDigestAlgorithm:
        if isinstance(self.identity.key, rsa.RSAPrivateKey):
            # rsaEncryption, not sha256WithRSAEncryption: SP 800-78-5 §3.2.1 asks for it in SignerInfo.
            return algos.SignedDigestAlgorithm({"algorithm": "rsassa_pkcs1v15", "parameters": core.Null()})
        return algos.SignedDigestAlgorithm({"algorithm": f"{self.hash_name}_ecdsa"})

    def _sign(self, message: bytes) -> bytes:
        key, chosen = self.identity.key, signature_hash(self.identity.key)
        if isinstance(key, rsa.RSAPrivateKey):
            return key.sign(message, padding.PKCS1v15(), chosen)
        return key.sign(message, ec.ECDSA(chosen))


@lru_cache(maxsize=8)
def _parsed(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _attributes(values: dict[str, core.Asn1Value]) -> cms.CMSAttributes:
    encoded = []
    for oid, value in values.items():
        contents = core.ObjectIdentifier(oid).dump() + _set(value.dump())
        encoded.append(cms.CMSAttribute.load(tlv(b"\x30", contents)))
    return cms.CMSAttributes(encoded)


def _time(moment: datetime) -> core.Asn1Value:
    """As RFC 5652 §11.3 wants it: GeneralizedTime from 2050 on."""
    return core.UTCTime(moment) if moment.year < 2050 else core.GeneralizedTime(moment)


def _encapsulated(kind: str, content: bytes | None) -> cms.ContentInfo:
    inner = core.ObjectIdentifier(kind).dump()
    if content is not None:
        inner += tlv(b"\xa0", core.OctetString(content).dump())
    # asn1crypto wants another type for the same encoding where the version is that of plain data.
    spec = cms.ContentInfo if kind == DATA else cms.EncapsulatedContentInfo
    return spec.load(tlv(b"\x30", inner))


def _set(contents: bytes) -> bytes:
    return tlv(b"\x31", contents)
