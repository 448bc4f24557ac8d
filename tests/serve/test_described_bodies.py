"""What `dpc serve --describe` says of bodies is what goes over the wire: a journey and more, held against it."""

import json
import re
from html.parser import HTMLParser

import pytest
from cryptography import x509
from enrolled import SECRET, enrol
from flask import request
from jsonschema import Draft202012Validator
from visited import pages_in

from dpc_conformance.casting_served import serve_system
from dpc_conformance.reference import wire_bodies
from dpc_conformance.reference.serving.described_body import FORM, JSON
from dpc_conformance.reference.serving.description import describe
from dpc_conformance.roles.no_card_desk import Circumstances
from dpc_conformance.roles.registration_desk import Appearance

NOT_SPOKEN_HERE = {("get", "/module/orders"), ("post", "/authenticators/verifications"), ("get", "/style.css")}
"""A hardware credential, a FIDO2 authenticator, a browser: scenarios have them."""


class Heard:
    """What servers were asked and answered, where they answered 200: method and path, bodies, kinds of bodies."""

    def __init__(self, applications):
        self.exchanges = []
        for each in applications:
            each.app.after_request_funcs.setdefault(None, []).append(self._note)

    def _note(self, response):
        if request.url_rule and response.status_code == 200 and not response.is_streamed:
            path = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", request.url_rule.rule)
            asked = request.form.to_dict() if request.mimetype == FORM else request.get_data(as_text=True)
            kinds = request.mimetype, response.mimetype
            self.exchanges.append(((request.method.lower(), path), (asked, response.get_data(as_text=True)), kinds))
        return response


@pytest.fixture(scope="module")
def system():
    with serve_system(None, None, {}, ()) as served:
        yield served


@pytest.fixture(scope="module")
def document(system):
    return describe(system.applications, wire_bodies.BODIES)


@pytest.fixture(scope="module")
def exchanges(system):
    heard, cast = Heard(system.applications), system.cast
    phone, recovery = cast.phone, cast.issuer.escrow.recovery_address
    enrol(cast, phone)
    cast.registration_desk.log_on()
    assert cast.registration_desk.register(cast.cardholder, Appearance()).status == 200
    assert cast.no_card_desk.decide(cast.cardholder, Circumstances()).status == 200
    assert phone.sign_in_to_application("https://idp.dpc.example", SECRET) is not None
    earlier = cast.issuer.escrow.add_earlier_key(cast.cardholder)
    assert earlier in phone.key_history.offered(recovery, SECRET)
    phone.key_history.recover(recovery, earlier, SECRET)
    phone.rekey(SECRET)
    phone.open_company_portal()
    phone.choose("Apps")
    phone.open_company_portal()
    phone.choose("Remove device")
    issued = x509.load_der_x509_certificate(cast.issuer.credentials_of(cast.cardholder)[-1].certificate)
    assert cast.revocation_desk.ask(f"{issued.serial_number:x}", "superseded").status == 200
    return heard.exchanges


def operation(document, place):
    return document["paths"][place[1]][place[0]]


def content(described, kind):
    """The schema for what is of that kind. KeyError where another kind is described."""
    return described["content"][kind]["schema"]


def misfit(schema, sent):
    """Why that is not what is described: None where it is. A member that nobody describes is a misfit, too."""
    value = sent if isinstance(sent, dict) else json.loads(sent)
    problem = next(Draft202012Validator(schema).iter_errors(value), None)
    more = value.keys() - schema["properties"].keys() if "properties" in schema else ()
    return problem.message if problem else (f"{sorted(more)} is not described" if more else None)


def test_every_request_and_answer_is_as_described(document, exchanges):
    for place, (asked, answered), (takes, gives) in exchanges:
        described = operation(document, place)
        if asked and takes in (FORM, JSON):
            assert misfit(content(described["requestBody"], takes), asked) is None, place
        elif asked:
            assert takes in described["requestBody"]["content"], place
        schema = content(described["responses"]["200"], gives)
        assert gives != JSON or misfit(schema, answered) is None, (place, answered)


def test_everything_that_programs_say_was_said(document, exchanges):
    spoken = {place for place, _, _ in exchanges}
    of_programs = {
        place for place, body in wire_bodies.BODIES.items()
        if body.answers and place in {(method, path) for path, item in document["paths"].items() for method in item}
    }  # fmt: skip
    est = {place for place in of_programs if "/est/" in place[1] and place not in spoken}
    assert of_programs - spoken - est == NOT_SPOKEN_HERE
    assert {place[1].rsplit("/", 1)[1] for place in spoken} >= {"cacerts", "simpleenroll", "serverkeygen"}


def test_every_body_belongs_to_a_route(document):
    assert [place for place in wire_bodies.BODIES if place[0] not in document["paths"].get(place[1], {})] == []


def test_every_request_that_brings_something_is_described(document):
    silent = {path for path, item in document["paths"].items() if "post" in item and "requestBody" not in item["post"]}
    assert silent == {"/rekey/receipts"}


class Forms(HTMLParser):
    """The names of the fields by the action of the form."""

    def __init__(self, html):
        super().__init__()
        self.fields, self._action = {}, ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._action = re.sub(r"^https://[^/]+", "", given["action"])
        elif given.get("name") and tag in ("input", "button", "select", "textarea"):
            self.fields.setdefault(self._action, set()).add(given["name"])


def test_forms_hold_what_is_described(document, system):
    seen = {}
    for name, answer in pages_in(system, "en").items():
        if not name.startswith("console"):
            for action, names in Forms(answer.get_data(as_text=True)).fields.items():
                seen.setdefault(action, set()).update(names)
    assert len(seen) >= 6
    for action, names in seen.items():
        schema = content(operation(document, ("post", action))["requestBody"], FORM)
        assert names == schema["properties"].keys(), action


@pytest.mark.parametrize(
    ("sent", "why"),
    [("{}", "required"), ('{"token": "t", "serial": "ff"}', "match"), ('{"token": "t", "serial": "1", "x": 1}', "x")],
)
def test_what_is_not_as_described_is_found(document, sent, why):
    schema = content(operation(document, ("post", "/enrol/receipts"))["requestBody"], JSON)
    assert why in misfit(schema, sent)
