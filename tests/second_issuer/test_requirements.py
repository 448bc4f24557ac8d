"""The second issuer conforms where it should, and each seeded flaw is found under the right requirements."""

import pytest

JOURNEY = "features/journey"
STORY = ("04_kiosk_sign_in", "05_request_and_qr_code", "06_scan", "07_certificates", "09_records")
ANOTHER_ISSUER = {"DPC-ISS-CHAN-01"}
"""Blocked: nobody opens a second badge office."""


def of_kind(found: dict[str, tuple[str, str]], verdict: str) -> set[str]:
    return {identifier for identifier, (given, _) in found.items() if given == verdict}


def test_the_badge_office_conforms_on_the_word_of_its_target_alone(verdicts) -> None:
    found = verdicts(*(f"{JOURNEY}/{each}.feature" for each in STORY))
    assert of_kind(found, "FAIL") == of_kind(found, "WARN") == of_kind(found, "INFRASTRUCTURE") == set()
    assert of_kind(found, "BLOCKED") == ANOTHER_ISSUER
    assert len(of_kind(found, "PASS")) >= 80


@pytest.mark.parametrize(
    ("flaw", "requirement", "failed"),
    [
        ("takes revoked cards", "DPC-ISS-PKIAUTH-03", {"DPC-ISS-PKIAUTH-03", "PIV-SRC-STATUS-01"}),
        ("no obligations", "DPC-ISS-ACCEPT-01", {"DPC-ISS-ACCEPT-01"}),
        ("key agreement", "DPC-CERT-KU-01", {"DPC-CERT-KU-01"}),
        ("no UUID", "DPC-CERT-SAN-01", {"DPC-CERT-SAN-01"}),
        ("takes any signature", "DPC-ISS-POP-01", {"DPC-ISS-POP-01"}),
        ("never looks again", "DPC-ISS-7DAY-01", set()),
        ("tells nobody", "DPC-ISS-NOTIFY-01", {"DPC-ISS-NOTIFY-02"}),
    ],
)
def test_a_seeded_flaw_fails_its_requirements_and_nothing_else(verdicts, flaw, requirement, failed) -> None:
    found = verdicts("--only", "journey", "--requirement", requirement, flaw=flaw)
    assert of_kind(found, "FAIL") == failed


def test_a_reason_that_nobody_mapped_is_not_the_right_one(verdicts) -> None:
    words = ("--only", "journey", "--requirement", "DPC-ISS-PKIAUTH-03")
    found = verdicts(*words, edit=lambda text: text.replace('C3-WITHDRAWN = "revoked"\n', ""))
    assert found["DPC-ISS-PKIAUTH-03"] == ("INCONCLUSIVE", "reason-not-seen")
    assert of_kind(found, "FAIL") == set()


def test_who_takes_its_place_does_not_take_the_testers_questions(verdicts) -> None:
    found = verdicts(f"{JOURNEY}/06_scan.feature", "-k", "impostor")
    assert found["DPC-ISS-CHAN-01"] == ("PASS", "evaluated")


def test_a_verb_that_nobody_described_is_blocked(verdicts) -> None:
    words = ("--only", "journey", "--requirement", "DPC-ISS-ELIG-01")
    found = verdicts(*words, edit=lambda text: without_table(text, "roles.issuer.verbs.terminate_account"))
    assert found["DPC-ISS-ELIG-01"] == ("BLOCKED", "no-such-verb")


def test_without_a_request_for_the_clock_nothing_is_judged_by_times_that_differ(verdicts) -> None:
    words = ("--only", "journey", "--requirement", "DPC-ISS-7DAY-01")
    found = verdicts(*words, edit=lambda text: without_table(text, "roles.issuer.set_clock"))
    assert found["DPC-ISS-7DAY-01"] == ("BLOCKED", "no-such-verb")


def without_table(text: str, name: str) -> str:
    """The target without one table."""
    before, _, after = text.partition(f"[{name}]\n")
    return before + after[after.index("\n[") :]
