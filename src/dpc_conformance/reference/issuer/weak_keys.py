"""RSA moduli with known weaknesses, found by arithmetic alone."""

import math
from collections.abc import Iterable

FERMAT_ROUNDS = 1000
ROCA_PRIMES = 39


def _primes_below(limit: int) -> list[int]:
    return [n for n in range(2, limit) if all(n % d for d in range(2, math.isqrt(n) + 1))]


SMALL_PRIMES = _primes_below(2000)
SMALL_PRODUCT = math.prod(SMALL_PRIMES)


def has_small_factor(modulus: int) -> bool:
    """Whether a prime below 2000 divides the modulus, 2 included (SP 800-89 §5.3.3)."""
    return math.gcd(modulus, SMALL_PRODUCT) != 1


def is_prime_power(modulus: int) -> bool:
    """Whether the modulus is a prime or a perfect power, so that it has no two different factors."""
    if pow(2, modulus - 1, modulus) == 1 and pow(3, modulus - 1, modulus) == 1:
        return True
    # Without factors below 2000 (11 bits) no higher root can be whole.
    exponents = (n for n in SMALL_PRIMES if n <= modulus.bit_length() // 10)
    return any(_root(modulus, exponent) ** exponent == modulus for exponent in exponents)


def has_close_primes(modulus: int) -> bool:
    """Whether Fermat's method splits the modulus within a thousand rounds (CVE-2022-26320)."""
    a = math.isqrt(modulus)
    a += a * a < modulus
    for _ in range(FERMAT_ROUNDS):
        b2 = a * a - modulus
        if math.isqrt(b2) ** 2 == b2:
            return True
        a += 1
    return False


def has_roca_fingerprint(modulus: int) -> bool:
    """Whether the modulus lies in the subgroup of 65537 for every small prime (CVE-2017-15361)."""
    return all(modulus % prime in group for prime, group in ROCA_GROUPS)


def shares_a_prime(modulus: int, others: Iterable[int]) -> bool:
    """Whether another modulus has a prime in common with this one."""
    return any(math.gcd(modulus, other) > 1 and other != modulus for other in others)


def _subgroup(prime: int) -> frozenset[int]:
    found, element = set(), 1
    while element not in found:
        found.add(element)
        element = element * 65537 % prime
    return frozenset(found)


ROCA_GROUPS = [(prime, _subgroup(prime)) for prime in SMALL_PRIMES[1 : ROCA_PRIMES + 1]]


def _root(number: int, exponent: int) -> int:
    """The integer part of the root, by Newton's method."""
    if exponent == 2:
        return math.isqrt(number)
    guess = 1 << -(-number.bit_length() // exponent)
    while True:
        better = ((exponent - 1) * guess + number // guess ** (exponent - 1)) // exponent
        if better >= guess:
            return guess
        guess = better
