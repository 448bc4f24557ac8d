"""The book of answers, the product's captions, and what a scenario may not conclude from what nobody saw."""

from dataclasses import astuple, fields
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.adapters.operator.adapter import SEEN
from dpc_conformance.adapters.operator.captions import control_of, sights_of, source_of
from dpc_conformance.adapters.operator.display import Display
from dpc_conformance.adapters.operator.phone import PersonsPhone
from dpc_conformance.adapters.operator.told import ExportedCredential, ToldCredential, ToldDecision
from dpc_conformance.adapters.operator.workstation import PersonsWorkstation
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.questions import Answer, AnswerBook, How, Kind, Question
from dpc_conformance.evidence.recorder import NotSeen, Recorder
from dpc_conformance.evidence.records import HttpExchange, QrCodeShown, ScreenShown
from dpc_conformance.evidence.unseen import PartlySeen, of_nothing
from dpc_conformance.fixtures.issuer_walks import IdentityGuard, MyId
from dpc_conformance.reference.phone import device_setup
from dpc_conformance.roles import android
from dpc_conformance.roles.captions import ANDROID, IOS
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.suite.rules import flow_check_of, has, load_rules

AT = datetime(2026, 11, 30, tzinfo=UTC)
QUESTION = Question("phone", "choose", "Tap “Begin”.", "what it shows", Kind.CHOICE, secret="hush")


def answer(value: str) -> Answer:
    return Answer(AT, How.GIVEN, value)


@pytest.fixture
def book(tmp_path):
    return AnswerBook(tmp_path / "answers.jsonl")


def some_certificate() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Grace Goode")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    valid = builder.serial_number(1).not_valid_before(AT).not_valid_after(AT + timedelta(days=1))
    return valid.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def values(book: AnswerBook, scenario: str = "s") -> list[str]:
    return [each.value for _, each in book.answers_to(scenario)]


def test_what_was_answered_is_there_again(book) -> None:
    for value in ("one", "two", "three"):
        book.add("s", QUESTION, answer(value))
    book.withdraw("s", 2)
    book.add("s", QUESTION, answer("drei"))
    book.add("t", QUESTION, answer("other"))
    assert values(AnswerBook(book.file)) == values(book) == ["one", "two", "drei"]
    assert values(AnswerBook(book.file), "t") == ["other"]
    assert b"hush" not in book.file.read_bytes()


def test_half_a_line_that_a_crash_left_was_never_an_answer(book) -> None:
    book.add("s", QUESTION, answer("one"))
    with book.file.open("ab") as stream:
        stream.write(b'{"scenario": "s", "numb')
    again = AnswerBook(book.file)
    again.add("s", QUESTION, answer("two"))
    assert values(AnswerBook(book.file)) == ["one", "two"]


def test_a_line_that_is_no_answer_is_named(book) -> None:
    book.file.write_text("{}\n")
    with pytest.raises(ValueError, match="line 1: expected an answer that a run has kept"):
        AnswerBook(book.file)


def test_every_caption_has_a_dutch_one_and_every_documented_step_a_source() -> None:
    for device, platform in (("phone", "ios"), ("phone", "android"), ("workstation", "")):
        shown = [each.caption("nl") for each in sights_of(device, "Grace Goode", platform)]
        assert all(shown)
        assert len(set(shown)) == len(shown), "a menu whose entries can be told apart"
        assert len({each.shown for each in sights_of(device, "", platform)}) == len(shown)
        for sight in sights_of(device, "", platform):
            assert all(control_of(device, caption).caption for caption in sight.choices)
    assert control_of("phone", "Begin").nl == "Beginnen"
    assert "step 8" in source_of("IOS-INT-08b")
    assert "enroll-android-device-intercede" in source_of("AND-INT-02b")


OF_THE_SETUP = {device_setup.ACCOUNT, device_setup.LOCK, device_setup.APPS, device_setup.READY, "Android Device Policy"}
OF_OTHERS = {"Google terms", "Chrome terms"}
"""Screens of the set-up of an Android phone without a documented title, and those that the reference does not have."""


@pytest.mark.parametrize("words", [IOS, ANDROID])
def test_the_menus_have_the_captions_that_scenarios_know(words) -> None:
    constants = (value for value in vars(android).values() if isinstance(value, str))
    known = {*astuple(words), *constants, *OF_THE_SETUP, *OF_OTHERS}
    sights = sights_of("phone", "", words.platform)
    assert [each.title for each in sights if each.title not in known] == []
    assert [choice for each in sights for choice in each.choices if choice not in known] == []
    for caption in (words.set_up, words.get_qr_code, words.scanner, words.installing, words.finished, words.failed):
        assert caption in {each.title for each in sights}


def test_a_person_with_android_is_told_of_its_app_and_its_steps() -> None:
    session = Asked()
    phone = PersonsPhone(session, Display(session, "phone", "phone", "Grace Goode", ANDROID), None)
    with pytest.raises(NotSupported):
        phone.finish()
    assert (session.do, session.step) == ("Wait for Microsoft Intune to finish.", "AND-INT-10")
    with pytest.raises(NotSupported):
        phone.by_hand("Switch on a phone that is new or was reset.", "AND-01")
    assert session.step == "AND-01"
    assert "Welkom" in session.choices


