"""Seeded defects of the algorithms that sign the card's objects."""

from asn1crypto import algos, core

from dpc_conformance.faults.cards.workshop import change_cards, sign_everything
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.card import sealing
from dpc_conformance.reference.card.content_signing import ContentSigner
from dpc_conformance.reference.card.virtual_card import VirtualCard
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.pki.authority import Identity
from dpc_conformance.reference.scene import Scene

RSA_BITS = 3072


class LongerHashes(ContentSigner):
    """Lists SHA-384 hashes and signs the list as before, with SHA-256."""

    @property
    def hash_name(self) -> str:
        """See ContentSigner."""
        return "sha384"

    def enveloping(self, kind: str, content: bytes, certificate: bool = False) -> bytes:
        """See ContentSigner."""
        return ContentSigner(self.identity, self.now).enveloping(kind, content, certificate)


@fault("Security Object hashes with SHA-384 and is signed with SHA-256", {"DPC-CRY-SO-01"})
def two_hashes(scene: Scene) -> None:
    def change(card: VirtualCard) -> None:
        signer = LongerHashes(scene.stage.pki.content_signer, scene.clock.now())
        sealing.seal(card.application.objects, signer)

    change_cards(scene, change)


class NamesTheHashTwice(ContentSigner):
    """Names sha256WithRSAEncryption, as other CMS does, instead of rsaEncryption."""

    def _signature_algorithm(self) -> algos.SignedDigestAlgorithm:
        return algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa", "parameters": core.Null()})


@fault("content signer names its RSA signatures by hash and key", {"DPC-CRY-SIG-02"})
def named_by_hash(scene: Scene) -> None:
    entropy, pki = scene.entropy.branch("RSA content signer"), scene.stage.pki
    key = scene.stage.pool.scenario().rsa(RSA_BITS, entropy.branch("key"))
    ordinary = pki.content_signer.certificate
    certificate = pki.piv_authority.sign(
        profiles.content_signing(
            pki.piv_authority,
            naming.directory_name("Department of Examples Card Management by RSA"),
            key.public_key(),
            ordinary.not_valid_before_utc,
            entropy.branch("certificate"),
            no_later_than=ordinary.not_valid_after_utc,
        )
    )

    def change(card: VirtualCard) -> None:
        signer = NamesTheHashTwice(Identity(certificate, key), scene.clock.now())
        sign_everything(card, signer, entropy.branch("minutiae"))

    change_cards(scene, change)
