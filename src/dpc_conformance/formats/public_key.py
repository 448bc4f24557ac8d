"""Algorithm identifiers and subject public keys, as read from DER (RFC 5280 4.1.1.2, RFC 5480, RFC 4055)."""

from typing import Final, NamedTuple

from dpc_conformance.formats import der, oids
from dpc_conformance.formats.der import Defect
from dpc_conformance.formats.der_values import integer, oid, oid_of
from dpc_conformance.formats.interned import Interned


class AlgorithmIdentifier(NamedTuple):
    """`parameters` is the whole encoding of the parameters, None when they are absent."""

    der: bytes
    oid: str
    parameters: bytes | None
    defects: tuple[Defect, ...]


class PssParameters(NamedTuple):
    """RSASSA-PSS parameters (RFC 4055 3.1); `salt_length` counts octets; None where unreadable."""

    hash: str | None
    mask_hash: str | None
    salt_length: int
    trailer: int


class PublicKey(NamedTuple):
    """A subjectPublicKeyInfo: `bits` are the contents of the BIT STRING after the octet of unused bits.

    `modulus_bits` and `exponent` are set for a readable RSA key; `curve` for an EC key on a named curve.
    """

    der: bytes
    algorithm: AlgorithmIdentifier
    bits: bytes
    modulus_bits: int
    exponent: int
    curve: str
    defects: tuple[Defect, ...]


def read_algorithm(data: bytes) -> AlgorithmIdentifier:
    """The AlgorithmIdentifier whose encoding `data` is. DerError when it cannot be read."""
    defects = der.survey(data)
    sequence = der.expect(data, 0, len(data), der.SEQUENCE, "an algorithm identifier", [])
    parts = tuple(der.children(data, sequence.start, sequence.stop, []))
    if not 1 <= len(parts) <= 2:
        raise der.DerError(0, "an algorithm identifier is not an OBJECT IDENTIFIER with at most one parameter")
    parameters = data[parts[1].at : parts[1].stop] if len(parts) == 2 else None
    return AlgorithmIdentifier(data, oid_of(data, parts[0], "an algorithm"), parameters, tuple(defects))


ALGORITHMS: Final = Interned(read_algorithm)


def read_pss_parameters(data: bytes) -> PssParameters | None:
    """RSASSA-PSS-params with defaults filled in; None when they cannot be read."""
    found = PssParameters(oids.SHA1, oids.SHA1, 20, 1)
    try:
        sequence = der.expect(data, 0, len(data), der.SEQUENCE, "PSS parameters", [])
        for field in der.children(data, sequence.start, sequence.stop, []):
            held = der.read(data, field.start, field.stop, [])
            value = data[held.at : held.stop]
            if field.tag == 0xA0:
                found = found._replace(hash=read_algorithm(value).oid)
            elif field.tag == 0xA1:
                mask = read_algorithm(value)
                known = mask.oid == oids.MGF1 and mask.parameters is not None
                found = found._replace(mask_hash=read_algorithm(mask.parameters or b"").oid if known else None)
            elif field.tag == 0xA2:
                found = found._replace(salt_length=integer(data[held.start : held.stop]))
            elif field.tag == 0xA3:
                found = found._replace(trailer=integer(data[held.start : held.stop]))
    except ValueError:
        return None
    return found


def read_public_key(data: bytes) -> PublicKey:
    """The subjectPublicKeyInfo whose encoding `data` is. DerError when it cannot be read."""
    defects = der.survey(data)
    sequence = der.expect(data, 0, len(data), der.SEQUENCE, "subjectPublicKeyInfo", [])
    parts = tuple(der.children(data, sequence.start, sequence.stop, []))
    if len(parts) != 2 or parts[1].tag != der.BIT_STRING or parts[1].start == parts[1].stop:
        raise der.DerError(0, "subjectPublicKeyInfo is not an algorithm and a BIT STRING")
    algorithm = ALGORITHMS.of(data[parts[0].at : parts[0].stop])
    begin = parts[1].start + 1
    bits = data[begin : parts[1].stop]
    if data[parts[1].start]:
        defects.append(Defect(parts[1].at, "a public key whose count of unused bits is not zero"))
    modulus_bits = exponent = 0
    if algorithm.oid == oids.RSA_ENCRYPTION:
        try:
            defects += [Defect(begin + offset, reason) for offset, reason in der.survey(bits)]
            modulus_bits, exponent, stop = _read_rsa_key(bits)
            if stop != len(bits):
                defects.append(Defect(begin + stop, f"{len(bits) - stop} octets after an RSA key"))
        except ValueError as error:
            offset = error.offset if isinstance(error, der.DerError) else 0
            defects.append(Defect(begin + offset, "an RSA key that is not a SEQUENCE of modulus and exponent"))
    return PublicKey(data, algorithm, bits, modulus_bits, exponent, named_curve(algorithm), tuple(defects))


def _read_rsa_key(bits: bytes) -> tuple[int, int, int]:
    """Bits of the modulus, exponent, and where the key stops."""
    sequence = der.expect(bits, 0, len(bits), der.SEQUENCE, "an RSA key", [])
    modulus, exponent = der.children(bits, sequence.start, sequence.stop, [])
    if (modulus.tag, exponent.tag) != (der.INTEGER, der.INTEGER):
        raise der.DerError(modulus.at, "an RSA key is not made of two INTEGERs")
    return (
        integer(bits[modulus.start : modulus.stop]).bit_length(),
        integer(bits[exponent.start : exponent.stop]),
        sequence.stop,
    )


def named_curve(algorithm: AlgorithmIdentifier) -> str:
    """The OID of the curve that an EC key's algorithm names; empty when it names none."""
    parameters = algorithm.parameters
    if algorithm.oid != oids.EC_PUBLIC_KEY or not parameters or parameters[0] != der.OBJECT_IDENTIFIER:
        return ""
    try:
        return oid(parameters[2:])
    except ValueError:
        return ""
