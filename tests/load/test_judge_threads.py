"""Many connections at once ask the judge of certificates, which has just been made."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.entropy import SystemEntropy, random_uuid
from dpc_conformance.formats import oids
from dpc_conformance.reference.issuer.path_judge import PathJudge
from dpc_conformance.reference.issuer.status_source import StatusInformation
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.keys import KeyPool, default_folder
from dpc_conformance.roles.reasons import Reason

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROUNDS, THREADS = 20, 8


class NoStatus:
    """Answers nothing, so that the judge comes to the end of its path and no further."""

    def status_of(self, _):
        return StatusInformation()


@pytest.fixture
def threads_change_often():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def judge_and_cards(entropy):
    """A judge of authorities that nobody has looked at yet, and cards of theirs."""
    pki = TestPki(START, machine_now(), entropy, KeyPool(default_folder()))
    public_key = ec.generate_private_key(ec.SECP256R1()).public_key()

    def card(number):
        name, uuid, fasc_n = naming.directory_name(f"Person {number}"), random_uuid(entropy), entropy.bytes(25)
        plan = (pki.piv_authority, name, public_key, uuid, fasc_n, START, entropy)
        return pki.piv_authority.sign(profiles.piv_authentication(*plan))

    policies = frozenset({oids.COMMON_AUTHENTICATION})
    judge = PathJudge([pki.trust_anchor], pki.intermediates(), policies, NoStatus(), RunClock(START))
    return judge, [card(number) for number in range(THREADS)]


def test_they_all_get_the_same_answer(threads_change_often):
    with ThreadPoolExecutor(THREADS) as pool:
        for _ in range(ROUNDS):
            judge, cards = judge_and_cards(SystemEntropy())
            refusals = list(pool.map(judge.judge, cards))
            assert {refusal.reason for refusal in refusals} == {Reason.STATUS_UNAVAILABLE}
