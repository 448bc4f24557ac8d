"""A kiosk that reads the card sees what TLS does not: PIV Cards that nobody in this project made, at 2020-06-01."""

import tomllib
from datetime import UTC, datetime

import pytest

from dpc_conformance.adapters.registry import adapters_of
from dpc_conformance.casting import Stage
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.target import TargetError, load_target

TARGET = """
name = "A card nobody here made"
[roles.card]
adapter = "image"
folder = "{cards}/{card}"
pin = "246813"
trust = "{cards}/CA"
crls = "{cards}/crls"
policies = {policies}
[roles.issuer]
adapter = "reference"
reads_card = {reads}
"""
POLICIES = ("2.16.840.1.101.3.2.1.48.11", "2.16.840.1.101.3.2.1.48.86")
TO_THE_QR_CODE = ("Request my ID", "I accept the subscriber obligations", "Activate with a mobile credential")
WITHOUT_A_REASON_IN_THE_MANIFEST = {"38_Bad_Hash_in_Sec_Object": "security-object"}


@pytest.fixture
def manifest(icam_cards):
    return tomllib.loads((icam_cards / "manifest.toml").read_text())["cards"]


@pytest.fixture(scope="module")
def stage():
    """One stage for all cards: each scene brings the card, its trust and its issuer."""
    opened = Stage(load_target(), datetime(2020, 6, 1, tzinfo=UTC), "reading kiosk")
    yield opened
    opened.close()


@pytest.fixture
def at_the_kiosk(stage, icam_cards, tmp_path):
    """Brings a card to the kiosk: how the sign-in ended, the refusals on record, and whether a QR code was shown."""
    # Not before: other tests register this module with pytest, which has to see it first.
    from dpc_conformance.fixtures.outcome import attempted

    def bring(card, reads, policies=POLICIES):
        file = tmp_path / f"{card}-{reads}.toml"
        file.write_text(TARGET.format(cards=icam_cards, card=card, reads=str(reads).lower(), policies=list(policies)))
        with stage.scene(Recorder(), file.name, adapters_of(load_target(file))) as cast:
            browser = cast.workstation
            browser.browse(cast.issuer.kiosk_address)
            outcome = attempted(lambda: browser.sign_in_with_card(cast.pin))
            shown = not outcome.refused and [browser.choose(caption) for caption in TO_THE_QR_CODE][-1].pictures
            refusals = [(each.action, each.reason) for each in cast.issuer.audit() if each.outcome == "refused"]
            return outcome, refusals, bool(shown)

    return bring


def test_every_card_ends_at_the_reading_kiosk_as_its_manifest_says(at_the_kiosk, manifest):
    ends, expected = {}, {}
    for card, said in manifest.items():
        outcome, refusals, shown = at_the_kiosk(card, reads=True)
        ends[card] = (refusals, shown)
        action = "read-card" if said["signin"] else "sign-in"
        reason = said.get("reason", WITHOUT_A_REASON_IN_THE_MANIFEST.get(card))
        good = said["signin"] and said["card"]
        expected[card] = ([], True) if good else ([(action, reason)], False)
        assert outcome.refused is not good
    assert ends == expected


def test_what_tls_does_not_see_gets_through_where_the_kiosk_does_not_read(at_the_kiosk, manifest):
    unseen = [card for card, said in manifest.items() if said["signin"] and not said["card"]]
    assert len(unseen) > 3
    assert {card: at_the_kiosk(card, reads=False)[1:] for card in unseen} == dict.fromkeys(unseen, ([], True))


def test_the_person_is_told_in_words(at_the_kiosk):
    outcome, _, _ = at_the_kiosk("14_Expired_CHUID", reads=True)
    assert outcome.screen.status == 403
    assert "Your card has expired" in outcome.screen.text
    assert "chuid" not in outcome.screen.text


def test_a_content_signer_under_a_policy_that_nobody_accepts_is_refused(at_the_kiosk):
    outcome, refusals, _ = at_the_kiosk("46_Golden_FIPS_201-2_PIV", reads=True, policies=POLICIES[:1])
    assert outcome.refused
    assert refusals == [("read-card", "chuid-signer")]


def test_a_misspelled_setting_is_named(tmp_path):
    file = tmp_path / "my.toml"
    file.write_text('name = "x"\n[roles.issuer]\nadapter = "reference"\nread_card = true\n')
    with pytest.raises(TargetError, match=r"roles\.issuer\.read_card: expected a known key; did you mean reads_card\?"):
        adapters_of(load_target(file))