def test_a_phone_with_ios_is_not_set_up_anew() -> None:
    phone = PersonsPhone(Asked(), Display(Asked(), "phone", "phone", "Grace Goode"), None)
    with pytest.raises(NotSupported, match="documented for Android Enterprise"):
        phone.switch_on()


class Asked:
    """In place of a session: keeps what a person is told to do."""

    language = "nl"

    def done(self, role, verb, do, _ask, _kind, step="", **more) -> str:
        self.do, self.step, self.choices = do, step, more["choices"]
        raise NotSupported(role, verb)


def test_a_dutch_product_is_spoken_of_by_its_captions() -> None:
    session = Asked()
    with pytest.raises(NotSupported):
        PersonsPhone(session, Display(session, "phone", "phone", "Grace Goode"), None).choose("Begin")
    assert session.do == "Tap “Beginnen”."
    assert "QR-code ophalen" in session.choices


def test_whoever_shall_have_no_certificate_is_told_to_take_the_card_out() -> None:
    session = Asked()
    session.language = "en"
    kiosk = PersonsWorkstation(Display(session, "workstation", "workstation", "Grace Goode"), "")
    for caption in (MyId.sign_in, IdentityGuard.sign_in):
        with pytest.raises(NotSupported):
            kiosk.choose(caption)
        assert session.do == f"Take the card out of the reader. Choose “{caption}”."
    with pytest.raises(NotSupported):
        kiosk.choose("Request my ID")
    assert session.do == "Choose “Request my ID”."


def test_what_one_phone_holds_is_not_what_another_holds() -> None:
    session = Asked()
    asked = []
    session.told = lambda *words: asked.append(words[2]) or ()
    for name in ("phone", "another phone 1"):
        phone = PersonsPhone(session, Display(session, "phone", name, "Grace Goode"), None)
        phone.credentials()
        phone.notifications()
    assert len(set(asked)) == len(asked) == 4


@pytest.mark.parametrize(
    ("record", "told", "untold"),
    [
        (ToldDecision(AT, "", "redeem", "", "refused", "secret-used"), "reason", "actor"),
        (ToldCredential("grace", "", "signature", b"der", AT, AT, "", b"", ""), "certificate", "device_id"),
        (ExportedCredential("signature", b"der", False), "usage", "key_generated_on_device"),
    ],
)
def test_what_a_person_does_not_tell_of_a_record_is_not_made_up(record, told, untold) -> None:
    assert getattr(record, told)
    with pytest.raises(NotSeen):
        getattr(record, untold)


def test_a_check_that_looks_where_nobody_saw_cannot_tell() -> None:
    hidden = of_nothing("a person plays a part")
    told = {"now": AT, "account": "a", "mail": "m", "card_certificate": b"", "secret_in_mail": False}
    code = QrCodeShown(AT, "workstation", "https://issuer.example", b"", "digest")
    facts = PartlySeen(**told, **hidden, records=(code,), seen={QrCodeShown, ScreenShown}, why="a person plays a part")
    load_rules()
    assert flow_check_of("DPC-ISS-MULTI-01").judge(facts) is None
    for identifier in (
        "DPC-ISS-CHAN-01",
        "DPC-ISS-CHAN-02",
        "DPC-ISS-SECRET-01",
        "DPC-ISS-MULTI-05",
        "DPC-ISS-ACCEPT-01",
    ):
        with pytest.raises(NotSeen, match="a person plays a part"):
            flow_check_of(identifier).judge(facts)
    assert {each.name for each in fields(ScenarioFacts)} >= set(hidden)


def test_every_check_of_a_flow_needs_something_that_was_seen() -> None:
    """None passes and none fails on facts of which nobody saw anything."""
    hidden = of_nothing("nobody was there")
    told = {"now": AT, "account": "a", "mail": "m", "card_certificate": some_certificate(), "secret_in_mail": False}
    facts = PartlySeen(**told, **hidden, why="nobody was there")
    load_rules()
    said = {}
    for identifier in (each.id for each in load_catalogue() if has(flow_check_of, each.id)):
        try:
            said[identifier] = flow_check_of(identifier).judge(facts)
        except NotSeen:
            continue
    assert said == {}


def test_no_check_of_a_flow_passes_for_want_of_what_a_person_might_have_told() -> None:
    hidden = of_nothing("nobody was there")
    told = {"now": AT, "account": "a", "mail": "m", "card_certificate": some_certificate(), "secret_in_mail": False}
    facts = PartlySeen(**told, **hidden, seen=SEEN, why="nobody was there")
    passed = []
    for identifier in (each.id for each in load_catalogue() if has(flow_check_of, each.id)):
        try:
            passed += [identifier] if flow_check_of(identifier).judge(facts) is None else []
        except NotSeen:
            continue
    assert passed == []


def test_the_recorder_tells_what_it_cannot_have() -> None:
    recorder = Recorder()
    recorder.see_only([ScreenShown], "a person plays a part")
    assert recorder.of(ScreenShown) == ()
    with pytest.raises(NotSeen):
        recorder.of(HttpExchange)
