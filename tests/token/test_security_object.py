"""The Security Object of tokens: changed before it is read, and beside what OpenSSL says."""

import shutil
import subprocess
from dataclasses import dataclass

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.checks.finding import Outcome
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.formats import ber, containers
from dpc_conformance.reference.card import card_data
from dpc_conformance.reference.card.content_signing import ContentSigner
from dpc_conformance.reference.card.wire import objects_in, tlv
from dpc_conformance.reference.pki import profiles
from dpc_conformance.reference.pki.authority import Identity


def sealed(mapping=None, signed=None, end=card_data.END):
    """A change: the Security Object in new parts."""

    def change(token):
        held = objects_in(token.application.objects.content(containers.SECURITY_OBJECT))
        parts = tlv(b"\xba", mapping or held[b"\xba"]) + tlv(b"\xbb", signed or held[b"\xbb"]) + end
        token.application.objects.put(containers.SECURITY_OBJECT, parts)

    return change


def not_listed(token):
    held = {containers.KEY_HISTORY: token.application.objects.content(containers.KEY_HISTORY)}
    made = card_data.security_object(held, token.signer, with_certificate=True)
    token.application.objects.put(containers.SECURITY_OBJECT, made)


def whole_discovery(token):
    objects = token.application.objects
    held = {
        containers.DISCOVERY: objects.stored[containers.DISCOVERY.tag],
        containers.KEY_HISTORY: objects.content(containers.KEY_HISTORY),
    }
    objects.put(containers.SECURITY_OBJECT, card_data.security_object(held, token.signer, with_certificate=True))


SECURITY_OBJECTS = {
    "no FE": (sealed(end=b""), {"DPC-APP-SO-02"}),
    "FE with a value": (sealed(end=tlv(b"\xfe", b"\0")), {"DPC-APP-SO-02"}),
    "a mapping of four bytes": (sealed(mapping=bytes(4)), {"DPC-APP-SO-02"}),
    "one data group twice": (sealed(mapping=bytes.fromhex("016050016060")), {"DPC-APP-SO-02", "DPC-APP-SO-04"}),
    "no mapping of the Key History": (sealed(mapping=bytes.fromhex("016050")), {"DPC-APP-SO-02", "DPC-APP-SO-04"}),
    "containers in each other's data group": (sealed(mapping=bytes.fromhex("016060026050")), {"DPC-APP-SO-04"}),
    "no CMS": (sealed(signed=b"0\0"), {"DPC-APP-SO-02"}),
    "Discovery is not listed": (not_listed, {"DPC-APP-SO-04"}),
    "Discovery is hashed as a whole": (whole_discovery, set()),
}


@pytest.mark.parametrize("name", SECURITY_OBJECTS)
def test_security_object(tokens, name):
    change, expected = SECURITY_OBJECTS[name]
    assert tokens.found(tokens.read(change)) == expected


def test_without_anchor_or_crl_the_signer_cannot_be_told(tokens, good):
    for missing in ({"trust_anchors": ()}, {"crls": ()}):
        assert tokens.judged(good, **missing)["DPC-APP-SO-05"].outcome is Outcome.CANNOT_TELL


def test_a_signer_outside_its_dates(tokens, good):
    later = tokens.pki.content_signer.certificate.not_valid_after_utc.replace(year=2045)
    assert tokens.found(good, moment=later) == {"DPC-APP-SO-05"}


@pytest.mark.parametrize("bits", [2048, 3072])
def test_an_rsa_signer(tokens, bits):
    authority, known = tokens.pki.piv_authority, tokens.pki.content_signer.certificate
    key = tokens.pool.scenario().rsa(bits, SeededEntropy("RSA content signer"))
    builder = profiles.content_signing(
        authority,
        known.subject,
        key.public_key(),
        known.not_valid_before_utc,
        SeededEntropy("its certificate"),
        no_later_than=known.not_valid_after_utc,
    )

    def change(token):
        token.signer = ContentSigner(Identity(authority.sign(builder), key), token.signer.now)
        token.seal()

    judged = tokens.judged(tokens.read(change))
    assert {judged[each].outcome for each in ("DPC-CRY-SIG-02", "DPC-APP-SO-03", "DPC-APP-SO-05")} == {Outcome.HOLDS}


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
@pytest.mark.parametrize("flipped", [False, True], ids=["as it is", "one bit changed"])
def test_openssl_comes_to_the_same_verdict_on_the_signature(tokens, tmp_path, flipped):
    def change(token):
        held = objects_in(token.application.objects.content(containers.SECURITY_OBJECT))
        last = held[b"\xbb"][-1] ^ flipped
        sealed(signed=held[b"\xbb"][:-1] + bytes([last]))(token)

    reading, file = tokens.read(change), tmp_path / "signed.der"
    file.write_bytes(objects_in(reading.content(containers.SECURITY_OBJECT))[b"\xbb"])
    command = ["openssl", "cms", "-verify", "-inform", "DER", "-in", str(file), "-noverify", "-out", "/dev/null"]
    accepted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert accepted is not flipped
    assert tokens.found(reading) == ({"DPC-APP-SO-05"} if flipped else set())


