"""The console's pages as templates."""

_TABLE = """{% macro table(name, heads, rows, role="region", marks="") %}\
<div class="scrolls" tabindex="0" role="{{ role }}" aria-labelledby="{{ name }}"><table>
<thead><tr>{% for head in heads %}<th scope="col">{{ head }}</th>{% endfor %}</tr></thead>
<tbody{{ marks }}>{% for row in rows %}<tr>{% for cell in row %}\
<td data-label="{{ heads[loop.index0] }}" class="{{ "short " if cell|length < 21 }}\
{{ "refused" if cell.startswith("refused") }}">{{ cell }}</td>\
{% endfor %}</tr>
{% else %}<tr><td colspan="{{ heads|length }}">{{ _("None so far.") }}</td></tr>
{% endfor %}</tbody></table></div>{% endmacro %}"""

OVERVIEW = (
    _TABLE
    + """<nav aria-label="{{ _("Pages") }}"><ul class="choices">
<li><a href="/phone">{{ _("The cardholder's phone") }}</a></li>
<li><a href="/administration">{{ _("Administration") }}</a></li>
</ul></nav>
<section><h2 id="clock">{{ _("Clock") }}</h2>
<p>{{ _("It shows %(now)s, and goes on with the machine's. It only moves forward.", now=now) }}</p>
<form class="line" method="post" action="/clock"><input type="hidden" name="token" value="{{ token }}">
<p><label for="amount">{{ _("Move forward by") }}</label>
<input id="amount" name="amount" type="number" inputmode="numeric" min="1" max="100000" value="1" required></p>
<p><label for="unit">{{ _("Unit") }}</label>
<select id="unit" name="unit">{% for unit in units %}<option value="{{ unit }}">{{ _(unit) }}</option>{% endfor %}\
</select></p>
<button type="submit">{{ _("Move") }}</button></form></section>
<section><h2 id="roles">{{ _("Roles") }}</h2>
{{ table("roles", [_("Role"), _("Address"), _("On this machine")], roles) }}</section>
<section><h2 id="account">{{ _("Account and credentials") }}</h2>
<p>{{ holder.common_name }}, {{ holder.upn }}</p>
{{ table("account", [_("Usage"), _("Serial number"), _("Device"), _("Status"), _("Issued"), _("Ends")], credentials) }}\
</section>
<section><h2 id="devices">{{ _("Devices") }}</h2>
{{ table("devices", [_("Model"), _("Device"), _("Status")], devices) }}</section>
<section><h2 id="certificates">{{ _("Card and CAs") }}</h2>
{{ table("certificates", [_("Subject"), _("Serial number"), _("Ends")], certificates) }}</section>
<section><h2 id="log">{{ _("Audit log") }}</h2>
<noscript><p>{{ _("Reload the page to see what is new.") }}</p></noscript>
{{ table("log", [_("Time"), _("Role"), _("Who"), _("Action"), _("Subject"), _("Outcome"), _("Detail")], rows, "log", \
' id="records" data-seen="%s"'|safe|format(seen)) }}</section>"""
)

ADMINISTRATION = """<p><a href="/">{{ _("Reference system") }}</a></p>
<form method="post" action="/administration"><input type="hidden" name="token" value="{{ token }}">
<section><h2>{{ _("Issuer") }}</h2>
<p>{{ holder.common_name }}, {{ holder.upn }}</p>
<button class="quiet" type="submit" name="act" value="suspend">{{ _("Suspend the credentials") }}</button>
<button class="danger" type="submit" name="act" value="terminate">{{ _("Terminate the account") }}</button></section>
<section><h2>{{ _("Device manager") }}</h2>
<button class="quiet" type="submit" name="act" value="target">{{ _("Assign the policy again") }}</button>
<button class="quiet" type="submit" name="act" value="allow camera">{{ _("Allow the camera") }}</button>
<button class="quiet" type="submit" name="act" value="block camera">{{ _("Block the camera") }}</button>
{% for each in devices if each.state == "enrolled" %}<button class="danger" type="submit" name="act" \
value="retire {{ each.device_id }}">{{ _("Retire the phone %(phone)s", phone=each.device_id) }}</button>
{% endfor %}</section></form>"""

PHONE = """{% if code %}<p>\
{{ _("On your smart card computer, open %(address)s and enter this code:", address=address) }}</p>
<p class="code">{{ code }}</p>
{% else %}{% for line in lines %}<p>{{ _(line) }}</p>
{% endfor %}{% endif %}{% if choices %}<form method="post" action="{{ base }}">
<input type="hidden" name="token" value="{{ token }}">
{% for choice in choices %}<button type="submit" name="choice" value="{{ choice }}">{{ _(shown(choice)) }}</button>
{% endfor %}</form>
{% endif %}{% if asks == "picture" %}<form method="post" action="{{ base }}" enctype="multipart/form-data">
<input type="hidden" name="token" value="{{ token }}">
<p><label for="picture">{{ _("A picture of the screen with the QR code") }}</label>
<input type="file" id="picture" name="picture" accept="image/png,image/jpeg" required></p>
<button type="submit">{{ _("Scan") }}</button></form>
{% elif asks == "password" %}<form method="post" action="{{ base }}">
<input type="hidden" name="token" value="{{ token }}">
<p><label for="password">{{ _("Password") }}</label>
<input type="text" id="password" name="password" inputmode="numeric" autocomplete="off" required></p>
<button type="submit">{{ _("Next") }}</button></form>
{% elif asks == "secret" %}<form method="post" action="{{ base }}">
<input type="hidden" name="token" value="{{ token }}">
<p><label for="secret">{{ _("Activation secret") }}</label>
<input type="password" id="secret" name="secret" autocomplete="new-password" required></p>
<button type="submit">{{ _("Set it") }}</button></form>
{% elif asks == "patience" %}<form method="get" action="{{ base }}">
<button type="submit">{{ _("Look again") }}</button></form>
{% endif %}"""

AROUND_THE_PHONE = """<section><h2>{{ _("Notifications and mail") }}</h2>
{% if news %}<ul>{% for line in news %}<li lang="en">{{ line }}</li>
{% endfor %}</ul>{% else %}<p>{{ _("None so far.") }}</p>{% endif %}
<form method="post" action="{{ base }}"><input type="hidden" name="token" value="{{ token }}">
{% if notified %}<button class="quiet" type="submit" name="act" value="notification">\
{{ _("Tap the notification") }}</button>
{% endif %}{% if mailed %}<button class="quiet" type="submit" name="act" value="mail">\
{{ _("Follow the link in the mail") }}</button>
{% endif %}<button class="quiet" type="submit" name="act" value="open">{{ _("Open the app") }}</button></form></section>
{% if usages %}<section><h2>{{ _("Your mobile smart card") }}</h2>
<ul>{% for usage in usages %}<li>{{ usage }}</li>
{% endfor %}</ul>
<form method="post" action="{{ base }}"><input type="hidden" name="token" value="{{ token }}">
<p><label for="activation">{{ _("Activation secret") }}</label>
<input type="password" id="activation" name="activation" autocomplete="off" required></p>
<button type="submit">{{ _("Sign in to the web application") }}</button></form></section>
{% endif %}
<nav aria-label="{{ _("Pages") }}"><ul>
<li><a href="{{ other }}">{{ _(other_name) }}</a></li>
<li><a href="/">{{ _("Reference system") }}</a></li>
</ul></nav>"""
