"""The console's pages as templates."""

OVERVIEW = """<ul class="choices">
<li><a href="/phone">{{ _("The cardholder's phone") }}</a></li>
<li><a href="/administration">{{ _("Administration") }}</a></li>
</ul>
<section><h2 id="clock">{{ _("Clock") }}</h2>
<p>{{ _("It shows %(now)s, and goes on with the machine's. It only moves forward.", now=now) }}</p>
<form method="post" action="/clock"><input type="hidden" name="token" value="{{ token }}">
<p><label for="amount">{{ _("Move forward by") }}</label>
<input id="amount" name="amount" type="number" inputmode="numeric" min="1" max="100000" value="1" required></p>
<p><label for="unit">{{ _("Unit") }}</label>
<select id="unit" name="unit">{% for unit in units %}<option value="{{ unit }}">{{ _(unit) }}</option>{% endfor %}\
</select></p>
<button type="submit">{{ _("Move") }}</button></form></section>
<section><h2 id="roles">{{ _("Roles") }}</h2>
<div class="scrolls" tabindex="0" role="region" aria-labelledby="roles"><table>
<thead><tr><th scope="col">{{ _("Role") }}</th><th scope="col">{{ _("Address") }}</th>\
<th scope="col">{{ _("On this machine") }}</th></tr></thead>
<tbody>{% for role in roles %}<tr><th scope="row">{{ _(role.name) }}</th><td>{{ role.address }}</td>\
<td>127.0.0.1:{{ role.port }}</td></tr>
{% endfor %}</tbody></table></div></section>
<section><h2 id="account">{{ _("Account and credentials") }}</h2>
<p>{{ holder.common_name }}, {{ holder.upn }}</p>
<div class="scrolls" tabindex="0" role="region" aria-labelledby="account"><table>
<thead><tr><th scope="col">{{ _("Usage") }}</th><th scope="col">{{ _("Serial number") }}</th>\
<th scope="col">{{ _("Device") }}</th><th scope="col">{{ _("Status") }}</th><th scope="col">{{ _("Issued") }}</th>\
<th scope="col">{{ _("Ends") }}</th></tr></thead>
<tbody>{% for each in credentials %}<tr><th scope="row">{{ each.usage }}</th><td>{{ each.serial }}</td>\
<td>{{ each.device_id }}</td><td>{{ each.status }}</td><td class="when">{{ each.issued }}</td>\
<td class="when">{{ each.ends }}</td></tr>
{% else %}<tr><td colspan="6">{{ _("None so far.") }}</td></tr>
{% endfor %}</tbody></table></div></section>
<section><h2 id="devices">{{ _("Devices") }}</h2>
<ul>{% for each in devices %}<li>{{ each.model }}, {{ each.device_id }}: {{ each.state }}</li>
{% else %}<li>{{ _("None so far.") }}</li>
{% endfor %}</ul></section>
<section><h2 id="certificates">{{ _("Card and CAs") }}</h2>
<div class="scrolls" tabindex="0" role="region" aria-labelledby="certificates"><table>
<thead><tr><th scope="col">{{ _("Subject") }}</th><th scope="col">{{ _("Serial number") }}</th>\
<th scope="col">{{ _("Ends") }}</th></tr></thead>
<tbody>{% for each in certificates %}<tr><th scope="row">{{ each.subject }}</th><td>{{ each.serial }}</td>\
<td class="when">{{ each.ends }}</td></tr>
{% endfor %}</tbody></table></div></section>
<section><h2 id="log">{{ _("Audit log") }}</h2>
<noscript><p>{{ _("Reload the page to see what is new.") }}</p></noscript>
<div class="scrolls" tabindex="0" role="log" aria-labelledby="log"><table>
<thead><tr><th scope="col">{{ _("Time") }}</th><th scope="col">{{ _("Role") }}</th><th scope="col">{{ _("Who") }}</th>\
<th scope="col">{{ _("Action") }}</th><th scope="col">{{ _("Subject") }}</th><th scope="col">{{ _("Outcome") }}</th>\
<th scope="col">{{ _("Detail") }}</th></tr></thead>
<tbody id="records" data-seen="{{ seen }}">{% for row in rows %}<tr>\
{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</tbody></table></div></section>"""

ADMINISTRATION = """<p><a href="/">{{ _("Reference system") }}</a></p>
<form method="post" action="/administration"><input type="hidden" name="token" value="{{ token }}">
<h2>{{ _("Issuer") }}</h2>
<p>{{ holder.common_name }}, {{ holder.upn }}</p>
<button class="quiet" type="submit" name="act" value="suspend">{{ _("Suspend the credentials") }}</button>
<button class="quiet" type="submit" name="act" value="terminate">{{ _("Terminate the account") }}</button>
<h2>{{ _("Device manager") }}</h2>
<button class="quiet" type="submit" name="act" value="target">{{ _("Assign the policy again") }}</button>
<button class="quiet" type="submit" name="act" value="allow camera">{{ _("Allow the camera") }}</button>
<button class="quiet" type="submit" name="act" value="block camera">{{ _("Block the camera") }}</button>
{% for each in devices if each.state == "enrolled" %}<button class="quiet" type="submit" name="act" \
value="retire {{ each.device_id }}">{{ _("Retire the phone %(phone)s", phone=each.device_id) }}</button>
{% endfor %}</form>"""

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
{% endif %}
<h2>{{ _("Notifications and mail") }}</h2>
<ul>{% for line in news %}<li lang="en">{{ line }}</li>
{% else %}<li>{{ _("None so far.") }}</li>
{% endfor %}</ul>
<form method="post" action="{{ base }}"><input type="hidden" name="token" value="{{ token }}">
{% if notified %}<button class="quiet" type="submit" name="act" value="notification">\
{{ _("Tap the notification") }}</button>
{% endif %}{% if mailed %}<button class="quiet" type="submit" name="act" value="mail">\
{{ _("Follow the link in the mail") }}</button>
{% endif %}<button class="quiet" type="submit" name="act" value="open">{{ _("Open the app") }}</button></form>
{% if usages %}<h2>{{ _("Your mobile smart card") }}</h2>
<ul>{% for usage in usages %}<li>{{ usage }}</li>
{% endfor %}</ul>
<form method="post" action="{{ base }}"><input type="hidden" name="token" value="{{ token }}">
<p><label for="activation">{{ _("Activation secret") }}</label>
<input type="password" id="activation" name="activation" autocomplete="off" required></p>
<button type="submit">{{ _("Sign in to the web application") }}</button></form>
{% endif %}
<p><a href="{{ other }}">{{ _(other_name) }}</a> - <a href="/">{{ _("Reference system") }}</a></p>"""
