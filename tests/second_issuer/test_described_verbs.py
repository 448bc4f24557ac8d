"""Templates, answers and refusals by themselves."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from dpc_conformance.adapters.over_http.answer import MISSING, UnexpectedAnswer, pointed, record, single
from dpc_conformance.adapters.over_http.connection import Connection
from dpc_conformance.adapters.over_http.issuer import SinceTheStart
from dpc_conformance.adapters.over_http.refusals import RefusalsSeen
from dpc_conformance.adapters.over_http.settings import RefusalRow, Request, Source
from dpc_conformance.adapters.over_http.settling import Settling
from dpc_conformance.adapters.over_http.template import NoWord, Values, names_in
from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.decisions import AuditRecord
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import TESTER, HttpExchange
from dpc_conformance.formats.pem import certificates_in_pem
from dpc_conformance.roles.people import Person

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
PERSON = Person("grace/1", "Grace", "Goode", "grace@agency.example", "grace@agency.example")
NOTHING = Values({}, {})


class Log:
    """A product with nothing but an audit log."""

    def __init__(self, *records: AuditRecord) -> None:
        self.records = records

    def audit(self) -> tuple[AuditRecord, ...]:
        return self.records


@dataclass(frozen=True)
class Answered:
    """What a made-up verb gives."""

    name: str
    at: datetime
    certificate: bytes = b""


def at_once() -> None:
    """What a product has done is on record at once."""


def source(**words) -> Source:
    return Source.model_validate(words)


def test_a_text_is_filled_with_named_fields_and_nothing_is_run() -> None:
    values = Values({"person": PERSON, "confirmed": True, "at": AT, "none": None}, {})
    assert values.text("{person.account} {confirmed} {at} [{none}]") == "grace/1 true 2026-11-23T12:00:00+00:00 []"
    assert values.filled({"a": ["{confirmed}", "x{confirmed}", "{none}", 7]}) == {"a": [True, "xtrue", None, 7]}
    assert names_in(["{person.account}", {"x": "{at}"}]) == {"person.account", "at"}


def test_a_certificate_becomes_pem_whatever_it_holds() -> None:
    values = Values({"certificate": b"none", "no_certificate": b""}, {})
    assert certificates_in_pem(values.text("{certificate.pem}").encode()) == (b"none",)
    assert values.text("{no_certificate.pem}") == ""


def test_a_field_has_the_products_words_and_one_without_a_word_is_said() -> None:
    values = Values({"kind": "card-lost"}, {"kind": {"card-lost": "LOST"}})
    assert values.text("{kind}") == "LOST"
    with pytest.raises(NoWord, match="kind = card-found"):
        Values({"kind": "card-found"}, {"kind": {"card-lost": "LOST"}}).text("{kind}")


def test_pointers_are_those_of_rfc_6901() -> None:
    document = {"a/b": [{"m~n": 1}], "": 2}
    assert pointed(document, "/a~1b/0/m~0n") == 1
    assert pointed(document, "/") == 2
    assert pointed(document, "") is document
    assert pointed(document, "/a~1b/1") is MISSING
    assert pointed(document, "/a~1b/x") is MISSING
    assert pointed([], "/-1") is MISSING


def test_an_answer_becomes_an_object() -> None:
    sources = {"name": source(at="/n"), "at": source(at="/t"), "certificate": source(at="/c")}
    document = {"n": "x", "t": "2026-11-23T13:00:00+01:00", "c": "MAMCAQE="}
    assert record(Answered, sources, document, NOTHING) == Answered("x", AT, bytes.fromhex("3003020101"))
    assert record(Answered, sources, {**document, "c": ""}, NOTHING).certificate == b""
    assert single(source(at="/d", unit="days"), timedelta, {"d": 7}, NOTHING) == timedelta(days=7)
    assert single(source(text="fixed"), str, None, NOTHING) == "fixed"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"t": "2026-11-23T13:00:00"}, "expected a time in ISO 8601 with its zone"),
        ({"t": "yesterday"}, "expected a time in ISO 8601 with its zone"),
        ({"c": "?"}, "expected a certificate in PEM, or DER in base64"),
        ({"c": "-----BEGIN CERTIFICATE-----"}, "expected a certificate in PEM"),
        ({"n": [1]}, "Answered, name: Input should be a valid string"),
    ],
)
def test_an_answer_of_another_shape_is_no_result(change, sentence) -> None:
    sources = {"name": source(at="/n"), "at": source(at="/t"), "certificate": source(at="/c")}
    document = {"n": "x", "t": "2026-11-23T13:00:00+01:00", "c": "", **change}
    with pytest.raises(UnexpectedAnswer, match=sentence):
        record(Answered, sources, document, NOTHING)


@pytest.mark.parametrize("raw", ["soon", None, [1], "1e999"])
def test_a_duration_that_is_no_number_is_no_result(raw) -> None:
    with pytest.raises(UnexpectedAnswer, match="expected a number of days"):
        single(source(at="/d", unit="days"), timedelta, {"d": raw}, NOTHING)


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"n": "\xff"}', b"[" * 100_000])
def test_an_answer_that_is_no_json_is_none(body) -> None:
    product = httpx.MockTransport(lambda _: httpx.Response(200, content=body))
    with httpx.Client(transport=product) as http:
        reply = Connection("https://issuer.agency.example", http).send(Request(path="/x"), NOTHING)
    assert (reply.status, reply.document) == (200, MISSING)


def test_a_word_that_nobody_mapped_is_no_word_of_ours() -> None:
    def entry(what: str, ok: str, why: str) -> AuditRecord:
        known = {"what": what, "ok": ok, "why": why}
        sources = {name: source(text="x") for name in ("actor", "subject")} | {
            "at": source(text=AT.isoformat()),
            "action": source(at="/what", words={"LOGON": "sign-in"}),
            "outcome": source(at="/ok", words={"Y": "accepted", "N": "refused"}),
            "reason": source(at="/why", words={"E1": "revoked"}),
        }
        return record(AuditRecord, sources, known, NOTHING)

    assert entry("LOGON", "N", "E1") == AuditRecord(AT, "x", "sign-in", "x", "refused", "revoked")
    # Not even where the product's word happens to be one of ours.
    assert entry("issue", "Y", "").action == "other"
    assert entry("LOGON", "N", "expired").reason == ""
    with pytest.raises(UnexpectedAnswer, match="AuditRecord.outcome: the product's word 'maybe' is not mapped"):
        entry("LOGON", "maybe", "")


def seen(*exchanges: tuple[str, int, str], reasons: tuple[str, ...] = ("",)) -> list[str]:
    """The reasons of an audit log's refusals, after what clients were told."""
    recorder = Recorder()
    for client, status, body in exchanges:
        url = "https://issuer.agency.example/claims"
        recorder.record(HttpExchange(AT, client, "POST", url, status, None, response_body=body))
    rows = [RefusalRow(status=409, error="USED", reason="secret-used"), RefusalRow(status=410, reason="secret-expired")]
    told = RefusalsSeen(rows, "/error", ["https://issuer.agency.example"], recorder)
    return [
        each.reason for each in told.explain([AuditRecord(AT, "", "redeem", "", "refused", why) for why in reasons])
    ]


