"""The console's web application; it belongs on a loopback port without TLS."""

from collections.abc import Callable
from datetime import timedelta
from hmac import compare_digest
from pathlib import Path

from flask import Flask, Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from dpc_conformance.reference.console import templates
from dpc_conformance.reference.console.audit_feed import SHOWN_AT_FIRST, feed
from dpc_conformance.reference.console.knowledge import certificates, credentials, devices
from dpc_conformance.reference.console.phone_pages import add_phone
from dpc_conformance.reference.console.system import System
from dpc_conformance.reference.pages.page import page
from dpc_conformance.reference.pages.words import language, words_of
from dpc_conformance.reference.serving.web_app import WebApp

SCRIPT = (Path(__file__).parent / "console.js").read_bytes()
SCRIPT_PATH = "/console.js"
HERE = frozenset({"127.0.0.1", "localhost"})
UNITS = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1), "days": timedelta(days=1)}
MOST_DAYS = 3650
LARGEST_PICTURE = 16 * 1024 * 1024
"""Bytes: as large as photographs are."""
SITE = "Reference system"


def build_console(system: System) -> Flask:
    """The pages about a system that runs."""
    app = WebApp(__name__)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_PICTURE

    @app.before_request
    def only_from_here() -> ResponseReturnValue | None:
        """A name that somebody else has pointed at this machine is not ours; a form without our token neither."""
        if request.host.rpartition(":")[0] not in HERE:
            return Response("This is not the name of this server.\n", 421, content_type="text/plain")
        if request.method == "POST" and not compare_digest(
            request.form.get("token", "").encode(), system.token.encode()
        ):
            return Response("This form is not from the console.\n", 403, content_type="text/plain")
        return None

    @app.get("/")
    def overview() -> Response:
        """Everything at one glance."""
        return _overview(system)

    @app.get("/audit")
    def audit() -> ResponseReturnValue:
        """Records since the last look, as JSON."""
        try:
            new = feed(system, request.args.get("seen", ""))
        except ValueError:
            return Response("Expected what an earlier answer had.\n", 400, content_type="text/plain")
        return jsonify(rows=new.rows, seen=new.seen)

    @app.get(SCRIPT_PATH)
    def script() -> Response:
        """The page's only script."""
        return Response(SCRIPT, content_type="text/javascript; charset=utf-8")

    @app.post("/clock")
    def clock() -> ResponseReturnValue:
        """Move the clock forward."""
        by = _duration()
        if by is None:
            return _overview(system, f"Expected a number above 0 and at most {MOST_DAYS} days.", 400)
        system.move(by)
        return redirect("/", 303)

    @app.get("/administration")
    def administration() -> Response:
        """What administrators of issuer and device manager do."""
        return page(
            SITE, "Administration", templates.ADMINISTRATION, look="wide",
            holder=system.cast.cardholder, devices=devices(system), token=system.token,
        )  # fmt: skip

    @app.post("/administration")
    def administer() -> ResponseReturnValue:
        """Do one of these things."""
        act = _acts(system).get(request.form.get("act", ""))
        if act is None:
            return Response("There is no such act.\n", 400, content_type="text/plain")
        act()
        return redirect("/administration", 303)

    add_phone(app, system)
    return app


def _overview(system: System, problem: str = "", status: int = 200) -> Response:
    first, say = feed(system, at_most=SHOWN_AT_FIRST), words_of(language())
    return page(
        SITE, "Reference system", templates.OVERVIEW, status, problem, SCRIPT_PATH, look="wide",
        now=f"{system.cast.clock.now():%Y-%m-%d %H:%M:%S} UTC", units=tuple(UNITS), token=system.token,
        roles=[(say(each.name), each.address, f"127.0.0.1:{each.port}") for each in system.roles],
        holder=system.cast.cardholder, credentials=credentials(system),
        devices=[(each.model, each.device_id, each.state) for each in devices(system)],
        certificates=certificates(system), rows=tuple(reversed(first.rows)), seen=first.seen,
    )  # fmt: skip


def _duration() -> timedelta | None:
    """What the form asks for; None when that is not forward, or too far."""
    try:
        by = int(request.form.get("amount", "")) * UNITS[request.form.get("unit", "")]
    except (ValueError, KeyError, OverflowError):
        return None
    return by if timedelta() < by <= timedelta(days=MOST_DAYS) else None


def _acts(system: System) -> dict[str, Callable[[], object]]:
    cast, holder = system.cast, system.cast.cardholder
    retire = {
        f"retire {each.device_id}": (lambda device_id=each.device_id: cast.device_manager.retire(device_id))
        for each in cast.device_manager.devices_of(holder)
    }
    return {
        "suspend": lambda: cast.issuer.suspend(holder),
        "terminate": lambda: cast.issuer.terminate_account(holder),
        "target": lambda: cast.device_manager.target(holder),
        "allow camera": lambda: cast.device_manager.allow_camera(True),
        "block camera": lambda: cast.device_manager.allow_camera(False),
        **retire,
    }
