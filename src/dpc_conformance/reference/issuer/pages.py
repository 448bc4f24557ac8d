"""The look of the kiosk: one frame for every page."""

from flask import Response, make_response, render_template_string

from dpc_conformance.reference.issuer.refusals import Refusal

FRAME = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ title }}</title>
<style>body{font-family:sans-serif;max-width:40em;margin:3em auto;line-height:1.5}
button{display:block;margin:.7em 0}</style>
</head>
<body>
<h1>{{ title }}</h1>
BODY
<footer><p>{{ issuer }}</p></footer>
</body>
</html>
"""

START = """<p>Here you can ask for a credential for your phone. You need your PIV Card and its PIN.</p>
<p><a class="certificate-sign-in" href="{{ sign_in }}">Sign in with your smart card</a></p>"""

READ_CARD = """<p>Leave your card in the reader. This computer now reads the data on it.</p>
<form class="card-data" method="post" action="/card" enctype="multipart/form-data">
{% for tag in tags %}<input type="file" name="{{ tag }}" hidden>
{% endfor %}<button type="submit">Send the data on the card</button>
</form>"""

HOME = """<p>Signed in as {{ name }}.</p>
<p><a href="/request">Request my ID</a></p>
<p><a href="/lost-phone">Report a lost or stolen phone</a></p>
<p><a href="/reset">Reset the activation secret</a></p>
<p><a href="/authenticators">My authenticators</a></p>"""

REQUEST = """<p>{{ obligations }}</p>
<form method="post" action="/request">
<p><label for="obligations">I accept the subscriber obligations</label>
<input type="checkbox" id="obligations" name="obligations" value="yes"></p>
<p>How do you want to use your ID?</p>
{% for choice in profiles %}<button type="submit" name="profile" value="{{ choice }}">{{ choice }}</button>
{% endfor %}</form>"""

QR_CODE = """<p>Scan this code with the Company Portal on your phone. It can be used once, until {{ until }}.</p>
<p><img src="data:image/png;base64,{{ picture }}" alt="QR code"></p>
<p>If you cannot scan the code, take your card to the counter.</p>
<p><a href="/home">Back</a></p>"""

COUNTER = """<p>Your request is noted. Take your documents to the counter to collect the card.</p>
<p><a href="/home">Back</a></p>"""

REFUSAL = """<p>{{ message }}</p>
<p><a href="{{ start }}">Back to the start page</a></p>"""

OBLIGATIONS = (
    "By accepting I undertake to keep the credential and its activation secret to myself, to use the credential for "
    "official business only, and to report a lost phone, a disclosed activation secret or a wrong certificate at once."
)


def page(issuer: str, title: str, body: str, status: int = 200, **values: object) -> Response:
    """A page that nothing may keep a copy of."""
    html = render_template_string(FRAME.replace("BODY", body), title=title, issuer=issuer, **values)
    response = make_response(html, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; frame-ancestors 'none'"
    )
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def refusal_page(issuer: str, refusal: Refusal, start: str) -> Response:
    """What a person sees who was refused; the auditor's detail is not on it."""
    return page(issuer, "Request refused", REFUSAL, refusal.status, message=refusal.message, start=start)
