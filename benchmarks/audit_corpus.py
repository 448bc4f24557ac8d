"""Makes a population of certificates to measure with: mixed profiles and keys, a known share of them with a defect.

python benchmarks/audit_corpus.py corpus.parquet --certificates 20000 --seed 1 [--signed] [--own-keys]
"""

import argparse
import random
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from dpc_conformance.faults.certificates import names, other_kinds
from dpc_conformance.faults.certificates.encoding import bits, boolean, integer, null, oid, sequence
from dpc_conformance.faults.certificates.material import (
    ASSERTED,
    NOT_BEFORE,
    ROOT,
    ROOT_NAME,
    authority_key,
    ca_template,
    crl,
    good,
    purposes,
    root_template,
    with_key,
)
from dpc_conformance.faults.certificates.signers import ECDSA_SHA256, RSA_SHA256, Signer, spki
from dpc_conformance.faults.certificates.template import Template
from dpc_conformance.formats import oids

GIVEN = ("Alex", "Blair", "Casey", "Devon", "Ellis", "Finley", "Gray", "Harper", "Jules", "Kai", "Logan", "Morgan")
SURNAMES = ("Abara", "Brandt", "Castro", "Dimov", "Eklund", "Farah", "Greco", "Hansen", "Ito", "Jansen", "Kowal")
CA_NAMES = (names.authority("Benchmark CA 1"), names.authority("Benchmark CA 2"))
MORE_POLICIES = (oids.COMMON_AUTHENTICATION, oids.COMMON_CARD_AUTH, oids.COMMON_POLICY)
DEFECTIVE = 0.05
DEFECTS: tuple[Callable[[Template], Template], ...] = (
    lambda one: one.with_value(oids.EXTENDED_KEY_USAGE, purposes(oids.CODE_SIGNING)),
    lambda one: one.with_criticality(oids.CERTIFICATE_POLICIES),
    lambda one: replace(one, serial=integer(77)),
    lambda one: one.without(oids.CRL_DISTRIBUTION_POINTS),
    lambda one: one.without(oids.AUTHORITY_INFORMATION_ACCESS),
    lambda one: one.lasting(NOT_BEFORE, NOT_BEFORE + timedelta(days=2000)),
    lambda one: one.with_value(oids.KEY_USAGE, bits(b"\xfe", 1)),
    lambda one: one.with_criticality(oids.EXTENDED_KEY_USAGE, boolean(False)),
    lambda one: one.with_value(oids.SUBJECT_KEY_IDENTIFIER, b"\x04\x03abc"),
    lambda one: one.adding("1.2.3.4", b"\x05\x00", boolean(True)),
)


def _authority(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, signed: bool) -> Signer:
    if isinstance(key, rsa.RSAPrivateKey):
        filler = bytes(range(256))
        sign = lambda tbs: key.sign(tbs, padding.PKCS1v15(), hashes.SHA256()) if signed else filler  # noqa: E731
        return Signer(RSA_SHA256, sign, spki(key))
    filler = sequence(integer(1 << 250 | 1), integer(1 << 251 | 1))
    sign = lambda tbs: key.sign(tbs, ec.ECDSA(hashes.SHA256())) if signed else filler  # noqa: E731
    return Signer(ECDSA_SHA256, sign, spki(key))


