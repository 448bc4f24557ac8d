"""A test PKI, made once for these tests."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SeededEntropy, random_uuid
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, default_folder, ec_key
from dpc_conformance.reference.pki.status import StatusService

START = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
FASC_N = bytes(range(25))


@pytest.fixture(scope="session")
def pool():
    return KeyPool(default_folder())


@pytest.fixture(scope="session")
def pki(pool):
    return TestPki(START, machine_now(), SeededEntropy("pki"), pool)


@pytest.fixture
def clock():
    return RunClock(START)


@pytest.fixture
def status(pki, clock):
    return StatusService(pki, clock, SeededEntropy("status"))


@pytest.fixture(scope="session")
def subscribers(pki, pool):
    """One certificate of each kind."""
    entropy = SeededEntropy("subscribers")
    name = naming.directory_name("Alex Archer")
    ours, theirs = pki.derived_authority, pki.piv_authority
    rsa, card, phone = pool.scenario().rsa(2048, entropy), random_uuid(entropy), random_uuid(entropy)
    ec_public, rsa_public = ec_key(entropy, ec.SECP256R1()).public_key(), rsa.public_key()
    mail, upn = "alex@agency.example", "alex@agency.example"
    builders = {
        "piv_authentication": (
            theirs,
            profiles.piv_authentication(theirs, name, rsa_public, card, FASC_N, START, entropy, upn=upn),
        ),
        "card_authentication": (
            theirs,
            profiles.card_authentication(theirs, ec_public, card, FASC_N, START, entropy),
        ),
        "piv_signature": (theirs, profiles.piv_signature(theirs, name, ec_public, mail, START, entropy)),
        "piv_key_management": (theirs, profiles.piv_key_management(theirs, name, rsa_public, mail, START, entropy)),
        "derived_authentication": (
            ours,
            profiles.derived_authentication(ours, name, ec_public, phone, START, entropy, upn=upn),
        ),
        "derived_signature": (ours, profiles.derived_signature(ours, name, ec_public, mail, START, entropy)),
        "derived_key_management": (
            ours,
            profiles.derived_key_management(ours, name, ec_public, mail, START, entropy),
        ),
    }
    made = {kind: authority.sign(builder) for kind, (authority, builder) in builders.items()}
    return SimpleNamespace(**made, all=made, card_uuid=card, phone_uuid=phone)
