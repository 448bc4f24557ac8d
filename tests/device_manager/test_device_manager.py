"""The device manager enrols whom the identity provider vouches for, and notifies and states only when it may."""

import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from example_tenant import ALEX, BOTH, ISSUER, MDM, START
from joserfc import jwt
from joserfc.jwk import ECKey

from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.protocols.device_management import (
    ManagementRefused,
    public_jwk,
    request_claims,
    signed,
)
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.roles.device_manager import DerivedCredentialSetting


def last(manager):
    record = manager.audit()[-1]
    return record.action, record.outcome, record.reason


def test_a_phone_is_enrolled_for_the_person_who_signed_in(manager, phone, id_token):
    device = phone().enrol(id_token(), "Model 1")
    assert (device.account, device.names) == (ALEX.account, ("Alex Archer", ALEX.upn))
    (known,) = manager.devices_of(ALEX)
    assert (known.device_id, known.model, known.state) == (device.device_id, "Model 1", "enrolled")
    assert last(manager) == ("enrol", "accepted", "")


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://idp.evil.example"},
        {"aud": "another-app"},
        {"exp": int(START.timestamp()) - 61},
        {"exp": None},
        {"iat": int(START.timestamp()) + 3600},
        {"sub": None},
        {"key": ec.generate_private_key(ec.SECP256R1())},
    ],
)
def test_a_token_that_does_not_hold_enrols_nobody(manager, phone, id_token, changes):
    with pytest.raises(ManagementRefused) as refused:
        phone().enrol(id_token(**changes), "Model 1")
    assert refused.value.status == 401
    assert manager.devices_of(ALEX) == ()
    assert last(manager) == ("POST /devices", "refused", "enrolment-token")


def test_an_unsigned_token_enrols_nobody(manager, phone, id_token):
    _, claims, _ = id_token().split(".")
    with pytest.raises(ManagementRefused):
        phone().enrol(f"eyJhbGciOiJub25lIn0.{claims}.", "Model 1")
    assert manager.devices_of(ALEX) == ()


def test_the_key_of_one_person_cannot_become_that_of_another(manager, phone, id_token):
    device = phone()
    first = device.enrol(id_token(), "Model 1")
    device.device_id = ""
    assert device.enrol(id_token(), "Model 1") == first
    with pytest.raises(ManagementRefused) as refused:
        device.enrol(id_token(sub="acct-blake"), "Model 1")
    assert refused.value.status == 409


def test_there_is_one_issuer_and_everything_else_may_be_edited(manager):
    manager.configure_issuer(BOTH)
    edited = DerivedCredentialSetting("Renamed", ISSUER, "https://help.example/", frozenset({"app"}))
    manager.configure_issuer(edited)
    assert manager.setting() == edited
    with pytest.raises(ValueError, match="an issuer already"):
        manager.configure_issuer(DerivedCredentialSetting("B", "https://b.example/enrol", None, frozenset()))
    with pytest.raises(ValueError, match="pigeon"):
        manager.configure_issuer(DerivedCredentialSetting("A", ISSUER, None, frozenset({"pigeon"})))
    assert manager.setting() == edited


@pytest.mark.parametrize("order", ["target last", "enrol last", "configure last"])
def test_people_are_notified_once_and_only_when_all_is_in_place(manager, phone, id_token, sent, order):
    device = phone()
    steps = {
        "target": lambda: manager.target(ALEX),
        "enrol": lambda: device.enrol(id_token(), "Model 1"),
        "configure": lambda: manager.configure_issuer(BOTH),
    }
    final = steps.pop(order.split()[0])
    for step in steps.values():
        step()
    assert sent == []
    final()
    manager.target(ALEX)
    (one,) = device.notifications()
    assert (one.number, one.epoch, one.title) == (1, int(START.timestamp()), "Set up mobile smart card access")
    ((recipient, subject, body),) = sent
    assert (recipient, subject) == (ALEX.mail, "Set up mobile smart card access")
    assert body.endswith(f"{MDM}/smart-card")


@pytest.mark.parametrize(("types", "in_app", "mails"), [({"app"}, 1, 0), ({"e-mail"}, 0, 1), (set(), 0, 0)])
def test_the_notification_types_are_obeyed(manager, phone, id_token, sent, types, in_app, mails):
    device = phone()
    device.enrol(id_token(), "Model 1")
    manager.configure_issuer(DerivedCredentialSetting("Example", ISSUER, None, frozenset(types)))
    manager.target(ALEX)
    assert (len(device.notifications()), len(sent)) == (in_app, mails)


def test_the_configuration_tells_only_targeted_people_about_the_issuer(manager, phone, id_token):
    device = phone()
    device.enrol(id_token(), "Model 1")
    manager.configure_issuer(BOTH)
    assert device.configuration().issuer_address is None
    manager.target(ALEX)
    manager.allow_camera(False)
    configuration = device.configuration()
    assert (configuration.issuer_address, configuration.camera_allowed) == (ISSUER, False)
    assert configuration.help_url == f"{MDM}/help/derived-credentials"


def test_the_default_help_page_is_open_to_everybody(http):
    answer = http.get(f"{MDM}/help/derived-credentials")
    assert answer.status_code == 200
    assert "QR code" in answer.text


