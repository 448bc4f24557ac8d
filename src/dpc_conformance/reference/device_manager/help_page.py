"""The pages that people get from the device manager in a browser."""

from flask import Response

from dpc_conformance.reference.pages.page import page

SITE = "Company Portal"
HELP_PATH = "/help/derived-credentials"
HELP_TITLE = "Set up mobile smart card access"
STEPS = (
    "In Company Portal, tap Begin.",
    "At the computer or kiosk, sign in to your organization's credential issuer with your smart card.",
    "Ask for an ID that is activated with a mobile credential. A QR code appears.",
    "On the phone, tap Continue, then Use Camera, and scan the QR code.",
    "Choose an activation secret and wait until Company Portal has finished.",
)
HELP = """<p>{{ _("You need your smart card, a computer or kiosk where you can use it, and this phone.") }}</p>
<ol>
{% for step in steps %}<li>{{ _(step) }}</li>
{% endfor %}</ol>"""
ON_PHONE = """<p>{{ _("Open this link on the phone on which Company Portal is installed.") }}</p>"""


def help_page() -> Response:
    """What they get when their organisation published no instructions of its own."""
    return page(SITE, HELP_TITLE, HELP, steps=STEPS)


def open_on_phone_page() -> Response:
    """What a link that belongs into the app shows elsewhere."""
    return page(SITE, HELP_TITLE, ON_PHONE)
