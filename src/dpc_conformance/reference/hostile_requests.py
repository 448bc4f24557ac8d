"""The certificate requests of a hostile phone, one per deviation."""

from collections.abc import Callable

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dpc_conformance.entropy import Entropy
from dpc_conformance.reference import weak_rsa
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.reference.request_writer import RequestKey, SoftwareKey, write_request
from dpc_conformance.roles.errors import NotSupported

SOMEBODY_ELSE = "Somebody Else"
ANOTHER_UUID = "99999999-9999-4999-8999-999999999999"
OVERSIZE = 10 * 1024 * 1024
"""Bytes that follow a request that is far too long."""
TOKEN_DEVIATIONS = frozenset({"no-token", "guessed-token"})
"""Deviations of the token: the request itself is an honest one."""


class Sha1Key(SoftwareKey):
    """Signs with SHA-1, which proves nothing any more (SP 800-131A)."""

    def __init__(self, key: ec.EllipticCurvePrivateKey) -> None:
        super().__init__(key)
        self._private = key

    def sign(self, data: bytes) -> bytes:
        """A signature with SHA-1."""
        return self._private.sign(data, ec.ECDSA(hashes.SHA1()))  # noqa: S303  that is the point


class HostileRequests:
    """Writes requests (DER). `card_key` is the PIV Card's authentication key, None where no card is at hand."""

    def __init__(self, entropy: Entropy, card_key: Callable[[], RequestKey] | None = None) -> None:
        self._entropy, self._card_key = entropy, card_key
        self._last = b""
        self._makers: dict[str, Callable[[], bytes]] = {
            "none": self._honest,
            "broken-signature": self._broken_signature,
            "signature-of-another-key": lambda: write_request(self._new(), self._new()),
            "another-persons-name": lambda: self._self_signed(self._new(), SOMEBODY_ELSE),
            "weak-rsa-primes": lambda: self._software(weak_rsa.close_primes_key(self._entropy)),
            "rsa-exponent-3": lambda: self._software(weak_rsa.key_of(self._entropy, 2048, exponent=3)),
            "rsa-1024": lambda: self._software(weak_rsa.key_of(self._entropy, 1024)),
            "curve-p521": lambda: self._software(self._p521()),
            "off-curve": self._off_curve,
            "card-key": lambda: self._self_signed(self._key_on_card()),
            "malformed": lambda: self._honest()[:-7],
            "oversized": lambda: self._honest() + bytes(OVERSIZE),
            "again": lambda: self._last,
            "sha1": lambda: self._sha1(Sha1Key(ec_key(self._entropy, ec.SECP256R1()))),
            "extra-extensions": self._extra_extensions,
        }

    def make(self, deviation: str) -> bytes:
        """The request with that deviation. ValueError for an unknown one, NotSupported without the card."""
        maker = self._makers.get("none" if deviation in TOKEN_DEVIATIONS else deviation)
        if maker is None:
            raise ValueError(f"a hostile phone knows no deviation {deviation}")
        self._last = maker()
        return self._last

    def _honest(self) -> bytes:
        return self._self_signed(self._new())

    def _broken_signature(self) -> bytes:
        request = bytearray(self._honest())
        # The end of the signature's second integer: the encoding stays intact, the value does not.
        request[-1] ^= 1
        return bytes(request)

    def _sha1(self, key: RequestKey) -> bytes:
        return write_request(key, key, hash_name="sha1")

    def _off_curve(self) -> bytes:
        """The last byte of the point is another one; nobody could sign with the key of such a point."""
        key = self._new()
        point = key.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return self._self_signed(key).replace(point, point[:-1] + bytes([point[-1] ^ 1]))

    def _extra_extensions(self) -> bytes:
        key = self._new()
        name = x509.GeneralName("uniform_resource_identifier", f"urn:uuid:{ANOTHER_UUID}")
        wanted = {"subject_alt_name": x509.GeneralNames([name]), "basic_constraints": {"ca": True}}
        extensions = [
            x509.Extension({"extn_id": extn_id, "critical": False, "extn_value": value})
            for extn_id, value in wanted.items()
        ]
        return write_request(key, key, extensions=extensions)

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
