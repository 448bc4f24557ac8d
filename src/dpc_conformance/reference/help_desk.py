"""The organisation's own instructions, to which the device manager's setting points."""

from flask import Flask, Response

from dpc_conformance.reference.pages.page import page
from dpc_conformance.reference.serving.web_app import WebApp

PATH = "/smart-card"
ADDRESS = f"https://help.dpc.example{PATH}"
PAGE = """<p>\
{{ _("Go to the kiosk in the lobby of building 3 with your smart card and your phone. The help desk is next to it.") }}\
</p>"""


def organisation_help() -> Flask:
    """A web site of one page."""
    app = WebApp(__name__)
    app.add_url_rule(PATH, view_func=instructions)
    return app


def instructions() -> Response:
    """Where to go with card and phone."""
    return page("Example Agency", "Your mobile smart card", PAGE)
