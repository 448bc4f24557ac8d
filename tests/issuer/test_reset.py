"""Unblocking keys: who gets which, when, and what the records say of it."""

from dataclasses import replace

import pytest

from dpc_conformance.reference.issuer.refusals import Refused
from dpc_conformance.reference.issuer.settings import RESET_PROFILE
from dpc_conformance.reference.issuer.unblocking import UnblockingKeys
from dpc_conformance.roles.reasons import Reason


@pytest.fixture
def grant(stage, card, phone):
    """The grant of an enrolment that came to its end."""
    stage.enrolled(card, phone)
    row = stage.parts.store.read().execute("SELECT hash FROM token").fetchone()
    found = stage.parts.store.read().execute(
        "SELECT token.*, sign_in.account, sign_in.piv_certificate, sign_in.verified_at"
        " FROM token JOIN sign_in ON sign_in.id=token.sign_in WHERE hash=?",
        (row["hash"],),
    )
    return stage.parts.grants._grant(found.fetchone())


def test_each_release_is_another_key_and_on_record(stage, grant):
    keys = stage.parts.unblocking
    first = keys.at_enrolment(grant)["unblocking_key"]
    assert keys.at_enrolment(grant)["unblocking_key"] == first
    released, again = keys.release(grant), keys.release(grant)
    assert released["unblocking_key"] == first
    assert again["unblocking_key"] == released["next_unblocking_key"] != first
    records = stage.decisions("reset")
    assert [(each.actor, each.outcome) for each in records] == [(grant.account, "accepted")] * 2
    assert not any(key in each.detail for each in records for key in (first, released["next_unblocking_key"]))


def test_each_phone_has_keys_of_its_own(stage, grant):
    other = replace(grant, device_id="another")
    keys = stage.parts.unblocking
    assert keys.at_enrolment(other) != keys.at_enrolment(grant)


def test_a_phone_without_a_credential_gets_none(stage, grant):
    other = replace(grant, device_id="another")
    stage.parts.unblocking.at_enrolment(other)
    with pytest.raises(Refused) as refused:
        stage.parts.unblocking.release(other)
    assert refused.value.refusal.reason is Reason.RESET_NOT_POSSIBLE


def test_an_issuer_that_resets_nothing_hands_out_nothing(stage, grant):
    parts = stage.parts
    settings = replace(parts.settings, resets_secrets=False)
    keys = UnblockingKeys(parts.store, parts.audit, parts.entropy, settings)
    assert keys.at_enrolment(grant) == {}


def test_a_code_for_a_reset_brings_no_credential(stage):
    assert stage.parts.settings.profile_of(RESET_PROFILE.caption).credentials == ()
    assert RESET_PROFILE not in stage.parts.settings.profiles