def test_a_refusal_has_the_reason_that_the_client_was_told() -> None:
    assert seen(("phone", 409, '{"error": "USED"}')) == ["secret-used"]
    assert seen(("phone", 410, "<html>")) == ["secret-expired"]


def test_a_refusal_that_the_table_does_not_name_has_no_reason() -> None:
    assert seen(("phone", 409, '{"error": "ODD"}')) == [""]
    assert seen(("phone", 403, "")) == [""]
    assert seen(("phone", 409, "[")) == [""]


def test_the_log_has_the_first_word_and_no_reason_is_guessed_where_the_numbers_differ() -> None:
    assert seen(("phone", 410, ""), reasons=("revoked",)) == ["revoked"]
    assert seen(("phone", 410, ""), reasons=("", "")) == ["", ""]
    assert seen((TESTER, 410, "")) == [""]


def test_who_approved_an_account_that_was_opened_before_is_on_record() -> None:
    approved, ended = (AuditRecord(AT, "sponsor", action, PERSON.account, "accepted") for action in ("approve", "end"))
    somebody_else = AuditRecord(AT, "sponsor", "approve", "anders/1", "accepted")
    log = SinceTheStart(Log(approved, somebody_else, ended), at_once)
    log.forget(PERSON)
    assert log.verbs(RefusalsSeen((), "", (), Recorder()))["audit"]() == (approved,)


def test_only_what_a_log_got_since_the_scenario_began_counts_and_in_the_order_of_time() -> None:
    old = [AuditRecord(AT + timedelta(minutes=n), "grace", "bind", "card", "accepted") for n in range(3)]
    new = [AuditRecord(AT + timedelta(minutes=n), "grace", "issue", "card", "accepted") for n in (5, 6)]
    again = AuditRecord(old[2].at, "grace", "bind", "card", "accepted")  # the same once more, in the same second
    for shown in (
        lambda records: records,
        lambda records: records[::-1],  # the newest first
        lambda records: records[-3:],  # no more than three
        lambda records: records[-3:][::-1],
    ):
        log = Log(*shown(old))
        since = SinceTheStart(log, at_once).verbs(RefusalsSeen((), "", (), Recorder()))
        log.records = tuple(shown([*old, *new]))
        assert since["audit"]() == tuple(new)
        log.records = tuple(shown([*old, again]))
        assert since["audit"]() == (again,)


def test_a_new_record_may_equal_one_that_is_shown_no_more() -> None:
    names = ("end", "bind", "request", "issue")
    old = [AuditRecord(AT, "grace", action, "card", "accepted") for action in names]
    again = [old[1], old[2]]  # in the next scenario the product's clock stands where it stood
    for shown in (lambda records: records[-4:], lambda records: records[-4:][::-1]):
        log = Log(*shown(old))
        since = SinceTheStart(log, at_once).verbs(RefusalsSeen((), "", (), Recorder()))
        log.records = tuple(shown([*old, *again]))
        assert since["audit"]() == tuple(again)


def test_records_are_read_once_they_have_settled() -> None:
    slept, recorder, clock = list[float](), Recorder(), RunClock(AT)
    settle = Settling(1.5, recorder, clock, slept.append)
    settle(), settle()
    assert slept == [1.5]
    recorder.record(HttpExchange(AT, TESTER, "GET", "https://office.example/log", 200, None))
    settle()
    assert slept == [1.5]
    recorder.record(HttpExchange(AT, "phone", "GET", "https://office.example/", 200, None))
    settle(), settle()
    clock.advance(timedelta(hours=1))
    settle()
    assert slept == [1.5, 1.5, 1.5]
    Settling(0, recorder, clock, slept.append)()
    assert len(slept) == 3
