"""What a phone asks for while it is managed: its check-in, the apps for its user, and the end of its management."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify

from dpc_conformance.protocols.device_profiles import answer_as_json, held_from_json
from dpc_conformance.reference.device_manager.parts import DeviceManagerParts
from dpc_conformance.reference.device_manager.refusals import Refused
from dpc_conformance.reference.device_manager.requests import content, signed_request
from dpc_conformance.roles.reasons import Reason


def managed_phone(parts: DeviceManagerParts) -> Blueprint:
    """JSON in, JSON out; every request is signed by the phone."""
    routes = Blueprint("managed-phone", __name__)

    @routes.post("/check-ins")
    def check_in() -> Response:
        managed = parts.sessions.device_of(signed_request())
        try:
            answer = parts.check_ins.receive(managed, held_from_json(content().get("certificates")))
        except ValueError as error:
            raise Refused(Reason.REQUEST_MALFORMED, str(error), 400, managed.device.device_id) from error
        detail = "" if answer.credential_stands else "the credential was obtained from an issuer that was deleted"
        parts.audit.accept(managed.device.account, "check-in", managed.device.device_id, detail)
        return jsonify(answer_as_json(answer))

    @routes.get("/apps")
    def apps() -> Response:
        managed = parts.sessions.device_of(signed_request())
        return jsonify(apps=[asdict(app) for app in parts.apps.offered_to(managed.device.account)])

    @routes.post("/unenrolments")
    def unenrol() -> Response:
        device = parts.sessions.device_of(signed_request()).device
        parts.register.retire(device.device_id)
        parts.audit.accept(device.account, "unenrol", device.device_id)
        return jsonify()

    return routes
