"""The scenarios that the person of these tests walks through, and what a run says about them."""

import json
from pathlib import Path

from scripted_person import KILL, ScriptedPerson

from dpc_conformance.evidence.journal import read_journal
from dpc_conformance.reporting.gathered import gather

REQUEST = "features/journey/05_request_and_qr_code.feature"
QR_CODE = f"{REQUEST}::test_the_kiosk_shows_a_qr_code_to_a_cardholder_who_proved_possession_of_the_card"
OBLIGATIONS = f"{REQUEST}::test_without_accepting_the_obligations_there_is_no_qr_code"
PROFILE = (
    "features/journey/07_certificates.feature::test_the_certificate_follows_the_derived_piv_authentication_profile"
)
FIELD = "features/credential/derived_authentication.feature::test_it_is_an_x509_version_3_certificate_in_strict_der"
EXPIRED = "features/journey/06_scan.feature::test_an_expired_qr_code_is_refused"
ATTACKS = tuple(
    f"features/issuance/attacks_on_{name}"
    for name in (
        "the_card.feature::test_a_signature_taken_from_an_earlier_handshake_is_refused",
        "the_card.feature::test_a_card_that_is_pulled_out_in_the_middle_signs_nobody_in",
        "people.feature::test_the_kiosk_signs_in_nobody_by_means",
    )
)
"""With cards and programs of which a person has none."""
WALKED = (QR_CODE, OBLIGATIONS, PROFILE)
LOOKED_AT = {"PASS", "FAIL", "WARN", "REVIEW", "BLOCKED"}


def verdicts(folder: Path) -> dict[str, tuple[str, str]]:
    """Verdict and reason of each requirement that the scenarios of a run said something about."""
    statement = json.loads((folder / "statement.json").read_text())
    found = {each["id"]: (each["verdict"], each["reason"]) for each in statement["requirements"]}
    return {name: verdict for name, verdict in found.items() if verdict[0] in LOOKED_AT}


def failures(folder: Path) -> set[str]:
    """The requirements of which a scenario found that they do not hold, also where that decides nothing."""
    gathered = gather(read_journal(folder / "journal.jsonl"))
    return {each.requirement for each in gathered.evaluations if each.result == "FAIL"}


class Once:
    """Types a word in place of an answer, once, when so many questions were answered."""

    def __init__(self, word: str, after: int) -> None:
        self._word, self._after = word, after

    def __call__(self, person: ScriptedPerson) -> str:
        word, self._word = (self._word, "") if len(person.questions) == self._after else ("", self._word)
        return word


class Walk:
    """Three days of a person: one ends with a pause, one with a power failure, on the last an answer is taken back."""

    begun, died, taken_back = 14, 18, 24
    """After how many questions that happens."""

    def __init__(self, person: ScriptedPerson) -> None:
        self.person, self.out = person, person.product.folder / "out"
        self.target = person.product.write_target()
        arguments = ("--target", str(self.target), "--reports", str(self.out), *WALKED)
        self.paused = person.run(*arguments, stop=Once("pause", self.begun)), len(person.questions)
        self.first_day = person.said
        person.run("--resume", str(self.out), stop=Once(KILL, self.died))
        self.second_day = person.said
        self.code = person.run("--resume", str(self.out), stop=Once("back", self.taken_back))
        self.last_day = person.said
