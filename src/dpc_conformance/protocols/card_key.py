"""Keys for tlslite-ng whose private operation happens on the card.

The TLS library pads and hashes; the card gets what GENERAL AUTHENTICATE takes (SP 800-73-5 part 2 §3.2.4): for RSA the
whole padded block, for ECDSA the digest. tlslite checks its own signatures before it sends them; here it does
not, so that a card whose key does not fit its certificate reaches the server and is refused there.
"""

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from tlslite.utils.python_ecdsakey import Python_ECDSAKey
from tlslite.utils.python_rsakey import Python_RSAKey

SignOnCard = Callable[[bytes], bytes]
"""Padded block in, raw RSA result out; or digest in, DER ECDSA-Sig-Value out."""

_CURVES = {"secp256r1": "NIST256p", "secp384r1": "NIST384p"}


class CardRsaKey(Python_RSAKey):  # type: ignore[misc]  # tlslite carries no types
    """RSA public key of the certificate, private operation by the card."""

    def __init__(self, public: rsa.RSAPublicKey, sign: SignOnCard) -> None:
        numbers = public.public_numbers()
        super().__init__(numbers.n, numbers.e)
        self._sign_on_card = sign
        self._size = (public.key_size + 7) // 8

    def hasPrivateKey(self) -> bool:  # noqa: N802  tlslite's name
        """Always: the card has it."""
        return True

    def _rawPrivateKeyOp(self, message: int) -> int:  # noqa: N802
        block = int(message).to_bytes(self._size, "big")
        return int.from_bytes(self._sign_on_card(block), "big")

    def verify(self, *_arguments: object, **_named: object) -> bool:
        """True: the server judges the signature, not the client that made it."""
        return True


class CardEcKey(Python_ECDSAKey):  # type: ignore[misc]
    """ECDSA public key of the certificate, private operation by the card."""

    def __init__(self, public: ec.EllipticCurvePublicKey, sign: SignOnCard) -> None:
        numbers = public.public_numbers()
        super().__init__(numbers.x, numbers.y, _CURVES[public.curve.name])
        self._sign_on_card = sign
        self._size = (public.curve.key_size + 7) // 8
        # TLS 1.2 in tlslite reads private_key.curve to cut the digest; the public key knows the same curve.
        self.private_key = self.public_key

    def hasPrivateKey(self) -> bool:  # noqa: N802
        """Always: the card has it."""
        return True

    def _sign(self, data: bytes, hAlg: str) -> bytearray:  # noqa: ARG002, N803
        # A digest shorter than the curve stands for the same integer with leading zeros; cards want full length.
        return bytearray(self._sign_on_card(bytes(data).rjust(self._size, b"\0")))

    def verify(self, *_arguments: object, **_named: object) -> bool:
        """True: the server judges the signature, not the client that made it."""
        return True


def card_key(public: CertificatePublicKeyTypes, sign: SignOnCard) -> CardRsaKey | CardEcKey:
    """The tlslite key for a certificate's public key. ValueError for what no PIV card signs TLS with."""
    if isinstance(public, rsa.RSAPublicKey):
        return CardRsaKey(public, sign)
    if isinstance(public, ec.EllipticCurvePublicKey) and public.curve.name in _CURVES:
        return CardEcKey(public, sign)
    raise ValueError("TLS with a card needs an RSA, P-256 or P-384 key")
