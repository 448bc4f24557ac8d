"""The OAuth endpoints on Authlib: the device authorization grant (RFC 8628), and the code grant of applications."""

from dataclasses import dataclass
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin, InvalidGrantError
from authlib.oauth2.rfc8628 import DEVICE_CODE_GRANT_TYPE, DeviceAuthorizationEndpoint, DeviceCodeGrant
from flask import Flask, Response, jsonify, request

from dpc_conformance.reference.identity_provider.application_sign_in import add_application_sign_in
from dpc_conformance.reference.identity_provider.device_requests import APPROVED, WAITING, DeviceRequest, SignedIn
from dpc_conformance.reference.identity_provider.parts import IdentityProviderParts
from dpc_conformance.reference.identity_provider.tokens import ALGORITHM
from dpc_conformance.reference.serving.guesses import Guesses

CODE_GRANT_TYPE = "authorization_code"


@dataclass(frozen=True)
class PublicClient(ClientMixin):  # type: ignore[misc]  # Authlib carries no types
    """An app that keeps no secret (RFC 6749 §2.1); one that is redirected to has an address for that."""

    client_id: str
    redirect_uri: str = ""

    def get_client_id(self) -> str:
        """For Authlib."""
        return self.client_id

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:  # noqa: ARG002
        """Only "none": the client id is all it has."""
        return method == "none"

    def check_grant_type(self, grant_type: str) -> bool:
        """One of the two grants."""
        return bool(grant_type == (CODE_GRANT_TYPE if self.redirect_uri else DEVICE_CODE_GRANT_TYPE))

    def check_response_type(self, response_type: str) -> bool:
        """A code, where there is an address to send it to."""
        return response_type == "code" and bool(self.redirect_uri)

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Only the registered one, character by character (RFC 9700 §2.1)."""
        return bool(self.redirect_uri) and redirect_uri == self.redirect_uri

    def get_default_redirect_uri(self) -> str:
        """For requests that name none."""
        return self.redirect_uri

    def get_allowed_scope(self, scope: str | None) -> str:
        """Whatever was asked for: nothing hangs on it here."""
        return scope or ""


def add_endpoints(app: Flask, sign_in_app: Flask, parts: IdentityProviderParts) -> None:
    """Metadata, key set, /device_authorization, /token, and /authorize where a certificate is asked for."""
    known = {client_id: PublicClient(client_id) for client_id, _ in parts.settings.clients}
    known |= {client_id: PublicClient(client_id, address) for client_id, address in parts.settings.applications}
    server = AuthorizationServer(app, query_client=known.get, save_token=lambda _token, _request: None)
    add_application_sign_in(server, sign_in_app, parts)
    server.register_token_generator("default", lambda **_: _bearer_token(parts))
    server.register_endpoint(_device_authorization(parts))
    wrong = Guesses(parts.clock, parts.settings.most_wrong_device_codes, parts.settings.code_lifetime)
    server.register_grant(_device_code_grant(parts, wrong))

    @app.post("/device_authorization")
    def device_authorization() -> Response:
        if parts.requests.full():
            return _later(503)
        return _not_stored(server.create_endpoint_response("device_authorization"))

    @app.post("/token")
    def token() -> Response:
        if wrong.too_many(request.remote_addr or ""):
            return _later(429)
        return _not_stored(server.create_token_response())

    @app.get("/jwks")
    def jwks() -> Response:
        return jsonify(parts.tokens.key_set())

    @app.get("/.well-known/openid-configuration")
    def metadata() -> Response:
        return jsonify(_metadata(parts.settings.origin, parts.settings.sign_in_origin))


def _metadata(origin: str, sign_in_origin: str) -> dict[str, Any]:
    """OpenID Connect Discovery §3 and RFC 8628 §4."""
    return {
        "issuer": origin,
        "authorization_endpoint": f"{sign_in_origin}/authorize",
        "device_authorization_endpoint": f"{origin}/device_authorization",
        "token_endpoint": f"{origin}/token",
        "jwks_uri": f"{origin}/jwks",
        "grant_types_supported": [DEVICE_CODE_GRANT_TYPE, CODE_GRANT_TYPE],
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
        "claims_supported": ["sub", "ial", "aal", "amr", "auth_time"],
        "scopes_supported": ["openid", "profile", "email"],
        "subject_types_supported": ["public"],
        "token_endpoint_auth_methods_supported": ["none"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
    }


def _bearer_token(parts: IdentityProviderParts) -> dict[str, Any]:
    lifetime = int(parts.settings.token_lifetime.total_seconds())
    return {"token_type": "Bearer", "access_token": parts.codes.access_token(), "expires_in": lifetime}


def _not_stored(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def _device_authorization(parts: IdentityProviderParts) -> type[DeviceAuthorizationEndpoint]:
    class Endpoint(DeviceAuthorizationEndpoint):  # type: ignore[misc]
        CLIENT_AUTH_METHODS = ["none"]
        EXPIRES_IN = int(parts.settings.code_lifetime.total_seconds())
        INTERVAL = parts.settings.interval

        def generate_user_code(self) -> str:
            return parts.codes.user_code()

        def generate_device_code(self) -> str:
            return parts.codes.device_code()

        def get_verification_uri(self) -> str:
            return f"{parts.settings.origin}/devicelogin"

        def save_device_credential(self, client_id: str, scope: str | None, data: dict[str, Any]) -> None:
            parts.requests.add(client_id, scope or "", data["device_code"], data["user_code"])

    return Endpoint


def _later(status: int) -> Response:
    """Nobody is served for now (the error of RFC 6749 §4.1.2.1)."""
    answer = jsonify(error="temporarily_unavailable")
    answer.status_code = status
    return answer


def _device_code_grant(parts: IdentityProviderParts, wrong: Guesses) -> type[DeviceCodeGrant]:
    class Grant(DeviceCodeGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = ["none"]

        def query_device_credential(self, device_code: str) -> DeviceRequest:
            waiting = parts.requests.of_device(device_code)
            if waiting is None:
                wrong.note(request.remote_addr or "")
                raise InvalidGrantError("unknown device_code")
            return waiting

        def query_user_grant(self, _user_code: str) -> tuple[SignedIn | None, bool] | None:
            # The request that polls is known by its device code; a user code may come up twice.
            waiting = parts.requests.of_device(self.request.payload.data["device_code"])
            if waiting is None or waiting.state == WAITING:
                return None
            return waiting.signed_in, waiting.state == APPROVED

        def should_slow_down(self, credential: DeviceRequest) -> bool:
            return parts.requests.polled_too_soon(credential)

        def create_token_response(self) -> tuple[int, dict[str, Any], list[tuple[str, str]]]:
            waiting, signed_in = self.request.credential, self.request.user
            if not parts.requests.redeem(waiting):
                raise InvalidGrantError("device_code was used before")
            status, token, headers = super().create_token_response()
            token["id_token"] = parts.tokens.issue(waiting.client_id, signed_in)
            return status, token, headers

    return Grant