def test_a_statement_ties_the_phone_to_its_person_and_key(manager, phone, id_token, clock):
    device = phone()
    device.enrol(id_token(), "Model 1")
    manager.configure_issuer(BOTH)
    manager.target(ALEX)
    claims = jwt.decode(device.statement(ISSUER), ECKey.import_key(manager.statement_key)).claims
    identifier = claims.pop("jti")
    assert identifier
    assert claims == {
        "iss": MDM,
        "aud": ISSUER,
        "sub": ALEX.account,
        "device_id": device.device_id,
        "cnf": {"jwk": public_jwk(ec_key(SeededEntropy("phone"), ec.SECP256R1()))},
        "compliant": True,
        "iat": clock.epoch(),
        "exp": clock.epoch() + 300,
        "module": "",
        "issued_to": "",
    }
    assert "d" not in manager.statement_key


def test_a_statement_says_that_a_phone_does_not_comply(manager, phone, id_token):
    device = phone()
    device.enrol(id_token(), "Model 1")
    manager.configure_issuer(BOTH)
    manager.target(ALEX)
    manager.find_compliant(ALEX, False)
    claims = jwt.decode(device.statement(ISSUER), ECKey.import_key(manager.statement_key)).claims
    assert claims["compliant"] is False
    manager.find_compliant(ALEX, True)
    claims = jwt.decode(device.statement(ISSUER), ECKey.import_key(manager.statement_key)).claims
    assert claims["compliant"] is True


def test_no_statement_without_a_policy_or_for_another_issuer(manager, phone, id_token):
    device = phone()
    device.enrol(id_token(), "Model 1")
    manager.configure_issuer(BOTH)
    with pytest.raises(ManagementRefused, match="not-approved"):
        device.statement(ISSUER)
    manager.target(ALEX)
    with pytest.raises(ManagementRefused, match="device-statement"):
        device.statement("https://other-issuer.dpc.example/enrol")


def test_a_retired_phone_gets_nothing(manager, phone, id_token):
    device = phone()
    device.enrol(id_token(), "Model 1")
    manager.retire(device.device_id)
    with pytest.raises(ManagementRefused, match="device-not-registered"):
        device.configuration()
    assert manager.devices_of(ALEX)[0].state == "retired"
    with pytest.raises(LookupError):
        manager.retire("nobody")


def request(http, clock, key, device_id, path="/notifications", **changes):
    """A signed request made by hand; returns its answer."""
    claims = request_claims(MDM, "GET", path, b"", clock.epoch(), "once") | changes
    return http.get(MDM + path, headers={"Authorization": f"Device {signed(claims, key, kid=device_id)}"})


def test_a_signed_request_cannot_be_used_twice_or_elsewhere_or_later(manager, phone, id_token, http, clock):
    device, key = phone(), ec_key(SeededEntropy("phone"), ec.SECP256R1())
    device.enrol(id_token(), "Model 1")
    assert request(http, clock, key, device.device_id).status_code == 200
    assert request(http, clock, key, device.device_id).status_code == 401
    for changes in (
        {"aud": "https://other.example"},
        {"htu": "/configuration"},
        {"htm": "POST"},
        {"body_sha256": ""},
        {"iat": clock.epoch() - 61},
        {"iat": clock.epoch() + 61},
        {"iat": None},
        {"jti": None},
    ):
        assert request(http, clock, key, device.device_id, **{"jti": "new"} | changes).status_code == 401
        assert last(manager)[2] == "challenge-response"
    other = ec.generate_private_key(ec.SECP256R1())
    assert request(http, clock, other, device.device_id, jti="other").status_code == 401


@pytest.mark.parametrize(
    "authorization", ["", "Device", "Device x", "Bearer abc", "Device a.b.c", "Device e30.e30.e30"]
)
def test_an_unsigned_request_gets_nothing(http, authorization):
    answer = http.get(f"{MDM}/notifications", headers={"Authorization": authorization})
    assert answer.status_code in (401, 403)


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", json.dumps({"key": 1, "id_token": "", "model": ""}).encode(), b"\xff"]
    + [json.dumps({"key": {"kty": "oct", "k": "AA"}, "id_token": "", "model": ""}).encode()]
    + [json.dumps({"key": {"kty": "EC", "crv": "P-256", "x": "AA"}, "id_token": "", "model": ""}).encode()]
    + [json.dumps({"key": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}, "id_token": "", "model": ""}).encode()]
    + [json.dumps({"key": {"kty": "EC", "crv": "P-256", "x": 1, "y": []}, "id_token": "", "model": ""}).encode()],
)
def test_a_malformed_enrolment_is_refused(http, manager, body):
    answer = http.post(f"{MDM}/devices", content=body, headers={"Authorization": "Device a.b.c"})
    assert answer.status_code in (400, 401)
    assert manager.devices_of(ALEX) == ()


def test_what_is_not_served_says_so(http):
    assert http.get(f"{MDM}/admin").status_code == 404
    assert http.post(f"{MDM}/devices", content=b"x" * 70000).status_code == 413


def test_a_phone_registered_by_the_administrator_is_like_any_other(manager, phone, clock, http):
    manager.configure_issuer(BOTH)
    manager.target(ALEX)
    key = ec_key(SeededEntropy("phone"), ec.SECP256R1())
    device = phone()
    device.device_id = manager.register_device(ALEX, "Model 2", public_jwk(key)).device_id
    clock.advance(timedelta(minutes=1))
    assert len(device.notifications()) == 1
