"""GENERATE ASYMMETRIC KEY PAIR: keys that the card makes, and the public one shown (SP 800-73-5 part 2 §3.3.2)."""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dpc_conformance.entropy import Entropy
from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.wire import Refused, template, tlv
from dpc_conformance.reference.pki.keys import PUBLIC_EXPONENT, KeyPool, PrivateKey, PublicKey, ec_key

CONTROL_REFERENCE = 0xAC
MECHANISM, PARAMETER = 0x80, 0x81
EXPONENT = PUBLIC_EXPONENT.to_bytes(3, "big")
RSA_BITS = {containers.RSA_2048: 2048, containers.RSA_3072: 3072}
CURVES: dict[int, ec.EllipticCurve] = {containers.P_256: ec.SECP256R1(), containers.P_384: ec.SECP384R1()}
CARD_KEYS = frozenset(
    {
        containers.PIV_AUTHENTICATION_KEY,
        containers.SIGNATURE_KEY,
        containers.KEY_MANAGEMENT_KEY,
        containers.CARD_AUTHENTICATION_KEY,
    }
)


@dataclass
class KeyGenerator:
    """Makes key pairs: EC from `entropy`, RSA from the machine's pool, because making one takes a second."""

    entropy: Entropy = field(repr=False)
    pool: KeyPool = field(repr=False)
    references: frozenset[int] = CARD_KEYS
    mechanisms: frozenset[int] = frozenset({*RSA_BITS, *CURVES})
    made: int = 0

    def check_reference(self, reference: int) -> None:
        """Refused (6A86) for a reference whose keys are not made on the card."""
        if reference not in self.references:
            raise Refused(status_words.WRONG_P1_P2)

    def mechanism(self, data: bytes) -> int:
        """The mechanism that the control reference template names; Refused (6A80)."""
        outer = template(data)
        if set(outer) != {CONTROL_REFERENCE}:
            raise Refused(status_words.WRONG_DATA)
        asked = template(outer[CONTROL_REFERENCE])
        named, parameter = asked.pop(MECHANISM, b""), asked.pop(PARAMETER, EXPONENT)
        if asked or len(named) != 1 or named[0] not in self.mechanisms or parameter != EXPONENT:
            raise Refused(status_words.WRONG_DATA)
        return named[0]

    def generate(self, mechanism: int) -> PrivateKey:
        """A new key, never the same twice."""
        self.made += 1
        entropy = self.entropy.branch(f"generated/{self.made}")
        if mechanism in CURVES:
            return ec_key(entropy, CURVES[mechanism])
        return self.pool.rsa(RSA_BITS[mechanism], entropy)


def public_key_object(key: PublicKey) -> bytes:
    """The template 7F49: modulus and exponent, or the uncompressed point."""
    if isinstance(key, rsa.RSAPublicKey):
        modulus = key.public_numbers().n.to_bytes(key.key_size // 8, "big")
        return tlv(b"\x7f\x49", tlv(b"\x81", modulus) + tlv(b"\x82", EXPONENT))
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return tlv(b"\x7f\x49", tlv(b"\x86", point))
