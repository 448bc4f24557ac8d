"""The web service that phones talk to."""

from dataclasses import asdict

from cryptography.hazmat.primitives.serialization import Encoding
from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from dpc_conformance.protocols.device_management import public_jwk
from dpc_conformance.reference.device_manager.help_page import HELP_PATH, help_page, open_on_phone_page
from dpc_conformance.reference.device_manager.managed_phone import managed_phone
from dpc_conformance.reference.device_manager.notifier import PORTAL_PATH, SETUP_PATH
from dpc_conformance.reference.device_manager.parts import DeviceManagerParts
from dpc_conformance.reference.device_manager.refusals import Refused
from dpc_conformance.reference.device_manager.register import ManagedDevice
from dpc_conformance.reference.device_manager.requests import content, signed_request
from dpc_conformance.reference.device_manager.sessions import device_key
from dpc_conformance.reference.origins import same_origin
from dpc_conformance.reference.serving.web_app import WebApp
from dpc_conformance.roles.reasons import Reason

LARGEST_REQUEST = 65536
"""Bytes."""


def build_app(parts: DeviceManagerParts) -> Flask:
    """The Flask application over these parts; parts swapped later take effect at once."""
    app = WebApp(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    app.register_blueprint(managed_phone(parts))

    @app.before_request
    def patience() -> None:
        if parts.guesses.too_many(request.remote_addr or ""):
            raise Refused(Reason.TOO_MANY_ATTEMPTS, "there were too many wrong signatures; try again later", 429)

    @app.post("/devices")
    def enrol() -> Response:
        sent = signed_request()
        body = content()
        key, id_token, model, module = (body.get(name) for name in ("key", "id_token", "model", "module"))
        if not isinstance(key, dict) or not isinstance(id_token, str) or not isinstance(model, str):
            raise Refused(Reason.REQUEST_MALFORMED, "key, id_token and model are needed", 400)
        try:
            # Written anew, so that one key cannot be enrolled twice in different spellings.
            key = public_jwk(device_key(key).public_key)
        except ValueError as error:
            raise Refused(Reason.KEY_TYPE, str(error), 400) from error
        parts.sessions.check_possession(sent, key)
        system, token = str(body.get("system", "")), str(body.get("enrolment_token", ""))
        if not parts.enrolment.accepts(token):
            raise Refused(Reason.TOKEN, "this is no enrolment token of the organization", 403)
        user = parts.identity.verify(id_token)
        try:
            managed = parts.register.add(user.account, user.mail, model, key, str(module or ""), system)
        except ValueError as error:
            raise Refused(Reason.DEVICE_NOT_REGISTERED, str(error), 409, user.account) from error
        parts.audit.accept(user.account, "enrol", managed.device.device_id, model)
        parts.notifier.consider(user.account)
        return jsonify(device_id=managed.device.device_id, account=user.account, names=list(user.names))

    @app.get("/configuration")
    def configuration() -> Response:
        managed = parts.sessions.device_of(signed_request())
        setting = parts.setting.current()
        targeted = parts.targeting.is_targeted(managed.device.account)
        own_help = setting.help_url if setting is not None else None
        return jsonify(
            issuer_address=setting.issuer_address if setting is not None and targeted else None,
            help_url=own_help or parts.service_address + HELP_PATH,
            camera_allowed=parts.camera.allowed,
            screen_lock_required=parts.screen_lock.required,
            trusted_roots=[root.public_bytes(Encoding.PEM).decode() for root in parts.deployed_roots],
        )

    @app.get("/notifications")
    def notifications() -> Response:
        managed = parts.sessions.device_of(signed_request())
        pushed = parts.notifier.pushed(managed.device.device_id)
        return jsonify(notifications=[asdict(one) for one in pushed])

    @app.post("/statements")
    def statement() -> Response:
        managed = parts.sessions.device_of(signed_request())
        audience = content().get("audience")
        check_audience(parts, managed, audience)
        text = parts.statements.state(managed, str(audience))
        parts.held.authorise(managed.device.device_id, parts.setting.generation)
        parts.audit.accept(managed.device.account, "state", managed.device.device_id, str(audience))
        return jsonify(statement=text)

    app.add_url_rule(HELP_PATH, view_func=help_page)
    for path in (SETUP_PATH, PORTAL_PATH):
        app.add_url_rule(path, view_func=open_on_phone_page)

    @app.errorhandler(Refused)
    def refused(error: Refused) -> tuple[Response, int]:
        if error.reason is Reason.PROOF_OF_POSSESSION:
            parts.guesses.note(request.remote_addr or "")
        parts.audit.refuse(error.actor, f"{request.method} {request.path}", error.reason, detail=error.message)
        return jsonify(error=error.reason.value, message=error.message), error.status

    @app.errorhandler(HTTPException)
    def not_served(error: HTTPException) -> tuple[Response, int]:
        return jsonify(error="", message=error.name), error.code or 500

    return app


def check_audience(parts: DeviceManagerParts, managed: ManagedDevice, audience: object) -> None:
    """Statements go to the tenant's issuer only, about people who need a derived credential. Raises Refused."""
    setting, device = parts.setting.current(), managed.device
    if setting is None or not parts.targeting.is_targeted(device.account):
        raise Refused(Reason.NOT_APPROVED, "no policy asks for a derived credential here", 403, device.device_id)
    if not isinstance(audience, str) or not same_origin(audience, setting.issuer_address):
        raise Refused(Reason.DEVICE_STATEMENT, "this is not the tenant's issuer", 403, device.device_id)
