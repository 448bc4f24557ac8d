"""A device manager that has nothing in common with the reference but what it is for."""

from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, abort, request

TOKEN = "fleet-administration-3c9e"


class FleetOffice:
    """Its administration. One handset is Alex Archer's, and is managed no more."""

    def __init__(self) -> None:
        self.source: dict[str, Any] | None = None
        self.assigned: list[str] = []
        self.log: list[dict[str, str]] = []
        self.app = Flask("fleet")

        @self.app.before_request
        def known() -> None:
            if request.headers.get("Authorization") != f"Bearer {TOKEN}":
                abort(401)

        @self.app.put("/fleet/credential-source")
        def configure() -> Response:
            if self.source not in (None, request.json):
                abort(409)
            self.source = request.json
            return self._done("SOURCE", request.json["title"], 204)

        @self.app.get("/fleet/credential-source")
        def source() -> dict[str, Any]:
            return self.source or abort(404)

        @self.app.post("/fleet/assignments")
        def assign() -> Response:
            self.assigned.append(request.form["member"])
            return self._done("ASSIGNED", request.form["member"], 201)

        @self.app.get("/fleet/handsets")
        def handsets() -> dict[str, Any]:
            member = request.args["member"]
            own = [{"tag": "H-1", "member": member, "make": "Slab 4", "managed": False}]
            return {"handsets": own if member == "acct-alex" else []}

        @self.app.get("/fleet/log")
        def log() -> list[dict[str, str]]:
            return self.log

    def _done(self, what: str, about: str, status: int) -> Response:
        now = datetime.now(UTC).isoformat()
        self.log.append({"when": now, "by": "administrator", "did": what, "about": about})
        return Response(status=status)
