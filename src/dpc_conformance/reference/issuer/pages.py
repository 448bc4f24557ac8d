"""The pages of the kiosk."""

from flask import Response

from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.pages.page import page

START = """<p>{{ _("Here you can ask for a credential for your phone. You need your PIV Card and its PIN.") }}</p>
<p><a class="certificate-sign-in" href="{{ sign_in }}">{{ _(words) }}</a></p>"""

READ_CARD = """<p>{{ _("Leave your card in the reader. This computer now reads the data on it.") }}</p>
<form class="card-data" method="post" action="/card" enctype="multipart/form-data">
{% for tag in tags %}<input type="file" name="{{ tag }}" hidden>
{% endfor %}<button type="submit">{{ _("Send the data on the card") }}</button>
</form>"""

HOME = """<p>{{ _("Signed in as %(name)s.", name=name) }}</p>
<ul class="choices">
<li><a href="/request">{{ _(request) }}</a></li>
<li><a href="/lost-phone">{{ _("Report a lost or stolen phone") }}</a></li>
<li><a href="/reset">{{ _("Reset the activation secret") }}</a></li>
<li><a href="/authenticators">{{ _("My authenticators") }}</a></li>
</ul>
{% if identities %}<h2>{{ _("My mobile smart credentials") }}</h2>
<ul>
{% for each in identities %}<li>{{ each.name }}: {% if each.device_id %}\
{{ _("on phone %(phone)s", phone=each.device_id) }}{% else %}{{ _("not on a phone yet") }}{% endif %}</li>
{% endfor %}</ul>{% endif %}"""

QR_CODE = """<p>\
{{ _("Scan this code with the Company Portal on your phone. It can be used once, until %(until)s.", until=until) }}</p>
<p><img class="qr" src="data:image/png;base64,{{ picture }}" alt="{{ _("QR code") }}"></p>
{% if password %}<p>{{ _("Password") }}: <output>{{ password }}</output></p>
{% endif %}<p>{{ _("If you cannot scan the code, take your card to the counter.") }}</p>
<p><a href="/home">{{ _("Back") }}</a></p>"""

COUNTER = """<p>{{ _("Your request is noted. Take your documents to the counter to collect the card.") }}</p>
<p><a href="/home">{{ _("Back") }}</a></p>"""

REFUSAL = """<p><a class="action" href="{{ start }}">{{ _("Back to the start page") }}</a></p>"""

OBLIGATIONS = (
    "By accepting I undertake to keep the credential and its activation secret to myself, to use the credential for "
    "official business only, and to report a lost phone, a disclosed activation secret or a wrong certificate at once."
)


def refusal_page(issuer: str, refusal: Refusal, start: str) -> Response:
    """What a person sees who was refused; the auditor's detail is not on it."""
    return page(issuer, "Request refused", REFUSAL, refusal.status, refusal.message, start=start)
