"""The bodies of requests and answers on the reference's wire, as JSON Schema by method and path.

What a server reads by name is named there too; `tests/serve/test_described_bodies.py` holds both against real traffic.
"""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from dpc_conformance.protocols.device_profiles import KINDS
from dpc_conformance.reference.device_manager.notifier import Pushed
from dpc_conformance.reference.issuer import authenticator_verification, no_card_desk, registration_desk
from dpc_conformance.reference.issuer.revocation_desk import REASONS
from dpc_conformance.reference.serving.described_body import FORM, Body
from dpc_conformance.roles.device_manager import ManagedApp

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
TRUTH: Schema = {"type": "boolean"}
BASE64: Schema = {"type": "string", "contentEncoding": "base64"}
JWS: Schema = {"type": "string", "pattern": r"^[\w-]+\.[\w-]+\.[\w-]+$", "description": "compact JWS (RFC 7515)"}
JWK: Schema = {"type": "object", "description": "a public key (RFC 7517)", "required": ["kty"]}
CERTS, PKCS10 = "application/pkcs7-mime", "application/pkcs10"
TYPES: Mapping[Any, Schema] = {str: TEXT, int: NUMBER, bool: TRUTH}


def record(optional: Mapping[str, Schema] | None = None, /, **members: Schema) -> Schema:
    """An object with these members, and perhaps the optional ones."""
    return {"type": "object", "properties": {**members, **(optional or {})}, "required": sorted(members)}


def texts(*names: str) -> Schema:
    """An object whose members are texts."""
    return record(**dict.fromkeys(names, TEXT))


