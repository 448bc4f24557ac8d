"""RSA moduli that nobody should have: each weakness made on purpose, each found for itself."""

from datetime import UTC, datetime

import pytest
from asn1crypto import keys
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer import weak_keys
from dpc_conformance.reference.issuer.key_checks import KeyChecks
from dpc_conformance.roles.reasons import Reason

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(scope="module")
def good():
    return rsa.generate_private_key(65537, 2048)


def checks(*known, now=NOW):
    return KeyChecks(RunClock(now), lambda: known)


def info(modulus, exponent=65537):
    return keys.PublicKeyInfo.wrap(keys.RSAPublicKey({"modulus": modulus, "public_exponent": exponent}), "rsa")


def modulus_of(key):
    return key.public_key().public_numbers().n


def next_prime(number):
    number |= 1
    while pow(2, number - 1, number) != 1 or weak_keys.has_small_factor(number):
        number += 2
    return number


def refusal(modulus, exponent=65537, *known):
    found = checks(*known).judge(info(modulus, exponent))
    return (found.reason, found.detail) if found else None


def test_a_proper_key_is_accepted(good):
    assert checks(modulus_of(good)).judge(info(modulus_of(good))) is None


def test_close_primes(good):
    # 2^1023.5 or more, so that the product has 2048 bits.
    p = next_prime(3 << 1022)
    modulus = p * (p + 2**500)  # whether the other factor is prime makes no difference to the method
    while weak_keys.has_small_factor(modulus):
        modulus = p * (modulus // p + 2)
    assert refusal(modulus) == (Reason.KEY_WEAK, "the modulus has primes close to each other")
    assert not weak_keys.has_close_primes(modulus_of(good))


def test_roca_fingerprint(good):
    # A number that is a power of 65537 for every small prime, put together by the Chinese remainder theorem.
    product, residue = 1, 0
    for step, (prime, _) in enumerate(weak_keys.ROCA_GROUPS):
        residue += product * ((pow(65537, step, prime) - residue) * pow(product, -1, prime) % prime)
        product *= prime
    modulus = residue + product * ((1 << 2047) // product + 1)
    while weak_keys.has_small_factor(modulus):
        modulus += product
    assert refusal(modulus) == (Reason.KEY_WEAK, "the modulus has the fingerprint of CVE-2017-15361")
    assert not weak_keys.has_roca_fingerprint(modulus_of(good))


def test_a_shared_prime(good):
    numbers = good.private_numbers()
    other = modulus_of(rsa.generate_private_key(65537, 2048))
    assert refusal(modulus_of(good), 65537, other) is None
    shared = numbers.p * (numbers.q + 2**900)
    assert refusal(modulus_of(good), 65537, other, shared) == (
        Reason.KEY_WEAK, "the modulus has a prime in common with another key",
    )  # fmt: skip


@pytest.mark.parametrize(("below", "power"), [(1942289, 1), (105, 2), (569, 4)], ids=["prime", "square", "4th power"])
def test_one_prime_only(below, power):
    prime = (1 << 2048 // power) - below  # the largest prime of so many bits
    assert refusal(prime**power) == (Reason.KEY_WEAK, "the modulus has one prime only")


@pytest.mark.parametrize("factor", [2, 3, 1999])
def test_a_small_factor(factor):
    modulus = factor * ((1 << 2048) // factor - (1 << 1800))
    assert refusal(modulus) == (Reason.KEY_WEAK, "the modulus has a small factor")


@pytest.mark.parametrize("exponent", [1, 3, 65536, 2**256 + 1])
def test_other_exponents(good, exponent):
    assert refusal(modulus_of(good), exponent)[0] is Reason.KEY_WEAK


@pytest.mark.parametrize("bits", [1024, 2047, 2049, 4096])
def test_other_sizes(bits):
    assert refusal((1 << bits) - 1)[0] is Reason.KEY_TYPE


def test_rsa_2048_ends_with_the_year_2030(good):
    assert checks(now=datetime(2028, 1, 1, tzinfo=UTC)).judge(info(modulus_of(good))) is None
    assert checks(now=datetime(2028, 1, 3, tzinfo=UTC)).judge(info(modulus_of(good))).reason is Reason.KEY_TYPE


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1()], ids=["P-256", "P-384"])
def test_points(curve):
    der = ec.generate_private_key(curve).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    assert checks().judge(keys.PublicKeyInfo.load(der)) is None
    beside = der[:-1] + bytes([der[-1] ^ 1])
    assert checks().judge(keys.PublicKeyInfo.load(beside)).reason is Reason.KEY_WEAK


def test_the_point_at_infinity_and_compressed_points():
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    compressed = key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    for point in (b"\x00", compressed):
        found = checks().judge(
            keys.PublicKeyInfo(
                {
                    "algorithm": {"algorithm": "ec", "parameters": keys.ECDomainParameters("named", "secp256r1")},
                    "public_key": keys.ECPointBitString(point),
                }
            )
        )
        assert found.reason is Reason.KEY_WEAK
