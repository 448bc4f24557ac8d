"""Nothing is called installed that does not fit the key on the phone and lead to the deployed root."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import SeededEntropy, random_uuid
from dpc_conformance.reference.phone.installation import InstallationCheck, NotInstallable
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.pki.keys import ec_key

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    return RunClock(START)


@pytest.fixture
def key():
    return ec_key(SeededEntropy("installation"), ec.SECP256R1())


@pytest.fixture
def certificate(pki, key):
    """A derived certificate for the key by that authority."""

    def make(authority):
        entropy = SeededEntropy("certificate")
        name = naming.directory_name("Alex Archer")
        builder = profiles.derived_authentication(
            authority, name, key.public_key(), random_uuid(entropy), START, entropy
        )
        return authority.sign(builder)

    return make


def test_the_chain_goes_up_to_but_not_with_the_root(pki, clock, key, certificate):
    arrived = certificate(pki.derived_authority)
    others = [pki.trust_anchor, pki.derived_authority.certificate, pki.intermediate.certificate]
    chain = InstallationCheck(clock).chain(arrived, key, others, [pki.trust_anchor])
    assert chain == (arrived, pki.derived_authority.certificate, pki.intermediate.certificate)


def test_a_certificate_for_another_key_is_refused(pki, clock, certificate):
    other = ec_key(SeededEntropy("other"), ec.SECP256R1())
    with pytest.raises(NotInstallable, match="does not belong to the key"):
        InstallationCheck(clock).chain(
            certificate(pki.derived_authority), other, pki.intermediates(), [pki.trust_anchor]
        )


@pytest.mark.parametrize("spoiled", ["no root", "no intermediate", "foreign authority", "not yet valid"])
def test_a_certificate_without_a_path_is_refused(pki, clock, key, certificate, spoiled):
    roots, others, authority = [pki.trust_anchor], pki.intermediates(), pki.derived_authority
    if spoiled == "no root":
        roots = pki.tls_roots
    elif spoiled == "no intermediate":
        others = []
    elif spoiled == "foreign authority":
        authority = pki.foreign_authority
    else:
        clock = RunClock(START - timedelta(days=2))
    with pytest.raises(NotInstallable, match="root"):
        InstallationCheck(clock).chain(certificate(authority), key, others, roots)
