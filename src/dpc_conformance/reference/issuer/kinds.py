"""Kinds of issuers: the words of their pages, and what a request takes besides what all of them have in common."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class FormPage:
    """A page on the way to a request. `until` is the field that leads past it; the last page has none."""

    title: str
    body: str
    until: str = ""


@dataclass(frozen=True)
class IssuerKind:
    """What one maker's issuer says and asks."""

    sign_in: str
    """The words of the link that asks for the card's certificate."""
    request: str
    """The words of the choice that begins a request."""
    form: tuple[FormPage, ...]
    """The pages of the request, in their order."""
    profiles: Mapping[str, str] = field(default_factory=dict)
    """What it calls profiles, by their captions, where it has words of its own."""
    named: bool = False
    """Whether the person gives the credential a name."""
    password_digits: int = 0
    """Digits of the password that is shown under a QR code; none where the code is the only secret."""

    def called(self, caption: str) -> str:
        """What it calls the profile of that caption."""
        return self.profiles.get(caption, caption)


OBLIGATIONS_ACCEPTED = """<p class="tick"><input type="checkbox" id="obligations" name="obligations" value="yes">
<label for="obligations">{{ _("I accept the subscriber obligations") }}</label></p>
"""

CHOICE_OF_PROFILES = f"""<p>{{{{ _(obligations) }}}}</p>
<form method="post" action="/request">
{OBLIGATIONS_ACCEPTED}<h2>{{{{ _("How do you want to use your ID?") }}}}</h2>
{{% for caption, words in profiles %}}<button type="submit" name="profile" value="{{{{ caption }}}}">{{{{ _(words) }}}}\
</button>
{{% endfor %}}</form>"""

APP_INSTALLED = """<p>{{ _("The credential is for an app on your phone that can hold it.") }}</p>
<form method="get" action="/request">
<p class="tick"><input type="checkbox" id="installed" name="installed" value="yes">
<label for="installed">{{ _("I have downloaded and installed the app") }}</label></p>
<button type="submit">{{ _("Next") }}</button>
</form>"""

IDENTITY = f"""<p>{{{{ _(obligations) }}}}</p>
<form method="post" action="/request">
<p><label for="identity">{{{{ _("Identity name") }}}}</label>
<input type="text" id="identity" name="identity" maxlength="64"></p>
<p><label for="profile">{{{{ _("Credential") }}}}</label> <select id="profile" name="profile">
{{% for caption, words in profiles %}}<option value="{{{{ caption }}}}">{{{{ _(words) }}}}</option>
{{% endfor %}}</select></p>
{OBLIGATIONS_ACCEPTED}<button type="submit">{{{{ _("Next") }}}}</button>
</form>"""

INTERCEDE = IssuerKind(
    "Sign in with your smart card", "Request my ID", (FormPage("Request my ID", CHOICE_OF_PROFILES),)
)
"""MyID's self-service (IOS-INT-09 to 11): the code is the only secret."""

ENTRUST = IssuerKind(
    "Sign in with a smart credential",
    "I’d like to enroll for a derived mobile smart card credential",
    (
        FormPage("Is the app on your phone?", APP_INSTALLED, "installed"),
        FormPage("Your derived mobile smart credential", IDENTITY),
    ),
    profiles={"Activate with a mobile credential": "Entrust IdentityGuard Mobile Smart Credential"},
    named=True,
    password_digits=8,
)
"""IdentityGuard (ENT-IOS-09 to 15): a name of the person's choice, and a password under the code."""

KINDS = {"intercede": INTERCEDE, "entrust": ENTRUST}
"""By the claim `issuer_type`."""
