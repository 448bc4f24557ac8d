"""Sign-in of an application on a phone with the derived credential in TLS: authorization code with PKCE (RFC 7636)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authlib.oauth2 import OAuth2Error
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from flask import Flask, request
from werkzeug.wrappers import Response

from dpc_conformance.reference.identity_provider import pages
from dpc_conformance.reference.identity_provider.authorization_codes import LIFETIME, IssuedCode
from dpc_conformance.reference.identity_provider.device_requests import SignedIn
from dpc_conformance.reference.identity_provider.parts import IdentityProviderParts
from dpc_conformance.reference.identity_provider.tokens import thumbprint
from dpc_conformance.roles.people import Person

SIGN_IN = "sign-in"
AMR = ["swk", "pin", "mfa"]
"""A key in software, activated by a secret (RFC 8176)."""


@dataclass(frozen=True)
class SignedInHere:
    """Who signed in with which levels; for Authlib the resource owner."""

    signed_in: SignedIn
    levels: Mapping[str, int]


class ProofKey(CodeChallenge):  # type: ignore[misc]
    """Nothing but SHA-256 (RFC 9700 §2.1.1)."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]
    DEFAULT_CODE_CHALLENGE_METHOD = "S256"


def add_application_sign_in(server: Any, sign_in_app: Flask, parts: IdentityProviderParts) -> None:
    """`GET /authorize` on the port that asks for a certificate, and the grant behind /token."""
    server.register_grant(_code_grant(parts), [ProofKey(required=True)])

    @sign_in_app.get("/authorize")
    def authorize() -> Response:
        try:
            grant = server.get_consent_grant()
        except OAuth2Error as error:
            return pages.not_signed_in(str(error.error), parts.settings.origin, 400)
        who = _who(parts, grant.client.get_client_id())
        if isinstance(who, str):
            return pages.not_signed_in(who, parts.settings.origin)
        answer: Response = server.create_authorization_response(grant_user=who, grant=grant)
        answer.headers["Cache-Control"] = "no-store"
        return answer


def _who(parts: IdentityProviderParts, client_id: str) -> SignedInHere | str:
    """The person behind the certificate of this connection, or what the person is told."""
    chain: list[bytes] = request.environ.get("dpc.client_chain") or []
    answer = parts.authenticate_derived(chain)
    if not isinstance(answer, Person):
        parts.audit.refuse("unknown", SIGN_IN, answer.reason, client_id, answer.detail)
        return answer.message
    levels = parts.assurance.claims(chain[0])
    parts.audit.accept(answer.account, SIGN_IN, client_id, f"derived credential, {levels}")
    return SignedInHere(SignedIn(answer, thumbprint(chain[0]), parts.clock.now()), levels)


def _code_grant(parts: IdentityProviderParts) -> type[AuthorizationCodeGrant]:
    class Grant(AuthorizationCodeGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = ["none"]

        def generate_authorization_code(self) -> str:
            return parts.codes.device_code()

        def save_authorization_code(self, code: str, oauth: Any) -> None:
            data = oauth.payload.data
            parts.authorization_codes.keep(
                IssuedCode(
                    code, oauth.client.get_client_id(), oauth.payload.redirect_uri, oauth.scope or "",
                    data.get("nonce", ""), data.get("code_challenge", ""), data.get("code_challenge_method", "S256"),
                    oauth.user.signed_in, oauth.user.levels, parts.clock.now() + LIFETIME,
                )
            )  # fmt: skip

        def query_authorization_code(self, code: str, client: Any) -> IssuedCode | None:
            # Spent by the first look: a code that somebody tries with a wrong verifier is no longer good.
            return parts.authorization_codes.spend(code, client.get_client_id())

        def delete_authorization_code(self, authorization_code: IssuedCode) -> None:
            """It is gone already."""

        def authenticate_user(self, authorization_code: IssuedCode) -> SignedIn:
            return authorization_code.signed_in

        def create_token_response(self) -> tuple[int, dict[str, Any], list[tuple[str, str]]]:
            status, token, headers = super().create_token_response()
            code: IssuedCode = self.request.authorization_code
            more = {"nonce": code.nonce, "amr": AMR, **code.levels}
            token["id_token"] = parts.tokens.issue(code.client_id, code.signed_in, more)
            return status, token, headers

    return Grant
