"""A small run with a cardholder in it, in a reports folder as `dpc run` leaves one."""

import base64
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from people import (
    ACCOUNT,
    DIRECTOR,
    FASC_N,
    MAIL,
    NAME,
    OPERATOR,
    PASSPORT,
    PERSON_UUID,
    authority,
    cardholder,
    signed_mail,
)

from dpc_conformance.evidence.agencies import AgenciesStated, ServedAgency
from dpc_conformance.evidence.decisions import AuditRecord, CardLink, IssuedCredential
from dpc_conformance.evidence.events import EvaluationMade, Outcome, RunEnded, ScenarioEnded, ScenarioStarted
from dpc_conformance.evidence.folder import EvidenceFolder
from dpc_conformance.evidence.journal import JournalWriter
from dpc_conformance.evidence.lines import (
    CardholderKnown,
    ObjectJudged,
    ScenarioClosed,
    ScenarioOpened,
    StepBegan,
    TextShown,
)
from dpc_conformance.evidence.mail import SignedMailJudged
from dpc_conformance.evidence.no_card import NoCardEvent, NoCardEventsSeen
from dpc_conformance.evidence.objects import ObjectStore
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import (
    ApduExchange,
    CertificateInstalled,
    HttpExchange,
    MailReceived,
    QrCodeShown,
    ScreenShown,
)
from dpc_conformance.evidence.registration import IdentityEvidence, Registration
from dpc_conformance.evidence.scenario_file import ScenarioFile
from dpc_conformance.formats import ber
from dpc_conformance.target import load_target

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SCENARIO = "features/journey/one.feature::test_one"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)
CHUID = ber.write(
    b"\x53",
    ber.write(b"\x30", FASC_N)
    + ber.write(b"\x34", PERSON_UUID.bytes)
    + ber.write(b"\x35", b"20300101")
    + ber.write(b"\x3e", bytes(30))
    + ber.write(b"\xfe", b""),
)


def write_run(folder: Path) -> None:
    """The journal and the evidence of a run with one scenario."""
    folder.mkdir()
    _journal(folder / "journal.jsonl")
    evidence = EvidenceFolder(folder / "evidence")
    evidence.make()
    recorder = Recorder()
    file = ScenarioFile(evidence, SCENARIO, ObjectStore(evidence.objects), recorder.holds_secret)
    recorder.listen(file)
    recorder.note(ScenarioOpened(NOW, SCENARIO, "One", "A feature", "seed", "about it", ("Given a cardholder",)))
    recorder.note(StepBegan("Given a cardholder"))
    for record in _records():
        recorder.record(record)
    certificate = cardholder().der
    recorder.note(AuditRecord(NOW, ACCOUNT, "issue", f"serial 1 for {NAME}", "accepted"))
    recorder.note(IssuedCredential(ACCOUNT, "device", "authentication", certificate, NOW, NOW, "signed", b"", "device"))
    recorder.note(CardLink("1", ACCOUNT, (f"urn:uuid:{PERSON_UUID}", f"fasc-n:0419{FASC_N.hex()}")))
    recorder.note(CardholderKnown(NOW, ACCOUNT, MAIL, NAME, certificate))
    around = {"issuer": (authority().der,)}
    recorder.note(
        ObjectJudged(NOW, "derived authentication certificate", certificate, "derived-authentication", around)
    )
    seen = NoCardEvent("1", NOW, ACCOUNT, OPERATOR, "in-person", NOW, "favorable", "match", "the card is lost")
    recorder.note(NoCardEventsSeen(NOW, (seen,)))
    recorder.note(AgenciesStated(NOW, (ServedAgency("3201", "Bureau", signed_by=DIRECTOR, authorisation="a letter"),)))
    passport = IdentityEvidence(PASSPORT, f"declared by {DIRECTOR}")
    recorder.note(Registration(NOW, "1", ACCOUNT, "in-person", OPERATOR, b"", NOW, None, passport))
    recorder.note(TextShown("a table", f"the card of {NAME.upper()}"))
    recorder.note(ScenarioClosed(NOW, "failed"))
    file.close()


def _journal(file: Path) -> None:
    started = replace(
        load_target().started(NOW, "0.1.0", "seed", NOW),
        scope="card",
        product={"name": "Credential Manager", "version": "12.4", "operator": "O. Tester"},
        suite_hash="a" * 64,
        catalogue_hash="b" * 64,
        machine_clock=NOW,
        environment={"Python": "CPython 3.11"},
        allowed=[str(PERSON_UUID)],
    )
    failed = EvaluationMade(
        NOW,
        SCENARIO,
        "PIV-SRC-STATUS-01",
        "FAIL",
        message=f"the subject is {NAME}",
        where="subject",
        expected="a refusal",
        actual=f"{NAME} ({MAIL})",
        step="Given a cardholder",
        evidence=4,
    )
    with JournalWriter(file) as journal:
        for event in (
            started,
            ScenarioStarted(
                NOW, SCENARIO, "One", "A feature", "features/journey/one.feature", 3, ("PIV-SRC-STATUS-01",)
            ),
            failed,
            ScenarioEnded(NOW, SCENARIO, Outcome.FAILED, message=f"{NAME} was accepted", seconds=0.5),
            RunEnded(NOW, 1.0),
        ):
            journal.write(event)


def _records():
    certificate, given = cardholder().der, NAME.split()[0]
    encoded = base64.encodebytes(certificate).decode()
    token = base64.urlsafe_b64encode(f'{{"sub":"{ACCOUNT}","name":"{NAME}"}}'.encode()).decode().rstrip("=")
    yield ScreenShown(NOW, "workstation", "My ID", f"Signed in as {NAME}. Hello {given}!", ("Request",))
    yield HttpExchange(
        NOW,
        "workstation",
        "GET",
        f"https://issuer.example/home?mail={MAIL.replace('@', '%40')}&name={NAME.replace(' ', '+')}",
        200,
        None,
        {"x-user": ACCOUNT},
        f'{{"statement": "eyJhbGciOiJFUzI1NiJ9.{token}.c2lnbmF0dXJl"}}',
        {},
        f"<p>{NAME}</p><pre>{encoded}</pre>{cardholder().pem.decode()}",
        response_object=certificate,
    )
    yield MailReceived(NOW, "no-reply@issuer.example", MAIL, "Your credential", f"Dear {', '.join(NAME.split()[::-1])}")
    yield SignedMailJudged(NOW, "a mail program", signed_mail(), True, "", f'Good signature from "/CN={NAME}"')
    yield ApduExchange(
        NOW, "GET DATA CHUID", "00CB3FFF055C035FC10200", f"{CHUID.hex().upper()} 9000", 0x9000, "success"
    )
    yield ApduExchange(NOW, "SELECT PIV", "00A404000B", "61114F06 9000", 0x9000, "success")
    yield CertificateInstalled(NOW, "authentication", certificate, True)
    yield CertificateInstalled(NOW, "issuing CA", authority().der, True)
    yield QrCodeShown(NOW, "kiosk", "https://issuer.example/enrol", PICTURE, "00" * 32)
