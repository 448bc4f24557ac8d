"""Seeded defects of the Security Object."""

import hashlib
from datetime import timedelta

from asn1crypto import algos, core
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from dpc_conformance.faults.certificates.encoding import integer, null, octets, oid, sequence
from dpc_conformance.faults.token.data_door import content, data_fault, put, seal_over
from dpc_conformance.formats import containers, oids
from dpc_conformance.reference.card import card_data
from dpc_conformance.reference.card.content_signing import LDS_SECURITY_OBJECT, ContentSigner
from dpc_conformance.reference.card.wire import objects_in, tlv
from dpc_conformance.reference.pki import profiles
from dpc_conformance.reference.pki.authority import Identity
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.token.mould import HASHED
from dpc_conformance.reference.token.virtual_token import VirtualToken

MAPPING, SIGNED = b"\xba", b"\xbb"
WITHOUT_HASH = 9
VCI = bytes.fromhex("4800")
RSA_BITS = 2048
FOUR_YEARS = timedelta(days=4 * 365)


def _put(token: VirtualToken, mapping: bytes, signed: bytes) -> None:
    put(token, containers.SECURITY_OBJECT, tlv(MAPPING, mapping) + tlv(SIGNED, signed) + card_data.END)


@data_fault("token has unsigned objects and no Security Object", {"DPC-APP-SO-01"})
def no_security_object(token: VirtualToken, _: Scene) -> None:
    token.application.objects.remove(containers.SECURITY_OBJECT)


@data_fault("Security Object maps a data group for which it has no hash", {"DPC-APP-SO-02"})
def group_without_hash(token: VirtualToken, _: Scene) -> None:
    held = objects_in(content(token, containers.SECURITY_OBJECT))
    entry = bytes([WITHOUT_HASH]) + containers.DISCOVERY.container_id.to_bytes(2, "big")
    _put(token, held[MAPPING] + entry, held[SIGNED])


@data_fault("Security Object leaves its signer's certificate out, as on a PIV Card", {"DPC-APP-SO-03"})
def no_signers_certificate(token: VirtualToken, _: Scene) -> None:
    hashed = {each: content(token, each) for each in HASHED}
    put(token, containers.SECURITY_OBJECT, card_data.security_object(hashed, token.signer))


@data_fault("Discovery was changed after the Security Object was signed", {"DPC-APP-SO-04"})
def stale_hash(token: VirtualToken, _: Scene) -> None:
    seal_over(token, {containers.DISCOVERY: card_data.discovery(token.application.aid, VCI)})


@data_fault("Security Object is signed with another key than the content signer's", {"DPC-APP-SO-05"})
def another_signer(token: VirtualToken, scene: Scene) -> None:
    key = ec_key(scene.entropy.branch("no content signer"), ec.SECP256R1())
    seal_over(token, {}, ContentSigner(Identity(token.signer.identity.certificate, key), token.signer.now))


@data_fault("Security Object is signed in the fourth year of its signer's certificate", {"DPC-APP-SO-05"})
def signed_too_late(token: VirtualToken, scene: Scene) -> None:
    pki, known = scene.stage.pki, token.signer.identity
    builder = profiles.content_signing(
        pki.piv_authority,
        known.certificate.subject,
        known.key.public_key(),
        token.signer.now - FOUR_YEARS,
        scene.entropy.branch("content signer of four years"),
    )
    seal_over(token, {}, ContentSigner(Identity(pki.piv_authority.sign(builder), known.key), token.signer.now))


@data_fault("Security Object hashes the Key History with its outer tag", {"DPC-APP-SO-06"})
def hash_of_the_whole(token: VirtualToken, _: Scene) -> None:
    seal_over(token, {containers.KEY_HISTORY: token.application.objects.stored[containers.KEY_HISTORY.tag]})


@data_fault("Security Object hashes with SHA-1", {"DPC-CRY-SO-01"})
def weak_hashes(token: VirtualToken, _: Scene) -> None:
    groups = list(enumerate(HASHED, start=1))
    mapping = b"".join(bytes([group]) + each.container_id.to_bytes(2, "big") for group, each in groups)
    hashes = (
        sequence(integer(group), octets(hashlib.sha1(content(token, each), usedforsecurity=False).digest()))
        for group, each in groups
    )
    listed = sequence(integer(0), sequence(oid(oids.SHA1), null()), sequence(*hashes))
    _put(token, mapping, token.signer.enveloping(LDS_SECURITY_OBJECT, listed, certificate=True))


class LongHash(ContentSigner):
    """A signer with a P-256 key who hashes with SHA-384."""

    @property
    def hash_name(self) -> str:
        """See CmsSigner."""
        return "sha384"

    def _sign(self, message: bytes) -> bytes:
        key = self.identity.key
        if isinstance(key, rsa.RSAPrivateKey):
            return super()._sign(message)
        return key.sign(message, ec.ECDSA(hashes.SHA384()))


@data_fault("Security Object is signed with a P-256 key and SHA-384", {"DPC-CRY-SIG-01"})
def longer_hash(token: VirtualToken, _: Scene) -> None:
    seal_over(token, {}, LongHash(token.signer.identity, token.signer.now))


class NamedWithHash(ContentSigner):
    """An RSA signer who names the hash together with the signature."""

    def _signature_algorithm(self) -> algos.SignedDigestAlgorithm:
        return algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa", "parameters": core.Null()})


@data_fault("RSA signature of the Security Object is named sha256WithRSAEncryption", {"DPC-CRY-SIG-02"})
def named_with_hash(token: VirtualToken, scene: Scene) -> None:
    stage, entropy = scene.stage, scene.entropy.branch("RSA content signer")
    key, known = stage.pool.scenario().rsa(RSA_BITS, entropy.branch("key")), token.signer.identity.certificate
    builder = profiles.content_signing(
        stage.pki.piv_authority,
        known.subject,
        key.public_key(),
        known.not_valid_before_utc,
        entropy.branch("certificate"),
        no_later_than=known.not_valid_after_utc,
    )
    signer = NamedWithHash(Identity(stage.pki.piv_authority.sign(builder), key), token.signer.now)
    seal_over(token, {}, signer)
