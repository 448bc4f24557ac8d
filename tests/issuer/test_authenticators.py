"""Authenticators at the issuer: what a page or a verifier may send, and what becomes of it."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.webauthn import WebAuthnClient
from dpc_conformance.reference.authenticator.stock import ReferenceAuthenticatorStock
from dpc_conformance.roles.authenticator import NoSuchCredential, OriginNotAllowed
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.reasons import Reason

ORIGIN, VERIFIER = "https://issuer.dpc.example", "https://idp.dpc.example"
PASSWORD = "Mb4-violet-otter"


class Desk:
    """A signed-in browser with an authenticator beside it."""

    def __init__(self, stage, card):
        self.stage, self.stock = stage, ReferenceAuthenticatorStock(SeededEntropy("keys"), stage.clock.now())
        stage.parts.non_pki.models.listed = self.stock.listed()
        self.client = WebAuthnClient(Recorder(), stage.clock)
        self.browser = stage.browser()
        assert self.browser.sign_in(card).status_code == 200

    def options(self, answer=None):
        text = (answer or self.browser.http.get("/authenticators")).text
        return unescape(re.search(r'name="options" value="([^"]*)"', text)[1])

    def post(self, path, **data):
        return self.browser.http.post(path, data={"obligations": "yes", **data})

    def register(self, kind="multi-factor", password="", options=None):
        response = self.client.answer(options or self.options(), ORIGIN, self.stock.take(kind))
        return self.post("/authenticators", response=response, password=password)

    def bind(self, kind="multi-factor", password=""):
        registered = self.register(kind, password)
        if registered.status_code != 200:
            return registered
        response = self.client.answer(self.options(registered), ORIGIN, self.stock.take(kind))
        return self.post("/authenticators/confirmation", response=response, password=password)

    def verify(self, kind="multi-factor", password="", response=None, challenge="Y2hhbGxlbmdlIG9mIHNpeHRlZW4"):
        options = json.dumps({"publicKey": {"challenge": challenge, "rpId": "dpc.example"}})
        answer = response or self.client.answer(options, VERIFIER, self.stock.take(kind))
        sent = {"challenge": challenge, "response": answer, "password": password}
        token = self.stage.parts.non_pki.verifier_token
        address = f"{ORIGIN}/authenticators/verifications"
        return self.stage.http().post(address, json=sent, headers={"Authorization": f"Bearer {token}"})

    def bound(self):
        return [each for each in self.stage.issuer.non_pki.authenticators_of(self.stage.ALEX) if each.status == "bound"]


@pytest.fixture
def desk(stage, card):
    return Desk(stage, card)


def test_bound_and_verified(desk):
    assert desk.bind().status_code == 200
    assert desk.verify().json() == {"account": desk.stage.ALEX.account, "ial": 3, "aal": 3}
    [bound] = desk.bound()
    assert (bound.attestation, bound.user_verified, bound.password) == ("basic", True, False)


def test_the_same_answer_twice_shows_a_copy(desk):
    desk.bind()
    challenge = "Y2hhbGxlbmdlIG9mIHNpeHRlZW4"
    options = json.dumps({"publicKey": {"challenge": challenge, "rpId": "dpc.example"}})
    answer = desk.client.answer(options, VERIFIER, desk.stock.take("multi-factor"))
    assert desk.verify(response=answer).status_code == 200
    assert desk.verify(response=answer).status_code == 403
    assert desk.stage.last_refusal().reason == Reason.AUTHENTICATOR_ANSWER


def test_an_answer_to_another_challenge_is_refused(desk):
    desk.bind()
    options = json.dumps({"publicKey": {"challenge": "YW5vdGhlciBjaGFsbGVuZ2UhIQ", "rpId": "dpc.example"}})
    answer = desk.client.answer(options, VERIFIER, desk.stock.take("multi-factor"))
    assert desk.verify(response=answer).status_code == 403


def test_a_registration_is_for_one_page_and_five_minutes(desk):
    options = desk.options()
    desk.options()  # the page was opened again
    assert desk.register(options=options).status_code == 403
    options = desk.options()
    desk.stage.clock.advance(timedelta(minutes=6))
    assert desk.register(options=options).status_code == 403
    assert not desk.bound()


def test_obligations_come_first(desk):
    response = desk.client.answer(desk.options(), ORIGIN, desk.stock.take("multi-factor"))
    assert desk.browser.http.post("/authenticators", data={"response": response}).status_code == 403
    assert desk.stage.last_refusal().reason == Reason.OBLIGATIONS


def test_a_page_of_another_origin_is_refused_by_browser_and_issuer(desk):
    with pytest.raises(OriginNotAllowed):
        desk.client.answer(desk.options(), "https://issuer.example.net/authenticators", desk.stock.take("multi-factor"))
    careless = WebAuthnClient(Recorder(), desk.stage.clock, strict=False)
    response = careless.answer(desk.options(), "https://evil.example", desk.stock.take("multi-factor"))
    assert desk.post("/authenticators", response=response).status_code == 403


def test_an_authenticator_with_a_password_needs_both(desk):
    assert desk.bind("single-factor", "short").status_code == 403
    assert desk.bind("single-factor", PASSWORD).status_code == 200
    assert desk.verify("single-factor").status_code == 403
    assert desk.stage.last_refusal().reason == Reason.PASSWORD
    assert desk.verify("single-factor", PASSWORD).status_code == 200


def test_passwords_cannot_be_guessed_without_end(desk):
    desk.bind("single-factor", PASSWORD)
    for _ in range(100):
        desk.stage.parts.non_pki.bound.missed(desk.bound()[0].credential_id)
    assert desk.verify("single-factor", PASSWORD).status_code == 429


def test_nobody_removes_what_belongs_to_somebody_else(desk, stage):
    desk.bind()
    other = stage.browser()
    assert other.sign_in(stage.enrol_person(stage.BLAKE)).status_code == 200
    answer = other.http.post("/authenticators/removal", data={"credential": desk.bound()[0].credential_id})
    assert answer.status_code == 403
    assert len(desk.bound()) == 1


def test_no_password_and_no_key_is_on_record(desk):
    desk.bind("single-factor", PASSWORD)
    rows = desk.stage.parts.store.read().execute("SELECT password FROM authenticator").fetchall()
    assert all(PASSWORD not in row["password"] for row in rows)
    assert not any(PASSWORD in str(record) for record in desk.stage.issuer.audit())


def test_the_stock_knows_its_kinds(desk):
    with pytest.raises(NotSupported):
        desk.stock.take("made of wood")
    with pytest.raises(NoSuchCredential):
        desk.stock.take("unbound").get_assertion("dpc.example", (), b"")


ANSWERS = st.one_of(
    st.text(max_size=60),
    st.recursive(
        st.none() | st.integers() | st.text(max_size=20),
        lambda inner: st.dictionaries(
            st.sampled_from(["id", "rawId", "response", "type", "clientDataJSON", "attestationObject", "signature"]),
            inner,
        ),
        max_leaves=8,
    ).map(json.dumps),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answer=ANSWERS)
@example(answer='{"response": {"attestationObject": 1099511627776}}')
@example(answer='{"rawId": 1099511627776, "response": {}}')
def test_whatever_arrives_is_refused_in_words(desk, answer):
    assert desk.verify(response=answer or "{}").status_code in (400, 403)
    desk.options()
    assert desk.post("/authenticators", response=answer).status_code in (400, 403)
    assert not desk.bound()
