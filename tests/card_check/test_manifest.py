"""Every card of the ICAM manifest yields its verdict, for its reason: cards that nobody of this project made."""

import tomllib
from dataclasses import replace

import pytest

from dpc_conformance.checks.card.judge import judge_card
from dpc_conformance.checks.finding import Outcome
from dpc_conformance.reference.card import image

PROVED_BY = {
    "policy": {"PIV-SRC-AUTHCERT-01", "PIV-SRC-CARDAUTH-01", "PIV-SRC-CHUID-06", "PIV-SRC-CHUID-04"},
    "chuid-signature": {
        "PIV-SRC-CHUID-05",
        "PIV-SRC-CHUID-02",  # its FASC-N has broken parity besides,
        "PIV-SRC-CHUID-07",  # is that of no certificate
        "PIV-SRC-BIO-01",  # and of no biometric,
        "PIV-SRC-SO-02",  # and the Security Object has another hash
    },
    "certificate-signature": {"PIV-SRC-AUTHCERT-01", "PIV-SRC-CARDAUTH-01"},
    "path-expired": {"PIV-SRC-AUTHCERT-01", "PIV-SRC-CARDAUTH-01"},
    "not-yet-valid": {"PIV-SRC-AUTHCERT-01", "PIV-SRC-CARDAUTH-01"},
    "expired": {"PIV-SRC-AUTHCERT-01", "PIV-SRC-CARDAUTH-01"},
    "chuid-expired": {"PIV-SRC-CHUID-03", "PIV-SRC-AUTHCERT-01", "PIV-SRC-CARDAUTH-01"},
    "fascn-mismatch": {"PIV-SRC-CHUID-07"},
    "challenge-response": {"PIV-SRC-AUTHCERT-02", "PIV-SRC-CARDAUTH-02"},
    "none given": {"PIV-SRC-SO-02"},
}
"""The exact errors for each reason of the manifest; the one bad card without a reason has a wrong hash."""
WORDS = {
    "certificate-signature": ("PIV-SRC-AUTHCERT-01", "none of 4 keys of that name made"),
    "path-expired": ("PIV-SRC-AUTHCERT-01", "expired 2013-01-31"),
    "not-yet-valid": ("PIV-SRC-AUTHCERT-01", "2030-03-21"),
    "expired": ("PIV-SRC-AUTHCERT-01", "2014-03-25"),
    "policy": ("PIV-SRC-AUTHCERT-01", "2.16.840.1.101.3.2.1.48.248"),
    "none given": ("PIV-SRC-SO-02", "Printed Information"),
}
"""What the finding must say where several reasons break the same requirement."""


@pytest.fixture(scope="module")
def cards(icam_cards):
    return tomllib.loads((icam_cards / "manifest.toml").read_text())["cards"]


@pytest.fixture(scope="module")
def readings(icam_cards, cards, read):
    loaded = {name: image.load(icam_cards / name) for name in cards}
    return {name: read(each.card, each.pin) for name, each in loaded.items()}


def test_every_card_yields_its_verdict_for_its_reason(cards, readings, icam_context, found_on):
    assert len(cards) == 18
    for name, expected in cards.items():
        found = found_on(readings[name], icam_context, "error")
        assert (not found) is expected["card"], f"{name}: {[str(each) for each in found.values()]}"
        if found:
            reason = expected.get("reason", "none given")
            assert set(found) == PROVED_BY[reason], name
            requirement, words = WORDS.get(reason, ("", ""))
            assert words in str(found.get(requirement, "")), name


def test_nothing_about_a_golden_card_is_left_open_but_what_only_wrong_pins_tell(cards, readings, icam_context):
    for name, expected in cards.items():
        if expected["card"]:
            made = judge_card(readings[name], icam_context)
            assert {each.requirement for each in made if each.outcome is Outcome.CANNOT_TELL} == {
                "PIV-SRC-AUTHCERT-04"
            }, name


def test_a_card_of_fips_201_1_days_is_warned_where_its_uuids_are_missing(readings, icam_context, found_on):
    warned = found_on(readings["01_Golden_PIV"], icam_context, "warning")
    assert {"PIV-SRC-AUTHCERT-01", "PIV-SRC-CARDAUTH-01", "PIV-SRC-CHUID-04"} <= set(warned)
    assert "since FIPS 201-2" in warned["PIV-SRC-CHUID-04"].expected


def test_without_anchors_or_status_no_path_is_told_and_none_passes(readings, icam_context):
    golden = readings["46_Golden_FIPS_201-2_PIV"]
    for left in (replace(icam_context, trust_anchors=()), replace(icam_context, crls=())):
        open_ones = {each.requirement for each in judge_card(golden, left) if each.outcome is Outcome.CANNOT_TELL}
        assert {"PIV-SRC-AUTHCERT-01", "PIV-SRC-CARDAUTH-01", "PIV-SRC-CHUID-06"} <= open_ones


def test_a_forged_certificate_is_found_also_where_no_status_is_known(readings, icam_context, found_on):
    found = found_on(readings["05_Tampered_Certificates"], replace(icam_context, crls=()), "error")
    assert set(found) == {"PIV-SRC-AUTHCERT-01", "PIV-SRC-CARDAUTH-01"}


def test_without_the_pin_what_stands_behind_it_is_open(icam_cards, read, icam_context):
    made = judge_card(read(image.load(icam_cards / "46_Golden_FIPS_201-2_PIV").card), icam_context)
    open_ones = {each.requirement for each in made if each.outcome is Outcome.CANNOT_TELL}
    behind_it = {"PIV-SRC-BIO-01", "PIV-SRC-CHUID-07", "PIV-SRC-SO-02", "PIV-SRC-AUTHCERT-02", "PIV-SRC-SIGCERT-01"}
    assert open_ones == {*behind_it, "PIV-SRC-AUTHCERT-04"}
