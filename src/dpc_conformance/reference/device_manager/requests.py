"""What the current request says, whoever asks for it."""

from collections.abc import Mapping
from typing import Any

from flask import request

from dpc_conformance.reference.device_manager.refusals import Refused
from dpc_conformance.reference.device_manager.sessions import SignedRequest
from dpc_conformance.roles.reasons import Reason


def signed_request() -> SignedRequest:
    """The current request as the device signed it."""
    return SignedRequest(request.method, request.path, request.get_data(), request.headers.get("Authorization", ""))


def content() -> Mapping[str, Any]:
    """The JSON object in the current request. Raises Refused."""
    body = request.get_json(force=True, silent=True)
    if not isinstance(body, dict):
        raise Refused(Reason.REQUEST_MALFORMED, "the body is no JSON object", 400)
    return body
