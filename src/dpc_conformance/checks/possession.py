"""Whether the private key that answered a GENERAL AUTHENTICATE belongs to a public key (SP 800-73-5 part 2 §3.2.4)."""

from typing import Any

from dpc_conformance.checks.finding import CannotTell
from dpc_conformance.evidence.card_reading import KeyAnswer
from dpc_conformance.formats.public_key import PublicKey


def made_by(key: PublicKey, answer: KeyAnswer) -> bool | CannotTell:
    """Whether the private half of `key` made the response.

    An RSA response gives back the block when the public key is applied to it; a signature verifies over the digest;
    an agreed secret is known only for the curve's generator, when it is the X coordinate of the public key itself.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        loaded: Any = load_der_public_key(key.der)
    except (ValueError, UnsupportedAlgorithm):
        loaded = None
    if isinstance(loaded, rsa.RSAPublicKey):
        numbers = loaded.public_numbers()
        response = int.from_bytes(answer.response, "big")
        return pow(response, numbers.e, numbers.n) == int.from_bytes(answer.block, "big")
    if not isinstance(loaded, ec.EllipticCurvePublicKey):
        return CannotTell("the public key is of a kind that is not verified here")
    size = (loaded.key_size + 7) // 8
    if answer.block[:1] == b"\x04" and len(answer.block) % 2:
        if answer.block != _generator(loaded.curve):
            return CannotTell("the secret agreed with another key does not tell whose key answered")
        return answer.response == loaded.public_numbers().x.to_bytes(size, "big")
    return _signed(loaded, answer)


def _generator(curve: Any) -> bytes:
    """The point that everybody knows: the public key of the private key 1."""
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    generator = ec.derive_private_key(1, curve).public_key()
    return generator.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _signed(key: Any, answer: KeyAnswer) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

    digests: dict[int, hashes.HashAlgorithm] = {32: hashes.SHA256(), 48: hashes.SHA384()}
    digest = digests.get(len(answer.block))
    if digest is None:
        return False
    try:
        key.verify(answer.response, answer.block, ec.ECDSA(Prehashed(digest)))
    except (InvalidSignature, ValueError):
        return False
    return True
