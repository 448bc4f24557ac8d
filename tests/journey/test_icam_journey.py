"""The whole journey with PIV Cards that nobody in this project made (GSA ICAM test cards), at 2020-06-01."""

import subprocess
import sys
import tomllib
from xml.etree import ElementTree

import pytest
from cryptography import x509

from dpc_conformance.evidence.events import RunStarted, ScenarioEnded
from dpc_conformance.evidence.journal import read_journal
from dpc_conformance.evidence.records import HttpExchange
from dpc_conformance.target import load_target

GOLDEN = "46_Golden_FIPS_201-2_PIV"
REFUSED = (
    "05_Tampered_Certificates",
    "10_Expired_Cert_Signer",
    "12_Certs_not_yet_valid",
    "13_Certs_are_expired",
    "23_Public_Private_Key_mismatch",
)


def test_the_golden_card_reaches_a_derived_certificate_on_the_phone(walking, icam_target):
    with walking(load_target(icam_target(GOLDEN))) as walk:
        walk.journey.complete()
        card = x509.load_der_x509_certificate(walk.cast.card_certificate)
        derived = x509.load_der_x509_certificate(walk.journey.derived_certificate())
        signed_in = [record for record in walk.cast.issuer.audit() if record.action == "sign-in"]
        assert walk.activation.right().status == 200
    assert "ICAM Test Card" in card.subject.rfc4514_string()
    assert card.issuer != derived.issuer
    assert derived.not_valid_before_utc.year == 2020
    assert [record.outcome for record in signed_in] == ["accepted"]
    assert walk.cast.cardholder.upn == "0257000046@gsa.gov"
    assert derived.subject == card.subject
    presented = {each.tls.client_certificate for each in walk.recorder.of(HttpExchange) if each.tls}
    assert walk.cast.card_certificate in presented


@pytest.mark.parametrize("card", REFUSED)
def test_a_defective_card_is_refused_at_sign_in_for_its_own_reason(walking, icam_target, icam_cards, card):
    reason = tomllib.loads((icam_cards / "manifest.toml").read_text())["cards"][card]["reason"]
    with walking(load_target(icam_target(card))) as walk:
        outcome = walk.kiosk.sign_in()
        assert outcome.refused
        refusals = [record for record in walk.cast.issuer.audit() if record.outcome == "refused"]
        assert [(record.action, record.reason) for record in refusals] == [("sign-in", reason)]
        assert walk.ledger.nothing_issued()
        assert not walk.cast.issuer.credentials_of(walk.cast.cardholder)
        walk.phone_sign_in.ask_for_a_code()
        walk.phone_sign_in.enter(walk.cast.phone.user_code())
        assert walk.phone_sign_in.with_card().refused
        seen = [record for record in walk.cast.identity_provider.audit() if record.outcome == "refused"]
        assert [record.reason for record in seen] == [reason]


def test_cards_of_the_reference_work_beside_the_image(walking, icam_target):
    with walking(load_target(icam_target(GOLDEN))) as walk:
        walk.card.take("revoked")
        assert walk.kiosk.sign_in().refused
        assert walk.ledger.refusal() == "revoked"


def test_dpc_run_takes_the_image_as_the_card(icam_target, tmp_path):
    reports = tmp_path / "reports"
    command = [sys.executable, "-m", "dpc_conformance", "run", "--clock", "2020-06-01", "--reports", str(reports)]
    command += ["--target", str(icam_target(GOLDEN)), "features/journey"]
    command += ["-k", "path or credential_is_installed or protected or fresh or kiosk_signs or shown_by"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert "Traceback" not in run.stderr
    journal = read_journal(reports / "journal.jsonl")
    [started], ended = journal.of(RunStarted), [*journal.of(ScenarioEnded)]
    assert len(ended) == 9, run.stdout + run.stderr
    assert {event.outcome for event in ended} == {"passed"}, run.stdout
    assert started.roles["card"] == "image"
    assert not started.reproducible
    assert "246813" not in (reports / "journal.jsonl").read_text()
    assert ElementTree.parse(reports / "junit.xml").getroot().attrib["failures"] == "0"
