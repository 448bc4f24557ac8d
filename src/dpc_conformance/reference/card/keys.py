"""The private keys of the card: what each may do and when (SP 800-73-5 part 1 Table 5, part 2 §3.2.4)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa, utils

from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.pins import Pins
from dpc_conformance.reference.card.wire import Refused

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

CHALLENGE, RESPONSE, EXPONENTIATION = 0x81, 0x82, 0x85

_DIGESTS: dict[int, hashes.HashAlgorithm] = {32: hashes.SHA256(), 48: hashes.SHA384()}


class PinRule(Enum):
    """When a key may be used."""

    ALWAYS = auto()
    PIN = auto()
    PIN_ALWAYS = auto()

    def allows(self, pins: Pins) -> bool:
        """Whether the security status satisfies the rule."""
        return self is PinRule.ALWAYS or (pins.fresh if self is PinRule.PIN_ALWAYS else pins.verified)


RULES = {
    containers.PIV_AUTHENTICATION_KEY: PinRule.PIN,
    containers.SIGNATURE_KEY: PinRule.PIN_ALWAYS,
    containers.KEY_MANAGEMENT_KEY: PinRule.PIN,
    containers.CARD_AUTHENTICATION_KEY: PinRule.ALWAYS,
}


@dataclass
class CardKey:
    """A key with its rule; a key management key agrees on secrets, every other key answers challenges."""

    private: PrivateKey = field(repr=False)
    rule: PinRule
    key_management: bool = False

    @property
    def algorithm(self) -> int:
        """The algorithm identifier (SP 800-78-5 Table 9); ValueError for a key that no PIV Card has."""
        size = self.private.key_size
        known = {2048: containers.RSA_2048, 3072: containers.RSA_3072, 1024: containers.RSA_1024}
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            known = {256: containers.P_256, 384: containers.P_384}
        if size not in known:
            raise ValueError(f"a PIV Card has no key of this kind with {size} bits")
        return known[size]

    def use(self, objects: dict[int, bytes]) -> bytes:
        """The private operation that the dynamic authentication template asks for; Refused (6A80)."""
        asked = set(objects) - {RESPONSE}
        if objects.get(RESPONSE) != b"" or len(asked) != 1:
            raise Refused(status_words.WRONG_DATA)
        tag = asked.pop()
        operation = self._operations().get(tag)
        if operation is None:
            raise Refused(status_words.WRONG_DATA)
        return operation(objects[tag])

    def _operations(self) -> dict[int, Callable[[bytes], bytes]]:
        if isinstance(self.private, rsa.RSAPrivateKey):
            return {CHALLENGE: self._rsa}
        return {EXPONENTIATION: self._agree} if self.key_management else {CHALLENGE: self._sign}

    def _rsa(self, block: bytes) -> bytes:
        if not isinstance(self.private, rsa.RSAPrivateKey):
            raise TypeError("not an RSA key")
        numbers = self.private.private_numbers()
        value, size = int.from_bytes(block, "big"), self.private.key_size // 8
        if len(block) != size or value >= numbers.public_numbers.n:
            raise Refused(status_words.WRONG_DATA)
        # Chinese remainder theorem: the library offers no raw private operation.
        first = pow(value, numbers.dmp1, numbers.p)
        second = pow(value, numbers.dmq1, numbers.q)
        return (second + (first - second) * numbers.iqmp % numbers.p * numbers.q).to_bytes(size, "big")

    def _sign(self, digest: bytes) -> bytes:
        if not isinstance(self.private, ec.EllipticCurvePrivateKey):
            raise TypeError("not an EC key")
        if len(digest) != self.private.key_size // 8:
            raise Refused(status_words.WRONG_DATA)
        return self.private.sign(digest, ec.ECDSA(utils.Prehashed(_DIGESTS[len(digest)])))

    def _agree(self, point: bytes) -> bytes:
        if not isinstance(self.private, ec.EllipticCurvePrivateKey):
            raise TypeError("not an EC key")
        try:
            other = ec.EllipticCurvePublicKey.from_encoded_point(self.private.curve, point)
        except ValueError:
            raise Refused(status_words.WRONG_DATA) from None
        return self.private.exchange(ec.ECDH(), other)


def card_key(reference: int, private: PrivateKey) -> CardKey:
    """The key for that reference with the rule of SP 800-73-5; retired keys 82 to 95 are key management keys."""
    retired = 0x82 <= reference <= 0x95
    rule = PinRule.PIN if retired else RULES[reference]
    return CardKey(private, rule, key_management=retired or reference == containers.KEY_MANAGEMENT_KEY)
