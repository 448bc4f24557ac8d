"""Fetching: only with --fetch, each address once, and silence is no error."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from dpc_conformance.commands import fetching
from dpc_conformance.commands.der_kind import Kind
from dpc_conformance.commands.fetching import fetched
from dpc_conformance.commands.inputs import Item
from dpc_conformance.commands.surroundings import Surroundings
from dpc_conformance.faults.certificates.material import CRL_URI, P7C_URI, evidence

NOTHING = Surroundings(datetime(2026, 11, 23, 12, tzinfo=UTC))


def client(answers: dict[str, bytes], asked: list[str]) -> httpx.Client:
    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        body = answers.get(str(request.url))
        return httpx.Response(404) if body is None else httpx.Response(200, content=body)

    return httpx.Client(transport=httpx.MockTransport(answer))


def test_crls_and_cas_are_fetched(golden: bytes) -> None:
    told, asked = evidence(), list[str]()
    answers = {CRL_URI: told["crls"][1], P7C_URI: told["issuer"]}
    items = [Item("golden.der", Kind.CERTIFICATE, golden), Item("again.der", Kind.CERTIFICATE, golden)]
    found = fetched(NOTHING, items, client(answers, asked))
    assert found.authorities == (told["issuer"],)
    assert told["crls"][1] in found.crls
    assert len(asked) == len(set(asked))


def test_what_does_not_answer_or_answers_nonsense_is_left_out(golden: bytes) -> None:
    item = Item("golden.der", Kind.CERTIFICATE, golden)
    assert fetched(NOTHING, [item], client({}, [])) == NOTHING
    assert fetched(NOTHING, [item], client({CRL_URI: b"<html>", P7C_URI: b"\x30\x0b\x06\x09"}, [])) == NOTHING


def test_an_endless_answer_is_cut(golden: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MOST_BYTES", 10)
    item = Item("golden.der", Kind.CERTIFICATE, golden)
    assert fetched(NOTHING, [item], client({CRL_URI: evidence()["crls"][1]}, [])) == NOTHING


def test_nothing_is_fetched_without_being_asked(golden: bytes, write: Any, check: Any, monkeypatch: Any) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("socket.socket.connect", refuse)
    assert check(write("golden.der", golden))[0] == 0
