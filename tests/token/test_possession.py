"""Whose key answered: against keys of `cryptography`, with the operations of SP 800-73-5 part 2 §3.2.4."""

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dpc_conformance.checks.finding import CannotTell
from dpc_conformance.checks.possession import made_by
from dpc_conformance.evidence.card_reading import KeyAnswer
from dpc_conformance.formats.public_key import read_public_key

GENERATORS = {
    "P-256": "046B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"
    "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5",
    "P-384": "04AA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C3A545E3872760AB7"
    "3617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C00A60B1CE1D7E819D7A431D7C90EA0E5F",
}
"""Written from SP 800-186 §3.2.1."""
CURVES = {"P-256": (ec.SECP256R1(), hashes.SHA256(), 32), "P-384": (ec.SECP384R1(), hashes.SHA384(), 48)}


def public(private):
    return read_public_key(private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def answer(block, response):
    return KeyAnswer(0x9A, 0x11, True, block, 0x9000, response)


@pytest.mark.parametrize("name", CURVES)
def test_a_signature(name):
    curve, digest, size = CURVES[name]
    mine, other = ec.generate_private_key(curve), ec.generate_private_key(curve)
    signature = mine.sign(bytes(size), ec.ECDSA(Prehashed(digest)))
    assert made_by(public(mine), answer(bytes(size), signature)) is True
    assert made_by(public(other), answer(bytes(size), signature)) is False
    assert made_by(public(mine), answer(bytes(size), b"no signature")) is False
    assert made_by(public(mine), answer(bytes(20), signature)) is False


@pytest.mark.parametrize("name", CURVES)
def test_a_secret_agreed_with_the_generator(name):
    curve, _, _ = CURVES[name]
    mine, other = ec.generate_private_key(curve), ec.generate_private_key(curve)
    block = bytes.fromhex(GENERATORS[name])
    secret = mine.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(curve, block))
    assert made_by(public(mine), answer(block, secret)) is True
    assert made_by(public(other), answer(block, secret)) is False


def test_a_secret_agreed_with_any_other_key_does_not_tell():
    mine, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    block = other.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    secret = mine.exchange(ec.ECDH(), other.public_key())
    assert isinstance(made_by(public(mine), answer(block, secret)), CannotTell)


def test_an_rsa_block():
    mine, other = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    numbers, block = mine.private_numbers(), b"\0\1" + b"\xff" * 222 + b"\0" + bytes(31)
    response = pow(int.from_bytes(block, "big"), numbers.d, numbers.public_numbers.n).to_bytes(256, "big")
    assert made_by(public(mine), answer(block, response)) is True
    assert made_by(public(other), answer(block, response)) is False
    assert made_by(public(mine), answer(block, b"")) is False


def test_a_key_of_another_kind_does_not_tell():
    private = ed25519.Ed25519PrivateKey.generate()
    assert isinstance(made_by(public(private), answer(b"block", private.sign(b"block"))), CannotTell)