@dataclass(frozen=True)
class Hashing(ContentSigner):
    """Signs with another hash than the one that goes with its curve."""

    @property
    def hash_name(self):
        return "sha384"

    def _sign(self, message):
        return self.identity.key.sign(message, ec.ECDSA(hashes.SHA384()))


def test_a_p256_signer_takes_sha_256(tokens):
    def change(token):
        token.signer = Hashing(token.signer.identity, token.signer.now)
        token.seal()

    assert tokens.found(tokens.read(change)) == {"DPC-CRY-SIG-01"}


@pytest.mark.parametrize("right_one", ["first", "last"])
def test_every_hash_of_an_object_is_right(tokens, right_one):
    """Discovery in two data groups: software that looks at the wrong one refuses the token."""

    def change(token):
        objects = token.application.objects
        discovery = objects.content(containers.DISCOVERY)
        held = {
            containers.DISCOVERY: discovery if right_one == "first" else b"another",
            containers.KEY_HISTORY: objects.content(containers.KEY_HISTORY),
            containers.CCC: b"another" if right_one == "first" else discovery,
        }
        made = card_data.security_object(held, token.signer, with_certificate=True)
        ccc, own = (each.container_id.to_bytes(2, "big") for each in (containers.CCC, containers.DISCOVERY))
        objects.put(containers.SECURITY_OBJECT, made.replace(b"\x03" + ccc, b"\x03" + own))

    assert tokens.found(tokens.read(change)) == {"DPC-APP-SO-04"}


def beside(token, change):
    """Change the DER of the signer's certificate in the Security Object."""
    held = objects_in(token.application.objects.content(containers.SECURITY_OBJECT))[b"\xbb"]
    der = token.signer.identity.certificate.public_bytes(Encoding.DER)
    assert der in held
    sealed(signed=held.replace(der, change(der)))(token)


def with_unused_bits(der):
    """The last bit of the signature counts no more: readers that drop unused bits verify it where that is 0."""
    signature = ber.Tlv.from_bytes(der).children()[2].value
    return der[: -len(signature)] + b"\x01" + signature[1:]


FORGED = {
    "another last octet": lambda der: der[:-1] + bytes([der[-1] ^ 1]),
    "unused bits": with_unused_bits,
    "both": lambda der: with_unused_bits(der[:-1] + bytes([der[-1] ^ 1])),
}


@pytest.mark.parametrize("known", [{}, {"crls": ()}], ids=["with CRLs", "without"])
@pytest.mark.parametrize("name", FORGED)
def test_a_signer_whom_no_ca_certified_is_found_whatever_else_is_known(tokens, name, known):
    reading = tokens.read(lambda token: beside(token, FORGED[name]))
    assert tokens.found(reading, **known) == {"DPC-APP-SO-05"}


@dataclass(frozen=True)
class Listing(ContentSigner):
    """Signs an LDSSecurityObject of another version, with what stands behind its hashes."""

    version: int = 0
    more: bytes = b""

    def enveloping(self, kind, content, certificate=False):
        _, *fields = ber.Tlv.from_bytes(content).children()
        made = tlv(b"\x02", bytes([self.version])) + b"".join(map(bytes, fields)) + self.more
        return super().enveloping(kind, tlv(b"\x30", made), certificate)


VERSION_INFO = tlv(b"\x30", tlv(b"\x13", b"0108") + tlv(b"\x13", b"040000"))
LISTS = {
    "version 0": (0, b"", set()),
    "version 1 with the versions of LDS and Unicode": (1, VERSION_INFO, set()),
    "version 7": (7, b"", {"DPC-APP-SO-02"}),
    "version 0 with what only version 1 has": (0, VERSION_INFO, {"DPC-APP-SO-02"}),
    "version 1 without them": (1, b"", set()),
    "version 1 with more than them": (1, 2 * VERSION_INFO, {"DPC-APP-SO-02"}),
}


@pytest.mark.parametrize("name", LISTS)
def test_the_list_of_hashes_is_one_of_icao(tokens, name):
    version, more, expected = LISTS[name]

    def change(token):
        token.signer = Listing(token.signer.identity, token.signer.now, version=version, more=more)
        token.seal()

    assert tokens.found(tokens.read(change)) == expected
