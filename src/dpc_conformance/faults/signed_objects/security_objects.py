"""Good CMS messages of card objects and mutants of their algorithms."""

import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding

from dpc_conformance.faults.certificates.encoding import (
    context,
    integer,
    null,
    octets,
    oid,
    sequence,
    set_of,
)
from dpc_conformance.faults.certificates.material import CA_NAME
from dpc_conformance.faults.certificates.signers import ec_key, rsa_key
from dpc_conformance.faults.mutants import SIGNED_OBJECT, golden, mutant
from dpc_conformance.formats import oids

LDS = "1.3.27.1.1.1"
DATA = "1.2.840.113549.1.7.1"
CONTENT_TYPE = "1.2.840.113549.1.9.3"
MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
HASHES = {oids.SHA1: "sha1", oids.SHA256: "sha256", oids.SHA384: "sha384"}
RSA = sequence(oid(oids.RSA_ENCRYPTION), null())
ECDSA = sequence(oid(oids.ECDSA_WITH_SHA256))


def _algorithm(kind: str) -> bytes:
    return sequence(oid(kind), null())


@dataclass(frozen=True)
class Message:
    """A SignedData in pieces: what hashes the containers, what hashes the message, and how the signature is named."""

    containers: str = oids.SHA256
    digest: str = oids.SHA256
    algorithm: bytes = RSA
    ec: bool = False
    signs: bool = True

    def hashes(self) -> bytes:
        """The LDSSecurityObject."""
        value = hashlib.new(HASHES[self.containers], b"container", usedforsecurity=False).digest()
        return sequence(integer(0), _algorithm(self.containers), sequence(sequence(integer(1), octets(value))))

    def signed(self, content_type: str = LDS, content: bytes | None = None) -> bytes:
        """The ContentInfo; a Security Object unless another content is given."""
        held = self.hashes() if content is None else content
        digest = hashlib.new(HASHES[self.digest], held, usedforsecurity=False).digest()
        attributes = (
            sequence(oid(CONTENT_TYPE), set_of(oid(content_type))),
            sequence(oid(MESSAGE_DIGEST), set_of(octets(digest))),
        )
        signature = self._sign(set_of(*attributes))
        signer = sequence(
            integer(1),
            sequence(CA_NAME, integer(77)),
            _algorithm(self.digest),
            context(0, *sorted(attributes)),
            self.algorithm,
            octets(signature),
        )
        encapsulated = sequence(oid(content_type), context(0, octets(held)))
        message = sequence(integer(3), set_of(_algorithm(self.digest)), encapsulated, set_of(*([signer] * self.signs)))
        return sequence(oid(oids.SIGNED_DATA), context(0, message))

    def _sign(self, attributes: bytes) -> bytes:
        if self.ec:
            return ec_key("content").sign(attributes, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        return rsa_key().sign(attributes, padding.PKCS1v15(), hashes.SHA256())


@golden("Security Object signed with RSA", kind=SIGNED_OBJECT)
def rsa() -> bytes:
    return Message().signed()


@golden("Security Object signed with ECDSA", kind=SIGNED_OBJECT)
def ecdsa() -> bytes:
    return Message(algorithm=ECDSA, ec=True).signed()


@golden("Security Object with SHA-384", kind=SIGNED_OBJECT)
def sha384() -> bytes:
    return Message(containers=oids.SHA384, digest=oids.SHA384).signed()


@mutant("signature named sha256WithRSAEncryption", {"DPC-CRY-SIG-02"}, kind=SIGNED_OBJECT)
def named_with_hash() -> bytes:
    return Message(algorithm=_algorithm(oids.RSA_WITH_SHA256)).signed()


@mutant("rsaEncryption without NULL", {"DPC-CRY-SIG-02"}, kind=SIGNED_OBJECT)
def no_null() -> bytes:
    return Message(algorithm=sequence(oid(oids.RSA_ENCRYPTION))).signed()


@mutant("containers hashed with SHA-1", {"DPC-CRY-SO-01"}, kind=SIGNED_OBJECT)
def sha1() -> bytes:
    return Message(containers=oids.SHA1, digest=oids.SHA1).signed()


@mutant("containers hashed with another hash than the signature", {"DPC-CRY-SO-01"}, kind=SIGNED_OBJECT)
def two_hashes() -> bytes:
    return Message(containers=oids.SHA384).signed()


@mutant("Security Object that nobody signed", {"DPC-CRY-SO-01"}, kind=SIGNED_OBJECT)
def unsigned() -> bytes:
    return Message(signs=False).signed()
