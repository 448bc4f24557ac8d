"""The pages of the device sign-in, as HTML."""

from flask import make_response, render_template_string
from werkzeug.wrappers import Response

_FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><main><h1>{{ title }}</h1>{% if problem %}<p role="alert">{{ problem }}</p>{% endif %}"""
_END = "</main></body></html>"

_ENTER_CODE = """<p>Enter the code that the app on your device shows.</p>
<form method="post" action="{{ origin }}/devicelogin">
<label for="code">Code</label><input id="code" name="user_code" value="{{ code }}" autocomplete="off" autofocus>
<button type="submit">Next</button></form>"""
_SIGN_IN = """<p>You are signing in to {{ client }} on another device.</p>
<p><a class="certificate-sign-in" href="{{ sign_in }}/sign-in">Sign in with a certificate or smart card</a></p>"""
_CONFIRM = """<p>Signed in as {{ upn }}. Only continue if you started this sign-in on your own device.</p>
<form method="post" action="{{ origin }}/confirm">
<button type="submit" name="decision" value="continue">Continue</button>
<button type="submit" name="decision" value="cancel">Cancel</button></form>"""
_AUTHENTICATOR = """<form class="webauthn" method="post" action="{{ origin }}/authenticator">
<input type="hidden" name="options" value="{{ options }}"><input type="hidden" name="response" value="">
<label for="password">Password</label><input type="password" id="password" name="password">
<button type="submit">Use the authenticator</button></form>"""
_AGAIN = """<p><a href="{{ origin }}/devicelogin">Enter a code</a></p>"""


def enter_code(origin: str, problem: str = "", status: int = 200, code: str = "") -> Response:
    """The prompt for the code, filled in when the device handed out a complete address (RFC 8628 §3.3.1)."""
    return _page("Enter code", _ENTER_CODE, status, problem, origin=origin, code=code)


def sign_in(client: str, sign_in_origin: str) -> Response:
    """The link to the port that asks for the card's certificate."""
    return _page("Sign in", _SIGN_IN, 200, "", client=client, sign_in=sign_in_origin)


def confirm(client: str, upn: str, origin: str) -> Response:
    """The last question: a code may have come from somebody else's device (RFC 8628 §5.4)."""
    return _page(f"Are you trying to sign in to {client}?", _CONFIRM, 200, "", upn=upn, origin=origin)


def done(client: str) -> Response:
    """The device will be signed in at its next poll."""
    text = "<p>You have signed in to {{ client }} on your device. You may now close this window.</p>"
    return _page("You are signed in", text, 200, "", client=client)


def cancelled(client: str) -> Response:
    """The device will be told access_denied."""
    return _page("Sign-in cancelled", "<p>{{ client }} on your device was not signed in.</p>", 200, "", client=client)


def not_signed_in(problem: str, origin: str, status: int = 403) -> Response:
    """A refusal, in words for the person."""
    return _page("You are not signed in", _AGAIN, status, problem, origin=origin)


def authenticator(origin: str, options: str) -> Response:
    """The page that asks for an authenticator, and for the password that goes with some."""
    return _page("Sign in with an authenticator", _AUTHENTICATOR, 200, "", origin=origin, options=options)


def signed_in(account: str) -> Response:
    """Somebody is signed in, with no other device waiting."""
    return _page("You are signed in", "<p>Signed in as {{ account }}.</p>", 200, "", account=account)


def _page(title: str, body: str, status: int, problem: str, **values: str) -> Response:
    html = render_template_string(_FRAME + body + _END, title=title, problem=problem, **values)
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return response