def many(each: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": each}


def one_of(*values: str) -> Schema:
    """One of these texts."""
    return {"type": "string", "enum": list(values)}


def rows_of(kind: type) -> Schema:
    """A list of what the dataclass has."""
    return many(record(**{each.name: TYPES[each.type] for each in fields(kind)}))


def _filled_in(optional: tuple[str, ...], *names: str) -> Body:
    """A form of a page; the answer is the next page. The texts in `optional` may be left out."""
    return Body(record(dict.fromkeys(optional, TEXT), **dict.fromkeys(names, TEXT)), FORM)


NOTHING: Schema = {"type": "object", "maxProperties": 0}
CREDENTIAL = record(usage=TEXT, path=TEXT, key=one_of("device", "issuer", "hardware"))
PROFILE = record(purpose=one_of(*sorted(KINDS)), settings={"type": "object"}, fingerprints=many(TEXT))
OAUTH_TOKEN = record(
    {"scope": TEXT, "refresh_token": TEXT}, access_token=TEXT, token_type=TEXT, expires_in=NUMBER, id_token=JWS
)
TOKEN_REQUEST = record(
    dict.fromkeys(("client_id", "device_code", "code", "code_verifier", "redirect_uri"), TEXT), grant_type=TEXT
)
CODES = record(
    {"verification_uri_complete": TEXT}, device_code=TEXT, user_code=TEXT, verification_uri=TEXT, expires_in=NUMBER,
    interval=NUMBER,
)  # fmt: skip
SESSION = record(
    {"order": JWS, "unblocking_key": TEXT, "next_unblocking_key": TEXT}, token=TEXT, expires_in=NUMBER,
    credentials=many(CREDENTIAL),
)  # fmt: skip
CONFIGURATION = record(
    issuer_address={"type": ["string", "null"]},
    help_url=TEXT,
    camera_allowed=TRUTH,
    screen_lock_required=TRUTH,
    trusted_roots=many(TEXT),
)
METADATA = record(
    **dict.fromkeys(
        ("issuer", "authorization_endpoint", "device_authorization_endpoint", "token_endpoint", "jwks_uri"), TEXT
    ),
    **dict.fromkeys(
        (
            "grant_types_supported", "response_types_supported", "code_challenge_methods_supported",
            "claims_supported", "scopes_supported", "subject_types_supported",
            "token_endpoint_auth_methods_supported", "id_token_signing_alg_values_supported",
        ),
        many(TEXT),
    ),
)  # fmt: skip
REPORT = record(dict.fromkeys((*registration_desk.WORDS, "sample"), TEXT), visit=NUMBER)
WEBAUTHN = ("options", "response", "password")

BODIES: Mapping[tuple[str, str], Body] = {
    ("post", "/enrol/sessions"): Body(
        record({"password": TEXT}, secret=TEXT, statement=JWS, proof=JWS), answers=SESSION
    ),
    ("post", "/enrol/receipts"): Body(record(token=TEXT, serial={**TEXT, "pattern": "^[0-9]+$"}), answers=NOTHING),
    ("post", "/rekey/receipts"): Body(answers=NOTHING),
    ("get", "/recovery/keys"): Body(answers=record(certificates=many(BASE64))),
    ("post", "/recovery"): Body(
        record(certificate=BASE64, request=BASE64), answers=record(certificate=BASE64, key=BASE64)
    ),
    ("post", "/recovery/receipts"): Body(record(certificate=BASE64), answers=NOTHING),
    ("get", "/module/orders"): Body(answers=record(order=JWS)),
    ("post", "/no-card"): Body(texts(*no_card_desk.WORDS), answers=record(event=TEXT, code=BASE64)),
    ("get", "/registration/visits"): Body(answers=record(visits=many(record(visit=NUMBER, account=TEXT)))),
    ("post", "/registration"): Body(REPORT, answers=record(application=TEXT)),
    ("post", "/revocations"): Body(record(serial=TEXT, reason=one_of(*sorted(REASONS))), answers=texts("serial")),
    ("post", "/authenticators/verifications"): Body(
        texts(*authenticator_verification.ASKED), answers=record(account=TEXT, ial=NUMBER, aal=NUMBER)
    ),
    ("post", "/devices"): Body(
        record({"enrolment_token": TEXT, "module": TEXT, "system": TEXT}, key=JWK, id_token=JWS, model=TEXT),
        answers=record(device_id=TEXT, account=TEXT, names=many(TEXT)),
    ),
    ("get", "/configuration"): Body(answers=CONFIGURATION),
    ("get", "/notifications"): Body(answers=record(notifications=rows_of(Pushed))),
    ("post", "/statements"): Body(texts("audience"), answers=record(statement=JWS)),
    ("post", "/check-ins"): Body(
        record(certificates={"type": "object", "additionalProperties": BASE64}),
        answers=record(managed=TRUTH, credential_stands=TRUTH, profiles=many(PROFILE)),
    ),
    ("get", "/apps"): Body(answers=record(apps=rows_of(ManagedApp))),
    ("post", "/unenrolments"): Body(NOTHING, answers={"type": "null"}),
    ("post", "/device_authorization"): Body(record({"scope": TEXT}, client_id=TEXT), FORM, answers=CODES),
    ("post", "/token"): Body(TOKEN_REQUEST, FORM, answers=OAUTH_TOKEN),
    ("get", "/jwks"): Body(answers=record(keys=many(JWK))),
    ("get", "/.well-known/openid-configuration"): Body(answers=METADATA),
    **{
        ("post", f"/.well-known/est{label}/{operation}"): Body(BASE64, PKCS10, BASE64, CERTS)
        for label in ("", "/{usage}")
        for operation in ("simpleenroll", "simplereenroll")
    },
    ("post", "/.well-known/est/{usage}/serverkeygen"): Body(BASE64, PKCS10, TEXT, "multipart/mixed"),
    **{("get", f"/.well-known/est{label}/cacerts"): Body(answers=BASE64, gives=CERTS) for label in ("", "/{usage}")},
    **{
        ("get", f"/.well-known/est{label}/csrattrs"): Body(answers=BASE64, gives="application/csrattrs")
        for label in ("", "/{usage}")
    },
    ("get", "/style.css"): Body(answers=TEXT, gives="text/css"),
    ("post", "/request"): _filled_in(("obligations",), "profile"),
    ("post", "/lost-phone"): _filled_in((), "device"),
    ("post", "/reset"): _filled_in((), "choice"),
    ("post", "/card"): Body({"type": "object", "additionalProperties": TEXT}, "multipart/form-data"),
    ("post", "/authenticators"): _filled_in((*WEBAUTHN, "obligations")),
    ("post", "/authenticators/confirmation"): _filled_in(WEBAUTHN),
    ("post", "/authenticators/password"): _filled_in((), "current_password", "new_password"),
    ("post", "/authenticators/removal"): _filled_in((), "credential"),
    ("post", "/authenticator"): _filled_in(WEBAUTHN),
    ("post", "/devicelogin"): _filled_in((), "user_code"),
    ("post", "/confirm"): Body(record(decision=one_of("continue", "cancel")), FORM),
}
"""Whatever is not here has a page for an answer, and no body in its request."""
