"""Every English text that the pages are made of has its Dutch."""

import ast
import re
from dataclasses import astuple

from dpc_conformance import HOME
from dpc_conformance.casting_served import NAMES
from dpc_conformance.reference.device_manager.help_page import STEPS
from dpc_conformance.reference.issuer.kinds import KINDS
from dpc_conformance.reference.issuer.pages import OBLIGATIONS
from dpc_conformance.reference.issuer.refusals import MESSAGES
from dpc_conformance.reference.issuer.settings import RESET_PROFILE, IssuerSettings
from dpc_conformance.reference.pages.words import dutch, words_of
from dpc_conformance.reference.phone import captions
from dpc_conformance.reference.relying_party import application
from dpc_conformance.roles.captions import ANDROID, IOS

REFERENCE = HOME / "src" / "dpc_conformance" / "reference"
MAKERS = {"page", "_page", "not_signed_in", "enter_code", "_code_refused"}
NOT_TEXTS = re.compile(r"[a-z0-9-]*|.*[{<].*", re.S)
"""Words that are names of things in the program, and templates."""


def in_templates():
    """What `_("...")` says in any template."""
    for path in REFERENCE.rglob("*.py"):
        yield from re.findall(r"""_\("([^"]+)\"""", path.read_text("utf-8"))


def in_calls():
    """The texts with which pages are made, and the constants that are handed on to them."""
    for path in REFERENCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in MAKERS:
                values = [*node.args, *(each.value for each in node.keywords if each.arg in ("text", "other_name"))]
                for value in values:
                    if isinstance(value, ast.Constant) and isinstance(value.value, str):
                        yield value.value


def handed_on():
    from dpc_conformance.reference.console import app
    from dpc_conformance.reference.identity_provider import authenticator_login, device_login
    from dpc_conformance.reference.identity_provider import pages as sign_in_pages

    yield from (OBLIGATIONS, *STEPS, *MESSAGES.values(), *application.SENTENCES.values())
    yield from (application.OTHERWISE, application.WELCOME, application.NOT_SIGNED_IN, IssuerSettings().display_name)
    yield from (each.caption for each in (*IssuerSettings().profiles, RESET_PROFILE))
    for kind in KINDS.values():
        yield from (kind.sign_in, kind.request, *(form.title for form in kind.form), *kind.profiles.values())
    yield from (device_login.WRONG_CODE, device_login.EXPIRED_CODE, device_login.TOO_MANY, device_login.LOST)
    yield from (authenticator_login.NOT_NOW, sign_in_pages.SITE, app.SITE, *app.UNITS)
    yield from (value for name, value in vars(captions).items() if name.isupper())
    yield from (value for words in (IOS, ANDROID) for value in astuple(words)[1:] if value)
    yield from (name for each in NAMES.values() for name in (each, f"{each}, certificate"))


def texts():
    return {*in_templates(), *handed_on(), *(text for text in in_calls() if not NOT_TEXTS.fullmatch(text))}


def test_every_text_has_its_dutch():
    assert sorted(texts() - dutch().keys()) == []


def test_values_stand_in_both():
    wrong = [en for en, nl in dutch().items() if set(re.findall(r"%\(\w+\)s", en)) != set(re.findall(r"%\(\w+\)s", nl))]
    assert wrong == []


def test_a_text_without_dutch_stays_english():
    assert words_of("nl")("An unknown text of %(name)s", name="Ann") == "An unknown text of Ann"
    assert words_of("nl")("Signed in as %(name)s.", name="<Ann>") == "Aangemeld als <Ann>."
