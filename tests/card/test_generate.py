"""GENERATE ASYMMETRIC KEY PAIR: who may, which keys, the public key in the answer, and the key that works after."""

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from dpc_conformance.formats import containers
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.reference.card.personalise import certificate_on

PIN = "246801"
DIGEST = bytes(range(32))


def command(reference=0x9A, mechanism=0x11, p1=0, data=None):
    data = data or f"AC038001{mechanism:02X}"
    return f"0047{p1:02X}{reference:02X}{len(data) // 2:02X}{data}"


@pytest.fixture
def generate(administrator, ask):
    administrator.authenticate()
    return lambda *arguments, **named: ask(command(*arguments, **named))


def point_key(answer, curve):
    return ec.EllipticCurvePublicKey.from_encoded_point(curve, bytes.fromhex(answer))


@pytest.mark.parametrize(
    ("mechanism", "head", "curve"), [(0x11, "7F49438641", ec.SECP256R1()), (0x14, "7F49638661", ec.SECP384R1())]
)
@pytest.mark.parametrize("reference", [0x9A, 0x9C, 0x9D, 0x9E])
def test_an_ec_key_shows_its_uncompressed_point(generate, card, mechanism, head, curve, reference):
    answer, status = generate(reference, mechanism)
    assert (answer[:10], status) == (head, "9000")
    made = card.application.keys[reference]
    assert point_key(answer[10:], curve) == made.private.public_key()
    assert made.algorithm == mechanism


@pytest.mark.parametrize(("mechanism", "bits"), [(0x07, 2048), (0x05, 3072)])
def test_an_rsa_key_shows_modulus_and_exponent(administrator, ask, mechanism, bits):
    administrator.authenticate()
    data = f"AC038001{mechanism:02X}"
    answer, status = ask(f"0047009A000005{data}0000")
    size = bits // 8
    assert status == "9000"
    assert answer.startswith(f"7F4982{size + 9:04X}8182{size:04X}")
    assert answer.endswith("8203010001")
    modulus = int(answer[18 : 18 + 2 * size], 16)
    assert modulus.bit_length() == bits


def test_the_new_key_signs_and_the_old_certificate_no_longer_fits(generate, card, recorder, clock):
    answer, _ = generate()
    piv = PivCard(card, recorder, clock)
    piv.verify_pin(PIN, 0x80)
    signature = piv.sign_raw(0x9A, DIGEST)
    point_key(answer[10:], ec.SECP256R1()).verify(signature, DIGEST, ec.ECDSA(Prehashed(hashes.SHA256())))
    former = x509.load_der_x509_certificate(certificate_on(card)).public_key()
    with pytest.raises(InvalidSignature):
        former.verify(signature, DIGEST, ec.ECDSA(Prehashed(hashes.SHA256())))
    piv.sign_raw(0x9A, DIGEST)


def test_the_new_key_keeps_the_rule_of_its_reference(generate, ask):
    generate(0x9A)
    generate(0x9C)
    challenge = "7C2482008120" + DIGEST.hex()
    assert ask(f"0087119A26{challenge}00")[1] == "6982"
    ask("0020008008" + PIN.encode().hex() + "FFFF")
    assert ask(f"0087119C26{challenge}00")[1] == "9000"
    assert ask(f"0087119C26{challenge}00")[1] == "6982"


@pytest.mark.parametrize("mechanism", [0x11, 0x07])
def test_each_time_another_key(generate, card, mechanism):
    keys = [generate(0x9A, mechanism)[0] and card.application.keys[0x9A].private.public_key() for _ in range(3)]
    assert len({key.public_numbers() for key in keys}) == 3


def test_without_the_administrator_the_key_stays(ask, card):
    before = card.application.keys[0x9A]
    ask("0020008008" + PIN.encode().hex() + "FFFF")
    assert ask(command()) == ("", "6982")
    assert card.application.keys[0x9A] is before


@pytest.mark.parametrize("reference", [0x04, 0x80, 0x82, 0x95, 0x96, 0x9B])
def test_references_whose_keys_are_not_made_on_the_card(generate, card, reference):
    assert generate(reference) == ("", "6A86")
    assert set(card.application.keys) == {0x9A, 0x9C, 0x9D, 0x9E}


@pytest.mark.parametrize(
    "data",
    [
        "AC03800106",
        "AC03800108",
        "AC0380012E",
        "AC0480021111",
        "AC00",
        "AC0381010F",
        "AC0680010781010F",
        "AC06800111830100",
        "3003800111",
        "AC0380",
        "AC03800111FF00",
    ],
)
def test_what_names_no_mechanism_is_refused_and_the_key_stays(generate, card, data):
    before = card.application.keys[0x9A]
    assert generate(data=data) == ("", "6A80")
    assert card.application.keys[0x9A] is before


def test_the_public_exponent_may_be_named(generate):
    assert generate(data="AC088001078103010001")[1] == "610E"


def test_p1_other_than_zero_is_refused(generate):
    assert generate(p1=1) == ("", "6A86")


def test_a_card_without_generator_makes_no_keys(administrator, ask, card):
    administrator.authenticate()
    card.application.generator = None
    assert ask(command()) == ("", "6A86")


def test_a_derived_application_makes_no_card_authentication_key(token, ask_token, token_administrator):
    token_administrator.authenticate()
    assert ask_token(command(containers.CARD_AUTHENTICATION_KEY)) == ("", "6A86")
    assert ask_token(command())[1] == "9000"
