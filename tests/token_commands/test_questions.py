"""Whether an answer is from the key of a certificate."""

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa, utils

from dpc_conformance.fixtures.token_answers import public_key_in
from dpc_conformance.fixtures.token_fuzz import holds_private
from dpc_conformance.fixtures.token_questions import to_agree, to_decipher, to_sign
from dpc_conformance.formats import ber
from dpc_conformance.formats.ber import Malformed

KEY = ec.derive_private_key(0x1234567, ec.SECP256R1())
STRANGER = ec.derive_private_key(0x7654321, ec.SECP256R1())


@pytest.fixture(scope="module")
def rsa_key():
    return rsa.generate_private_key(65537, 2048)


def answer(response):
    return ber.write(b"\x7c", ber.write(b"\x82", response))


def test_a_signature_is_ecdsa_sig_value_under_the_key():
    question = to_sign(0x9A, 0x11, 1)
    signature = KEY.sign(question.block, ec.ECDSA(utils.Prehashed(hashes.SHA256())))
    assert question.is_answered_by(KEY.public_key(), answer(signature))
    assert not question.is_answered_by(STRANGER.public_key(), answer(signature))
    r, s = utils.decode_dss_signature(signature)
    assert not question.is_answered_by(KEY.public_key(), answer(r.to_bytes(32, "big") + s.to_bytes(32, "big")))
    assert not to_sign(0x9A, 0x11, 2).is_answered_by(KEY.public_key(), answer(signature))


@pytest.mark.parametrize("data", ["", "9000", "7C00", "7C028200", "7C0482008100", "5302820A"])
def test_what_is_no_template_answers_nothing(data):
    assert not to_sign(0x9A, 0x11, 1).is_answered_by(KEY.public_key(), bytes.fromhex(data))


def test_an_agreement_is_the_x_coordinate():
    question = to_agree(0x9D, 0x11, 1)
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), question.block)
    shared = KEY.exchange(ec.ECDH(), point)
    assert question.is_answered_by(KEY.public_key(), answer(shared))
    assert not question.is_answered_by(STRANGER.public_key(), answer(shared))


def test_a_point_off_the_curve_is_off_the_curve():
    with pytest.raises(ValueError, match=r".+"):
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), to_agree(0x9D, 0x11, 1, True).block)


@pytest.mark.parametrize("padded", [True, False])
def test_a_block_comes_back_with_its_padding(rsa_key, padded):
    numbers = rsa_key.private_numbers()
    question = to_decipher(0x83, rsa_key.public_key(), padded)
    block = pow(int.from_bytes(question.block, "big"), numbers.d, numbers.public_numbers.n).to_bytes(256, "big")
    assert (block[:2] == b"\x00\x02") is padded
    assert question.is_answered_by(rsa_key.public_key(), answer(block))
    assert not question.is_answered_by(rsa_key.public_key(), answer(block[-16:]))
    assert not question.is_answered_by(rsa_key.public_key(), answer(b"\x00" * 256))


def test_private_values_are_found_wherever_they_stand(rsa_key):
    numbers = rsa_key.private_numbers()
    for private in (numbers.p.to_bytes(128, "big"), numbers.d.to_bytes(256, "big")):
        assert holds_private(rsa_key.public_key(), b"\x53\x81\x80" + private + b"\x00")
    assert holds_private(KEY.public_key(), b"\x53\x20" + (0x1234567).to_bytes(32, "big"))
    assert not holds_private(STRANGER.public_key(), b"\x53\x20" + (0x1234567).to_bytes(32, "big"))
    assert not holds_private(rsa_key.public_key(), bytes(300))


def test_a_public_key_is_encoded_as_the_standard_has_it():
    numbers = KEY.public_key().public_numbers()
    x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
    good = bytes.fromhex("7F49438641") + b"\x04" + x + y
    assert public_key_in(good, 0x11).public_numbers() == numbers
    for data, mechanism in [
        (bytes.fromhex("7F49238621") + bytes([2 + y[-1] % 2]) + x, 0x11),
        (good, 0x14),
        (good[:-1] + bytes([good[-1] ^ 1]), 0x11),
        (b"\x7f\x49\x81\x43" + good[3:], 0x11),
        (good[3:], 0x11),
        (good, 0x07),
    ]:
        with pytest.raises(Malformed):
            public_key_in(data, mechanism)


@pytest.mark.parametrize(("exponent", "size"), [(b"\x03", 256), (b"\x01\x00\x01", 128), (b"\x01\x00\x01", 255)])
def test_an_rsa_key_has_2048_bits_and_the_usual_exponent(exponent, size):
    data = ber.write(b"\x7f\x49", ber.write(b"\x81", b"\x81" * size) + ber.write(b"\x82", exponent))
    with pytest.raises(Malformed):
        public_key_in(data, 0x07)
