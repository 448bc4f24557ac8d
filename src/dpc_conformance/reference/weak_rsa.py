"""RSA keys that no issuer should certify, made on purpose and the same for the same entropy."""

from cryptography.hazmat.primitives.asymmetric import rsa

from dpc_conformance.entropy import Entropy

_SMALL_PRIMES = [n for n in range(3, 2000, 2) if all(n % divisor for divisor in range(3, int(n**0.5) + 1, 2))]


def close_primes_key(entropy: Entropy, bits: int = 2048) -> rsa.RSAPrivateKey:
    """Two neighbouring primes: Fermat's method splits the modulus at once (FIPS 186-5 §A.1.1 forbids it)."""
    p = _prime_from(_candidate(entropy, bits // 2), 65537)
    return _key(p, _prime_from(p + 2, 65537), 65537)


def key_of(entropy: Entropy, bits: int, exponent: int = 65537) -> rsa.RSAPrivateKey:
    """An otherwise decent key of that modulus size (bits) and public exponent."""
    p = _prime_from(_candidate(entropy, bits // 2), exponent)
    return _key(p, _prime_from(_candidate(entropy, bits // 2), exponent), exponent)


def _candidate(entropy: Entropy, bits: int) -> int:
    # The two highest bits are set, so that the product of two primes has twice as many bits.
    return int.from_bytes(entropy.bytes(bits // 8), "big") | 3 << (bits - 2) | 1


def _prime_from(number: int, exponent: int) -> int:
    """The first probable prime from an odd `number` on that goes with the exponent."""
    while any(number % prime == 0 for prime in _SMALL_PRIMES) or not _suits(number, exponent):
        number += 2
    return number


def _suits(number: int, exponent: int) -> bool:
    return (number - 1) % exponent != 0 and pow(2, number - 1, number) == 1


def _key(p: int, q: int, exponent: int) -> rsa.RSAPrivateKey:
    d = pow(exponent, -1, (p - 1) * (q - 1))
    public = rsa.RSAPublicNumbers(exponent, p * q)
    numbers = rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), rsa.rsa_crt_iqmp(p, q), public)
    return numbers.private_key()
