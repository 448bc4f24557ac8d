"""Who signed content in FIPS 201-1 days: a key of the hardware policy, as content signing had none of its own."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.card.judge import judge_card
from dpc_conformance.checks.finding import Outcome
from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.formats import containers, oids
from dpc_conformance.formats.chuid import Chuid
from dpc_conformance.reference.card import card_data, image
from dpc_conformance.reference.card.content_signing import ContentSigner
from dpc_conformance.reference.pki import naming, profiles
from dpc_conformance.reference.pki.authority import Identity
from dpc_conformance.reference.pki.keys import ec_key

NOW = datetime(2027, 3, 1, tzinfo=UTC)
WITHOUT_ANCHORS = CardContext(datetime(2020, 6, 1, tzinfo=UTC), test_pki=True)


@pytest.fixture
def signed_as_of_old(icam_cards, pki):
    """A card of the manifest whose CHUID was signed by somebody with the hardware policy."""

    def signed(name):
        card = image.load(icam_cards / name).card
        key = ec_key(SeededEntropy("signer of old"), ec.SECP256R1())
        profile = replace(profiles.CONTENT_SIGNING, policies=(oids.TEST_HARDWARE,))
        subject = naming.directory_name("Signer of old")
        builder = profile.builder(
            pki.piv_authority, subject, key.public_key(), [], NOW, SeededEntropy("its certificate"), None
        )
        signer = ContentSigner(Identity(pki.piv_authority.sign(builder), key), NOW)
        old = Chuid.from_bytes(card.application.objects.content(containers.CHUID))
        new = card_data.chuid(old.fasc_n_bytes, old.guid, old.expiration, signer)
        card.application.objects.put(containers.CHUID, new)
        return card

    return signed


@pytest.mark.parametrize(
    ("name", "where"),
    [("01_Golden_PIV", "content signer's notAfter"), ("46_Golden_FIPS_201-2_PIV", "content signer's policies")],
    ids=["a card of FIPS 201-1", "a card of FIPS 201-2"],
)
def test_the_hardware_policy_will_do_until_fips_201_2(signed_as_of_old, read, name, where):
    reading = read(signed_as_of_old(name), "123456")
    made = {each.requirement: each for each in judge_card(reading, WITHOUT_ANCHORS)}
    assert made["PIV-SRC-CHUID-05"].outcome is Outcome.HOLDS
    # The PKI of the tests ends before these cards do: that is an error, a policy of their days is none.
    assert made["PIV-SRC-CHUID-06"].where == where
