"""What a key on a card is given to prove that it is the key of a certificate (SP 800-73-5 part 2 §3.2.4, App. A)."""

from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from dpc_conformance.entropy import Entropy
from dpc_conformance.formats import containers
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.der import DerError

CHALLENGE, EXPONENTIATION = b"\x81", b"\x85"
DIGEST_INFO = bytes.fromhex("3031300D060960864801650304020105000420")
"""What stands before a SHA-256 digest in an RSA PKCS #1 v1.5 block (RFC 8017 §9.2)."""
SIGNING_KEYS = (
    containers.PIV_AUTHENTICATION_KEY,
    containers.SIGNATURE_KEY,
    containers.CARD_AUTHENTICATION_KEY,
)
RSA = {2048: containers.RSA_2048, 3072: containers.RSA_3072, 1024: containers.RSA_1024}
CURVES: dict[str, tuple[int, ec.EllipticCurve]] = {
    "secp256r1": (containers.P_256, ec.SECP256R1()),
    "secp384r1": (containers.P_384, ec.SECP384R1()),
}


@dataclass(frozen=True)
class KeyChallenge:
    """`algorithm` is P1 of GENERAL AUTHENTICATE, `tag` the template's tag that `block` goes into."""

    algorithm: int
    tag: bytes
    block: bytes


def challenge_for(certificate: bytes, key_reference: int, entropy: Entropy) -> KeyChallenge | None:
    """Something that only the key of that certificate (DER) answers right; None for a key that no PIV Card has.

    An RSA key gets a padded block, whose result opened with the public key is that block again. An EC key that signs
    gets random bytes of a digest's length. An EC key that agrees gets the generator of its curve: the shared secret
    is then the x coordinate of its own public point, which anybody can check and which gives nothing away.
    """
    try:
        public = load_der_public_key(read_certificate(certificate).public_key.der)
    except (DerError, ValueError, UnsupportedAlgorithm):
        return None
    if isinstance(public, rsa.RSAPublicKey):
        algorithm = RSA.get(public.key_size)
        return None if algorithm is None else _for_rsa(algorithm, entropy)
    if isinstance(public, ec.EllipticCurvePublicKey) and public.curve.name in CURVES:
        algorithm, curve = CURVES[public.curve.name]
        if key_reference in SIGNING_KEYS:
            return KeyChallenge(algorithm, CHALLENGE, entropy.bytes(containers.BLOCK_BYTES[algorithm]))
        return _for_agreement(algorithm, curve)
    return None


def challenges_for_unknown(entropy: Entropy) -> tuple[KeyChallenge, ...]:
    """One for each algorithm that a key management key may have, for a key whose certificate is elsewhere."""
    return (
        *(_for_agreement(algorithm, curve) for algorithm, curve in CURVES.values()),
        *(_for_rsa(algorithm, entropy) for algorithm in RSA.values()),
    )


def _for_rsa(algorithm: int, entropy: Entropy) -> KeyChallenge:
    tail = DIGEST_INFO + entropy.bytes(32)
    filler = b"\xff" * (containers.BLOCK_BYTES[algorithm] - len(tail) - 3)
    return KeyChallenge(algorithm, CHALLENGE, b"\x00\x01" + filler + b"\x00" + tail)


def _for_agreement(algorithm: int, curve: ec.EllipticCurve) -> KeyChallenge:
    """The generator is the point that belongs to the private key 1."""
    point = ec.derive_private_key(1, curve).public_key()
    return KeyChallenge(algorithm, EXPONENTIATION, point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))