class Population:
    """Certificates one after the other, the same for the same seed but for keys and signatures.

    `signed` makes real signatures, `own_keys` gives each certificate a subject key that no other one has.
    """

    def __init__(self, seed: int, signed: bool = False, own_keys: bool = False) -> None:
        self._random = random.Random(seed)
        self._own_keys = own_keys
        ca_key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
        self.authorities: list[Signer] = []
        for kind in ("rsa", "ec"):
            ca_key = rsa.generate_private_key(65537, 2048) if kind == "rsa" else ec.generate_private_key(ec.SECP256R1())
            self.authorities.append(_authority(ca_key, signed))
        self._rsa = [spki(rsa.generate_private_key(65537, 2048)) for _ in range(8)]
        self._ec = [spki(ec.generate_private_key(ec.SECP256R1())) for _ in range(64)]

    def authority_certificates(self) -> list[bytes]:
        """The certificates of the two CAs."""
        asserted = (*ASSERTED, *MORE_POLICIES)
        made = ((number, ca_template(signer, asserted)) for number, signer in enumerate(self.authorities))
        return [replace(one, serial=integer(0x30000 + n), subject=CA_NAMES[n]).signed() for n, one in made]

    def evidence(self) -> dict[str, bytes]:
        """Certificates and CRLs by the names of files: the CAs, the root, and their CRLs with 100 entries."""
        made = {f"ca{number}.cer": der for number, der in enumerate(self.authority_certificates())}
        serials = [self._random.getrandbits(125) for _ in range(100)]
        lists = [crl(signer, name, *serials) for signer, name in zip(self.authorities, CA_NAMES, strict=True)]
        made |= {f"crl{number}.crl": der for number, der in enumerate((*lists, crl(ROOT, ROOT_NAME)))}
        return {**made, "root.cer": root_template().signed()}

    def _rsa_key(self) -> bytes:
        if not self._own_keys:
            return self._random.choice(self._rsa)
        modulus = self._random.getrandbits(2048) | 1 << 2047 | 1  # no key anybody could use, but one that can be read
        return sequence(sequence(oid(oids.RSA_ENCRYPTION), null()), bits(sequence(integer(modulus), integer(65537))))

    def _ec_key(self) -> bytes:
        return spki(ec.generate_private_key(ec.SECP256R1())) if self._own_keys else self._random.choice(self._ec)

    def certificates(self, count: int) -> Iterator[tuple[bytes, bool]]:
        """(DER, whether a defect was planted), so many times."""
        for number in range(count):
            template = self._template(number)
            broken = self._random.random() < DEFECTIVE
            yield (self._random.choice(DEFECTS)(template) if broken else template).signed(), broken

    def _template(self, number: int) -> Template:
        dice = self._random
        number_of_ca = dice.randrange(2)
        signer = self.authorities[number_of_ca]
        kind = dice.choices(
            ("derived", "hardware", "piv", "signature", "management", "card"), (40, 10, 20, 10, 10, 10)
        )[0]
        use_rsa = dice.random() < 0.6
        key = self._rsa_key() if use_rsa else self._ec_key()
        holder = f"{dice.choice(GIVEN)} {chr(65 + number % 26)}. {dice.choice(SURNAMES)}"
        identity = names.urn(str(uuid.UUID(int=dice.getrandbits(128), version=4)))
        address = names.mail(f"holder{number}@dpc.example")
        fasc_n = names.fasc_n(b"\xd4" + dice.randbytes(24))
        subject = names.person(holder)
        if kind in ("derived", "hardware"):
            policy = oids.DERIVED_PIV_AUTH if kind == "derived" else oids.DERIVED_PIV_AUTH_HARDWARE
            template = good(policy=policy).with_value(oids.SUBJECT_ALT_NAME, sequence(identity))
        elif kind == "piv":
            template = other_kinds.piv_authentication().with_value(oids.SUBJECT_ALT_NAME, sequence(fasc_n, identity))
        elif kind == "signature":
            template = other_kinds.signature().with_value(oids.SUBJECT_ALT_NAME, sequence(address))
        elif kind == "management":
            template = other_kinds.rsa_key_management() if use_rsa else other_kinds.key_management()
            template = template.with_value(oids.SUBJECT_ALT_NAME, sequence(address))
        else:
            template = other_kinds.card_authentication().with_value(oids.SUBJECT_ALT_NAME, sequence(fasc_n, identity))
            subject = template.subject
        begin = NOT_BEFORE - timedelta(seconds=dice.randrange(1000 * 86400))
        serial = integer(dice.getrandbits(126) | 1 << 126)
        template = with_key(template, key).lasting(begin, begin + timedelta(days=1095))
        template = template.with_value(oids.AUTHORITY_KEY_IDENTIFIER, authority_key(signer.key_identifier))
        return replace(template, serial=serial, signer=signer, issuer=CA_NAMES[number_of_ca], subject=subject)


def write(path: Path, population: Population, count: int, group: int = 2000) -> int:
    """Write a Parquet file with a column `der`; returns how many certificates have a defect."""
    import pyarrow
    import pyarrow.parquet

    schema = pyarrow.schema([("der", pyarrow.binary())])
    broken, rows = 0, []
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for number, (der, defect) in enumerate(population.certificates(count), 1):
            rows.append(der)
            broken += defect
            if number % group == 0 or number == count:
                writer.write_table(pyarrow.Table.from_arrays([pyarrow.array(rows, pyarrow.binary())], schema=schema))
                rows = []
    return broken


def main() -> None:
    """Make a corpus as a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--certificates", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--signed", action="store_true", help="real signatures of the CAs")
    parser.add_argument("--own-keys", action="store_true", help="a subject key for each certificate")
    asked = parser.parse_args()
    population = Population(asked.seed, asked.signed, asked.own_keys)
    broken = write(asked.path, population, asked.certificates)
    for name, der in population.evidence().items():
        asked.path.with_suffix(f".{name}").write_bytes(der)
    print(f"{asked.certificates} certificates, {broken} with a planted defect: {asked.path}")  # noqa: T201


if __name__ == "__main__":
    main()
