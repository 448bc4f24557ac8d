"""The certificate requests of a hostile phone, one per deviation."""

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from dpc_conformance.entropy import Entropy
from dpc_conformance.reference import weak_rsa
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.reference.request_writer import RequestKey, SoftwareKey, write_request
from dpc_conformance.roles.errors import NotSupported

SOMEBODY_ELSE = "Somebody Else"
TOKEN_DEVIATIONS = frozenset({"no-token", "guessed-token"})
"""Deviations of the token: the request itself is an honest one."""


class HostileRequests:
    """Writes requests (DER). `card_key` is the PIV Card's authentication key, None where no card is at hand."""

    def __init__(self, entropy: Entropy, card_key: Callable[[], RequestKey] | None = None) -> None:
        self._entropy, self._card_key = entropy, card_key
        self._makers: dict[str, Callable[[], bytes]] = {
            "none": self._honest,
            "broken-signature": self._broken_signature,
            "signature-of-another-key": lambda: write_request(self._new(), self._new()),
            "another-persons-name": lambda: self._self_signed(self._new(), SOMEBODY_ELSE),
            "weak-rsa-primes": lambda: self._software(weak_rsa.close_primes_key(self._entropy)),
            "rsa-exponent-3": lambda: self._software(weak_rsa.key_of(self._entropy, 2048, exponent=3)),
            "rsa-1024": lambda: self._software(weak_rsa.key_of(self._entropy, 1024)),
            "curve-p521": lambda: self._software(self._p521()),
            "card-key": lambda: self._self_signed(self._key_on_card()),
            "malformed": lambda: self._honest()[:-7],
        }

    def make(self, deviation: str) -> bytes:
        """The request with that deviation. ValueError for an unknown one, NotSupported without the card."""
        maker = self._makers.get("none" if deviation in TOKEN_DEVIATIONS else deviation)
        if maker is None:
            raise ValueError(f"a hostile phone knows no deviation {deviation}")
        return maker()

    def _honest(self) -> bytes:
        return self._self_signed(self._new())

    def _broken_signature(self) -> bytes:
        request = bytearray(self._honest())
        # The end of the signature's second integer: the encoding stays intact, the value does not.
        request[-1] ^= 1
        return bytes(request)

    def _p521(self) -> ec.EllipticCurvePrivateKey:
        return ec.derive_private_key(1 + int.from_bytes(self._entropy.bytes(64), "big"), ec.SECP521R1())

    def _key_on_card(self) -> RequestKey:
        if self._card_key is None:
            raise NotSupported("hostile phone", "use the card's key without a card")
        return self._card_key()

    def _new(self) -> RequestKey:
        return SoftwareKey(ec_key(self._entropy, ec.SECP256R1()))

    def _software(self, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
        return self._self_signed(SoftwareKey(key))

    def _self_signed(self, key: RequestKey, common_name: str = "") -> bytes:
        return write_request(key, key, common_name)
