"""Certificates of every kind that the reference's test PKI makes, for the judge that had no part in it."""

from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.clock import machine_now
from dpc_conformance.entropy import SeededEntropy, random_uuid
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.pki.hierarchy import TestPki as Pki
from dpc_conformance.reference.pki.keys import KeyPool, default_folder, ec_key

START = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
PERSON = "Alex Archer"
HOUR = timedelta(hours=1)
FASC_N = bytes(range(25))


def encoded(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


@cache
def pki() -> Pki:
    return Pki(START, machine_now(), SeededEntropy("judged"), KeyPool(default_folder()))


@cache
def certificates() -> dict[str, tuple[x509.Certificate, x509.Certificate]]:
    """One certificate of each kind with that of its CA."""
    entropy, made = SeededEntropy("judged subscribers"), pki()
    ours, theirs = made.derived_authority, made.piv_authority
    name, mail = naming.directory_name(PERSON), "alex@agency.example"
    keys = {one: ec_key(entropy, ec.SECP256R1()).public_key() for one in ("9a", "9e", "9c", "auth", "sig", "km")}
    card, phone = random_uuid(entropy), random_uuid(entropy)
    builders = {
        "piv-authentication": (
            theirs,
            profiles.piv_authentication(theirs, name, keys["9a"], card, FASC_N, START, entropy),
        ),
        "card-authentication": (
            theirs,
            profiles.card_authentication(theirs, keys["9e"], card, FASC_N, START, entropy),
        ),
        "derived-authentication": (
            ours,
            profiles.derived_authentication(ours, name, keys["auth"], phone, START, entropy),
        ),
        "signature": (ours, profiles.derived_signature(ours, name, keys["sig"], mail, START, entropy)),
        "key-management": (ours, profiles.derived_key_management(ours, name, keys["km"], mail, START, entropy)),
    }
    signed = {kind: (by.sign(builder), by.certificate) for kind, (by, builder) in builders.items()}
    signed["content-signing"] = (made.content_signer.certificate, theirs.certificate)
    signed["ocsp-responder"] = (made.ocsp_responder_of(ours).certificate, ours.certificate)
    return signed
