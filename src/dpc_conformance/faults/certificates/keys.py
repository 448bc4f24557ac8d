"""Mutants of the subject's public key and of the key identifiers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.faults.certificates.encoding import (
    bits,
    context,
    implicit,
    integer,
    null,
    octets,
    oid,
    sequence,
    tlv,
)
from dpc_conformance.faults.certificates.material import (
    CA,
    CA_SERIAL,
    ROOT_NAME,
    authority_key,
    good,
    sister_template,
    with_key,
)
from dpc_conformance.faults.certificates.signers import ec_key, ecdsa, rsa_key, rsa_spki, spki
from dpc_conformance.faults.mutants import mutant
from dpc_conformance.formats import oids


def _ec_spki(parameters: bytes, point: bytes) -> bytes:
    return sequence(sequence(oid(oids.EC_PUBLIC_KEY), parameters), bits(point))


def _point() -> bytes:
    numbers = ec_key("phone").public_key().public_numbers()
    return b"\x04" + numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")


def _rsa_key(*contents: bytes) -> bytes:
    return sequence(sequence(oid(oids.RSA_ENCRYPTION), null()), bits(b"".join(contents)))


@mutant("Ed25519 key", {"DPC-CERT-SPKI-01", "DPC-CRY-KEY-01"})
def ed25519() -> bytes:
    return with_key(good(), sequence(sequence(oid(oids.ED25519)), bits(bytes(range(32))))).signed()


@mutant("id-RSASSA-PSS key", {"DPC-CERT-SPKI-01", "DPC-CRY-KEY-01"})
def pss_key() -> bytes:
    key = rsa_spki(2048).replace(oid(oids.RSA_ENCRYPTION), oid(oids.RSA_PSS))
    return with_key(good(), key).signed()


@mutant("RSA-1024 key", {"DPC-CERT-SPKI-02", "DPC-CRY-KEY-01", "DPC-CRY-STRENGTH-01"})
def rsa_1024() -> bytes:
    return with_key(good(), rsa_spki(1024)).signed()


@mutant("RSA modulus of 2047 bits", {"DPC-CERT-SPKI-02", "DPC-CRY-KEY-01", "DPC-CRY-STRENGTH-01"})
def rsa_2047() -> bytes:
    return with_key(good(), rsa_spki(2047)).signed()


@mutant("RSA modulus of 2056 bits", {"DPC-CERT-SPKI-02", "DPC-CRY-KEY-01"})
def rsa_2056() -> bytes:
    return with_key(good(), rsa_spki(2056)).signed()


@mutant("RSA key without NULL parameters", {"DPC-CERT-SPKI-02"})
def rsa_key_no_parameters() -> bytes:
    return with_key(good(), rsa_spki(2048, parameters=b"")).signed()


@mutant("NULL after the numbers of an RSA key", {"DPC-CERT-DER-01"})
def rsa_key_with_more() -> bytes:
    modulus = rsa_key().public_key().public_numbers().n
    return with_key(good(), _rsa_key(sequence(integer(modulus), integer(65537)), null())).signed()


UNREADABLE = {"DPC-CERT-DER-01", "DPC-CERT-SPKI-02", "DPC-CERT-SPKI-05"}
"""The rules of the profile that a key without readable numbers breaks."""


@mutant("RSA numbers as OCTET STRINGs", UNREADABLE | {"DPC-CRY-KEY-01", "DPC-CRY-EXP-01", "DPC-CRY-STRENGTH-01"})
def rsa_key_of_octets() -> bytes:
    modulus = rsa_key().public_key().public_numbers().n
    numbers = sequence(octets(modulus.to_bytes(256, "big")), octets(b"\x01\x00\x01"))
    return with_key(good(), _rsa_key(numbers)).signed()


@mutant("P-521 key", {"DPC-CERT-SPKI-03", "DPC-CRY-KEY-01"})
def p521() -> bytes:
    return with_key(good(), spki(ec_key("phone-521", ec.SECP521R1))).signed()


@mutant("secp256k1 key", {"DPC-CERT-SPKI-03", "DPC-CRY-KEY-01"})
def secp256k1() -> bytes:
    return with_key(good(), spki(ec_key("phone-k1", ec.SECP256K1))).signed()


@mutant("P-256 key with explicit parameters", {"DPC-CERT-SPKI-03", "DPC-CRY-KEY-01"})
def explicit_curve() -> bytes:
    prime = 2**256 - 2**224 + 2**192 + 2**96 - 1
    b = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    generator = bytes.fromhex(
        "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
        "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
    )
    parameters = sequence(
        integer(1),
        sequence(oid("1.2.840.10045.1.1"), integer(prime)),
        sequence(octets((prime - 3).to_bytes(32, "big")), octets(b.to_bytes(32, "big"))),
        octets(generator),
        integer(order),
        integer(1),
    )
    return replace(good(), public_key=_ec_spki(parameters, _point())).signed()


@mutant("EC point compressed", {"DPC-CERT-SPKI-04"})
def compressed() -> bytes:
    point = _point()
    return with_key(good(), _ec_spki(oid(oids.P256), bytes((2 + point[-1] % 2,)) + point[1:33])).signed()


@mutant("EC point beside the curve", {"DPC-CERT-SPKI-04"})
def beside_the_curve() -> bytes:
    point = _point()
    return with_key(good(), _ec_spki(oid(oids.P256), point[:-1] + bytes((point[-1] ^ 1,)))).signed()


@mutant("RSA exponent 3", {"DPC-CERT-SPKI-05", "DPC-CRY-EXP-01"})
def exponent_3() -> bytes:
    return with_key(good(), rsa_spki(2048, 3)).signed()


LATE = datetime(2028, 3, 1, tzinfo=UTC)


@mutant(
    "RSA-2048 key in a certificate until 2031",
    {"DPC-CERT-SPKI-06", "DPC-CRY-KEY-01", "DPC-CRY-STRENGTH-01"},
    moment=LATE + timedelta(days=1),
    crls=(),
)
def rsa_2048_past_2030() -> bytes:
    return with_key(good(), rsa_spki(2048)).lasting(LATE, datetime(2031, 2, 1, tzinfo=UTC)).signed()


@mutant("key of the PIV Card", {"DPC-ISS-DUP-01"})
def key_of_the_card() -> bytes:
    return with_key(good(), spki(ec_key("card"))).signed()


@mutant("key of another derived certificate", {"DPC-ISS-DUP-01"})
def key_of_the_sister() -> bytes:
    return with_key(good(), sister_template().public_key).signed()


@mutant("subject key identifier missing", {"DPC-CERT-SKI-01"})
def no_ski() -> bytes:
    return good().without(oids.SUBJECT_KEY_IDENTIFIER).signed()


@mutant("subject key identifier of zeros", {"DPC-CERT-SKI-01"})
def constant_ski() -> bytes:
    return good().with_value(oids.SUBJECT_KEY_IDENTIFIER, octets(bytes(20))).signed()


@mutant("subject key identifier critical", {"DPC-CERT-SKI-01", "DPC-CERT-EXT-02"})
def critical_ski() -> bytes:
    return good().with_criticality(oids.SUBJECT_KEY_IDENTIFIER).signed()


@mutant("subject key identifier is not an OCTET STRING", {"DPC-CERT-SKI-01", "DPC-CERT-DER-01"})
def ski_of_another_type() -> bytes:
    return good().with_value(oids.SUBJECT_KEY_IDENTIFIER, tlv(0x0C, b"twenty octets of UTF8")).signed()


@mutant("authority key identifier missing", {"DPC-CERT-AKI-01"})
def no_aki() -> bytes:
    return good().without(oids.AUTHORITY_KEY_IDENTIFIER).signed()


@mutant("authority key identifier of the CA's former key", {"DPC-CERT-AKI-01", "DPC-PATH-ANCHOR-01"})
def former_key() -> bytes:
    former = ecdsa("former").key_identifier
    return good().with_value(oids.AUTHORITY_KEY_IDENTIFIER, authority_key(former)).signed()


@mutant("authority key identifier with issuer and serial number", {"DPC-CERT-AKI-02"})
def aki_with_issuer() -> bytes:
    value = sequence(
        implicit(0, CA.key_identifier), context(1, context(4, ROOT_NAME)), implicit(2, integer(CA_SERIAL)[2:])
    )
    return good().with_value(oids.AUTHORITY_KEY_IDENTIFIER, value).signed()


@mutant("authority key identifier critical", {"DPC-CERT-AKI-02", "DPC-CERT-EXT-02"})
def critical_aki() -> bytes:
    return good().with_criticality(oids.AUTHORITY_KEY_IDENTIFIER).signed()
