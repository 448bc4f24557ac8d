"""Applications that leave the sign-in to the provider: who gets a code, and what a code is worth."""

import hashlib
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from dpc_conformance.protocols.code_grant import AGENCY_APPLICATION, AGENCY_APPLICATION_ADDRESS
from dpc_conformance.protocols.qr_payload import base64url
from dpc_conformance.reference.identity_provider.provider import IdentityProvider
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.reasons import Reason

VERIFIER = "a-verifier-of-at-least-forty-three-characters-length"
ALICE = Person("alice", "Alice", "Example", "alice@dpc.example", "alice@dpc.example")
ASKED = {
    "response_type": "code",
    "client_id": AGENCY_APPLICATION,
    "redirect_uri": AGENCY_APPLICATION_ADDRESS,
    "scope": "openid",
    "state": "s",
    "nonce": "n",
    "code_challenge": base64url(hashlib.sha256(VERIFIER.encode()).digest()),
    "code_challenge_method": "S256",
}


class Levels:
    def claims(self, _certificate):
        return {"ial": 3, "aal": 2}


@pytest.fixture
def provider(parts):
    parts.authenticate_derived = lambda chain: ALICE if chain == [b"derived"] else Refused()
    parts.assurance = Levels()
    return IdentityProvider(parts)


class Refused:
    reason, detail, message = Reason.POLICY, "", "not taken"


def authorize(provider, chain=(b"derived",), **changes):
    asked = {name: value for name, value in {**ASKED, **changes}.items() if value}
    return provider.sign_in_app.test_client().get(
        "/authorize", query_string=asked, environ_overrides={"dpc.client_chain": list(chain)}
    )


def code_of(answer):
    return parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]


def redeem(provider, code, **changes):
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": AGENCY_APPLICATION_ADDRESS,
        "client_id": AGENCY_APPLICATION,
        "code_verifier": VERIFIER,
    }
    return provider.app.test_client().post("/token", data={**sent, **changes}, base_url="https://idp.dpc.example")


def test_the_id_token_carries_levels_and_nonce(provider, parts):
    answer = redeem(provider, code_of(authorize(provider))).json
    claims = jwt.decode(answer["id_token"], KeySet.import_key_set(parts.tokens.key_set())).claims
    assert (claims["ial"], claims["aal"], claims["nonce"], claims["sub"]) == (3, 2, "n", "alice")
    assert claims["aud"] == AGENCY_APPLICATION


def test_a_code_is_good_once(provider):
    code = code_of(authorize(provider))
    assert redeem(provider, code).status_code == 200
    assert redeem(provider, code).status_code == 400


def test_a_code_lives_for_a_minute(provider, parts):
    code = code_of(authorize(provider))
    parts.clock.advance(timedelta(minutes=1))
    assert redeem(provider, code).status_code == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"code_verifier": "b" + VERIFIER[1:]},
        {"code_verifier": ""},
        {"client_id": "company-portal"},
        {"redirect_uri": "https://evil.example/"},
        {"code": "guessed"},
    ],
)
def test_a_code_is_worth_nothing_to_others(provider, changes):
    code = code_of(authorize(provider))
    assert redeem(provider, **{"code": code, **changes}).status_code in (400, 401)


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": "https://evil.example/"},
        {"client_id": "unknown"},
        {"client_id": "company-portal"},
        {"response_type": "token"},
        {"code_challenge_method": "plain"},
    ],
)
def test_what_is_not_registered_gets_no_code(provider, changes):
    answer = authorize(provider, **changes)
    assert "code=" not in answer.headers.get("location", "")


@pytest.mark.parametrize("chain", [(), (b"card",)])
def test_whoever_shows_no_derived_credential_gets_no_code(provider, parts, chain):
    assert authorize(provider, chain).status_code == 403
    assert parts.audit.records()[-1].reason == Reason.POLICY
