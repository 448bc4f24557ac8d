"""Keys at work: each algorithm, each PIN condition, chained and extended, and what is refused."""

import os

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dpc_conformance.evidence.records import ApduExchange
from dpc_conformance.formats import containers
from dpc_conformance.protocols.piv_card import CardError, PivCard, SecurityStatusNotSatisfied
from dpc_conformance.reference.card.wire import tlv

PIN = "246801"
DIGEST = bytes(range(32))
VERIFY = "0020008008" + PIN.encode().hex() + "FFFF"


def public_key(piv, reference):
    return x509.load_der_x509_certificate(piv.certificate(reference)).public_key()


def padded(bits):
    """A PKCS#1 v1.5 block over DIGEST."""
    info = bytes.fromhex("3031300D060960864801650304020105000420") + DIGEST
    return b"\x00\x01" + b"\xff" * (bits // 8 - len(info) - 3) + b"\x00" + info


@pytest.mark.parametrize("extended", [False, True], ids=["chained", "extended"])
@pytest.mark.parametrize("algorithm", ["RSA-2048", "RSA-3072", "P-256", "P-384"])
def test_each_algorithm_proves_possession_of_9a(make_card, recorder, clock, algorithm, extended):
    piv = PivCard(make_card(algorithms={0x9A: algorithm}), recorder, clock, extended_length=extended)
    piv.select()
    piv.verify_pin(PIN)
    key = public_key(piv, 0x9A)
    if isinstance(key, rsa.RSAPublicKey):
        signature = piv.sign_raw(0x9A, padded(key.key_size))
        key.verify(signature, DIGEST, padding.PKCS1v15(), Prehashed(hashes.SHA256()))
    else:
        hashed = hashes.SHA256() if key.key_size == 256 else hashes.SHA384()
        digest = bytes(range(hashed.digest_size))
        key.verify(piv.sign_raw(0x9A, digest), digest, ec.ECDSA(Prehashed(hashed)))
    parts = [each for each in recorder.of(ApduExchange) if each.name.startswith("GENERAL AUTHENTICATE 9A")]
    chained = algorithm.startswith("RSA") and not extended
    assert [part.command[:2] for part in parts] == (["10", "00"] if chained else ["00"])


@pytest.mark.parametrize(("reference", "allowed"), [(0x9A, False), (0x9C, False), (0x9E, True)])
def test_before_the_pin_only_card_authentication_works(piv, reference, allowed):
    if allowed:
        public_key(piv, reference).verify(piv.sign_raw(reference, DIGEST), DIGEST, ec.ECDSA(Prehashed(hashes.SHA256())))
    else:
        with pytest.raises(SecurityStatusNotSatisfied):
            piv.sign_raw(reference, DIGEST)


def test_the_signature_key_wants_the_pin_right_before_each_use(piv):
    piv.verify_pin(PIN)
    piv.sign_raw(0x9C, DIGEST)
    with pytest.raises(SecurityStatusNotSatisfied):
        piv.sign_raw(0x9C, DIGEST)
    piv.verify_pin(PIN)
    piv.read(containers.CHUID.tag)
    with pytest.raises(SecurityStatusNotSatisfied):
        piv.sign_raw(0x9C, DIGEST)
    piv.sign_raw(0x9A, DIGEST)


def test_a_chained_signature_with_9c_counts_as_one_use(make_card, recorder, clock):
    piv = PivCard(make_card(algorithms={0x9C: "RSA-2048"}), recorder, clock)
    piv.select()
    piv.verify_pin(PIN)
    piv.sign_raw(0x9C, padded(2048))


def test_key_management_agrees_on_a_secret_after_the_pin_and_the_transcript_hides_it(piv, recorder):
    ephemeral = ec.generate_private_key(ec.SECP256R1())
    point = ephemeral.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    with pytest.raises(SecurityStatusNotSatisfied):
        piv.agree(0x9D, containers.P_256, point)
    piv.verify_pin(PIN)
    secret = piv.agree(0x9D, containers.P_256, point)
    assert secret == ephemeral.exchange(ec.ECDH(), public_key(piv, 0x9D))
    assert not any(secret.hex().upper() in each.response for each in recorder.of(ApduExchange))


def test_key_management_with_rsa_decrypts(make_card, recorder, clock):
    piv = PivCard(make_card(algorithms={0x9D: "RSA-2048"}), recorder, clock)
    piv.select()
    piv.verify_pin(PIN)
    encrypted = public_key(piv, 0x9D).encrypt(b"content key", padding.PKCS1v15())
    block = piv.sign_raw(0x9D, encrypted)
    assert block.endswith(b"\x00content key")


def template(*objects):
    return tlv(b"\x7c", b"".join(tlv(bytes([tag]), value) for tag, value in objects))


POINT = b"\x04" + bytes(64)
REFUSED = {
    "ECDH with 9A": (0x11, 0x9A, template((0x82, b""), (0x85, POINT)), 0x6A80),
    "ECDH with 9C": (0x11, 0x9C, template((0x82, b""), (0x85, POINT)), 0x6A80),
    "ECDH with 9E": (0x11, 0x9E, template((0x82, b""), (0x85, POINT)), 0x6A80),
    "ECDH with a point that is not on the curve": (0x11, 0x9D, template((0x82, b""), (0x85, POINT)), 0x6A80),
    "a signature with 9D": (0x11, 0x9D, template((0x82, b""), (0x81, DIGEST)), 0x6A80),
    "another algorithm": (0x07, 0x9A, template((0x82, b""), (0x81, DIGEST)), 0x6A86),
    "a key that is not there": (0x11, 0x82, template((0x82, b""), (0x81, DIGEST)), 0x6A86),
    "the administration key with another algorithm": (0x0C, 0x9B, template((0x81, b"")), 0x6A86),
    "a digest of the wrong length": (0x11, 0x9A, template((0x82, b""), (0x81, DIGEST[1:])), 0x6A80),
    "no response asked": (0x11, 0x9A, template((0x81, DIGEST)), 0x6A80),
    "challenge and exponentiation": (0x11, 0x9A, template((0x82, b""), (0x81, DIGEST), (0x85, POINT)), 0x6A80),
    "no template": (0x11, 0x9A, b"\x30\x00", 0x6A80),
    "a template that is cut off": (0x11, 0x9A, b"\x7c\x22\x82\x00\x81\x20", 0x6A80),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(ask, case):
    algorithm, reference, data, status = REFUSED[case]
    ask(VERIFY)
    command = bytes([0, 0x87, algorithm, reference, len(data)]) + data + b"\0"
    assert ask(command.hex()) == ("", f"{status:04X}")


def test_an_rsa_block_that_is_no_number_below_the_modulus_is_refused(make_card, recorder, clock):
    piv = PivCard(make_card(algorithms={0x9E: "RSA-2048"}), recorder, clock)
    piv.select()
    with pytest.raises(CardError) as refused:
        piv.sign_raw(0x9E, b"\xff" * 256)
    assert refused.value.status == 0x6A80


def test_an_interrupted_chain_leaves_everything_as_it_was(ask):
    data = template((0x82, b""), (0x81, DIGEST)).hex()
    ask(VERIFY)
    assert ask(f"1087119A10{data[:32]}") == ("", "9000")
    assert ask("00200080") == ("", "9000")
    rest = data[32:]
    assert ask(f"0087119A{len(rest) // 2:02X}{rest}00")[1] == "6A80", "the first part must be forgotten"
    assert ask(f"0087119A{len(data) // 2:02X}{data}00")[1] == "9000"


def test_another_key_does_not_continue_a_chain(ask):
    data = template((0x82, b""), (0x81, DIGEST)).hex()
    ask(VERIFY)
    ask(f"1087119A10{data[:32]}")
    rest = data[32:]
    assert ask(f"0087119E{len(rest) // 2:02X}{rest}00")[1] == "6A80"


def test_an_endless_chain_ends(ask):
    data = os.urandom(255).hex()
    statuses = {ask(f"1087119AFF{data}")[1] for _ in range(300)}
    assert statuses == {"9000", "6700"}
