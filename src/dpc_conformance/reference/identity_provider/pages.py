"""The pages of the device sign-in, as HTML."""

from werkzeug.wrappers import Response

from dpc_conformance.reference.pages.page import page

SITE = "Example Agency sign-in"
_ENTER_CODE = """<p>{{ _("Enter the code that the app on your device shows.") }}</p>
<form method="post" action="{{ origin }}/devicelogin">
<p><label for="code">{{ _("Code") }}</label>\
<input id="code" name="user_code" value="{{ code }}" autocomplete="off" autocapitalize="characters" autofocus></p>
<button type="submit">{{ _("Next") }}</button></form>"""
_SIGN_IN = """<p>{{ _("You are signing in to %(client)s on another device.", client=_(client)) }}</p>
<p><a class="certificate-sign-in" href="{{ sign_in }}/sign-in">\
{{ _("Sign in with a certificate or smart card") }}</a></p>"""
_CONFIRM = """<p>\
{{ _("Signed in as %(upn)s. Only continue if you started this sign-in on your own device.", upn=upn) }}</p>
<form method="post" action="{{ origin }}/confirm">
<button type="submit" name="decision" value="continue">{{ _("Continue") }}</button>
<button class="quiet" type="submit" name="decision" value="cancel">{{ _("Cancel") }}</button></form>"""
_AUTHENTICATOR = """<form class="webauthn" method="post" action="{{ origin }}/authenticator">
<input type="hidden" name="options" value="{{ options }}"><input type="hidden" name="response" value="">
<p><label for="password">{{ _("Password") }}</label>\
<input type="password" id="password" name="password" autocomplete="current-password"></p>
<button type="submit">{{ _("Use the authenticator") }}</button></form>"""
_AGAIN = """<p><a class="action" href="{{ origin }}/devicelogin">{{ _("Enter a code") }}</a></p>"""
_DONE = """<p>\
{{ _("You have signed in to %(client)s on your device. You may now close this window.", client=_(client)) }}</p>"""
_CANCELLED = """<p>{{ _("%(client)s on your device was not signed in.", client=_(client)) }}</p>"""
_SIGNED_IN = """<p>{{ _("Signed in as %(name)s.", name=account) }}</p>"""


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
    return _page("You are signed in", _DONE, 200, "", client=client)


def cancelled(client: str) -> Response:
    """The device will be told access_denied."""
    return _page("Sign-in cancelled", _CANCELLED, 200, "", client=client)


def not_signed_in(problem: str, origin: str, status: int = 403) -> Response:
    """A refusal, in words for the person."""
    return _page("You are not signed in", _AGAIN, status, problem, origin=origin)


def authenticator(origin: str, options: str) -> Response:
    """The page that asks for an authenticator, and for the password that goes with some."""
    return _page("Sign in with an authenticator", _AUTHENTICATOR, 200, "", origin=origin, options=options)


def signed_in(account: str) -> Response:
    """Somebody is signed in, with no other device waiting."""
    return _page("You are signed in", _SIGNED_IN, 200, "", account=account)


def _page(title: str, body: str, status: int, problem: str, **values: str) -> Response:
    return page(SITE, title, body, status, problem, **values)
