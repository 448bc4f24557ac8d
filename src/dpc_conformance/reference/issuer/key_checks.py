"""Whether a public key may be certified: kind, size, and no known weakness (CP §6.1.5, §6.1.6; SP 800-78-5 table 1)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import keys

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer import weak_keys
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.roles.reasons import Reason

RSA_SIZES = (2048, 3072)
END_OF_RSA_2048 = datetime(2031, 1, 1, tzinfo=UTC)
EXPONENT = 65537


@dataclass(frozen=True)
class Curve:
    """y² = x³ - 3x + b over the prime p, as SP 800-186 §3.2.1 gives it; `size` in bytes."""

    prime: int
    b: int
    size: int


CURVES = {
    "secp256r1": Curve(
        0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF,
        0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
        32,
    ),
    "secp384r1": Curve(
        2**384 - 2**128 - 2**96 + 2**32 - 1,
        int("B3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF", 16),
        48,
    ),
}


class KeyChecks:
    """Judges SubjectPublicKeyInfo before anything else touches it."""

    def __init__(
        self,
        clock: RunClock,
        known_moduli: Callable[[], Iterable[int]] = tuple,
        lifetime: timedelta = timedelta(days=3 * 365),
    ) -> None:
        """`known_moduli` yields the RSA moduli met so far; `lifetime` is that of the certificate to come."""
        self._clock, self._known, self._lifetime = clock, known_moduli, lifetime

    def judge(self, info: keys.PublicKeyInfo) -> Refusal | None:
        """None when the key may be certified. ValueError when it cannot be parsed."""
        algorithm = info["algorithm"]["algorithm"].native
        if algorithm == "rsa":
            public = info["public_key"].parsed
            return self._rsa(int(public["modulus"].native), int(public["public_exponent"].native))
        if algorithm == "ec":
            return self._ec(info)
        return Refusal(Reason.KEY_TYPE, f"algorithm {algorithm}")

    def _rsa(self, modulus: int, exponent: int) -> Refusal | None:
        bits = modulus.bit_length()
        if bits not in RSA_SIZES:
            return Refusal(Reason.KEY_TYPE, f"RSA with {bits} bits, expected one of {RSA_SIZES}")
        if bits < 3072 and self._clock.now() + self._lifetime > END_OF_RSA_2048:
            return Refusal(Reason.KEY_TYPE, "RSA with 2048 bits ends with the year 2030")
        if exponent != EXPONENT:
            return Refusal(Reason.KEY_WEAK, f"RSA exponent {exponent if exponent < 2**64 else 'too large'}")
        weaknesses: dict[str, Callable[[], bool]] = {
            "a small factor": lambda: weak_keys.has_small_factor(modulus),
            "one prime only": lambda: weak_keys.is_prime_power(modulus),
            "primes close to each other": lambda: weak_keys.has_close_primes(modulus),
            "the fingerprint of CVE-2017-15361": lambda: weak_keys.has_roca_fingerprint(modulus),
            "a prime in common with another key": lambda: weak_keys.shares_a_prime(modulus, self._known()),
        }
        for weakness, found in weaknesses.items():
            if found():
                return Refusal(Reason.KEY_WEAK, f"the modulus has {weakness}")
        return None

    def _ec(self, info: keys.PublicKeyInfo) -> Refusal | None:
        parameters = info["algorithm"]["parameters"]
        name = parameters.native if parameters.name == "named" else "explicit parameters"
        curve = CURVES.get(name) if isinstance(name, str) else None
        if curve is None:
            return Refusal(Reason.KEY_TYPE, f"curve {name}")
        point = bytes(info["public_key"].native)
        if len(point) != 1 + 2 * curve.size or point[0] != 4:
            return Refusal(Reason.KEY_WEAK, "the point is not in uncompressed form")
        x, y = (int.from_bytes(half, "big") for half in (point[1 : 1 + curve.size], point[1 + curve.size :]))
        on_curve = x < curve.prime and y < curve.prime and (y * y - (x**3 - 3 * x + curve.b)) % curve.prime == 0
        # Both curves have cofactor 1: a point on the curve is in the right group (SP 800-56A §5.6.2.3.3).
        return None if on_curve else Refusal(Reason.KEY_WEAK, "the point is not on the curve")
