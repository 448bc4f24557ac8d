"""What a person finds on a web page."""

import pytest

from dpc_conformance.reference.workstation.page_reader import read_page

PAGE = """<!doctype html><html><head><title>Window</title><style>p{}</style></head><body>
<h1>Request  an ID</h1><p>Choose &amp; go.</p><script>alert("no")</script>
<a href="/help">Help</a> <a href="https://issuer.dpc.example:8443/sign-in">Sign in with your smart card</a>
<form method="POST" action="/request"><input type="hidden" name="form" value="1">
<label for="name">Name:</label><input id="name" name="n">
<label>Where <select name="where"><option value="k">At the kiosk</option><option>At home</option></select></label>
<label for="agree">I agree</label><input type="checkbox" id="agree" name="agree" value="yes">
<label><input type="radio" name="kind" value="card"> Card</label>
<label><input type="radio" name="kind" value="phone" checked> Phone</label>
<button name="go" value="1">Continue</button><input type="submit" value="Cancel"><button type="button">Nothing</button>
</form><img src="data:image/png;base64,AA=="></body></html>"""


@pytest.fixture
def page():
    return read_page(PAGE)


def test_title_and_text_are_what_one_sees(page):
    assert page.title == "Request an ID"
    assert "Choose & go." in page.text.split("\n")
    assert "alert" not in page.text
    assert "Window" not in page.text


def test_choices_are_links_ticks_and_buttons(page):
    assert page.choices() == (
        "Help", "Sign in with your smart card", "I agree", "Card", "Phone", "Continue", "Cancel",
    )  # fmt: skip


def test_labels_name_fields_by_reference_and_by_nesting(page):
    labels = {field.name: field.label for field in page.fields() if field.kind != "radio"}
    assert labels == {"n": "Name:", "where": "Where", "agree": "I agree"}


def test_a_form_sends_what_is_filled_and_ticked_and_the_pressed_button(page):
    (form,) = page.forms
    assert form.method == "post"
    assert form.data(form.buttons[0]) == {"form": "1", "n": "", "where": "k", "kind": "phone", "go": "1"}


def test_certificate_sign_in_is_found_by_class_before_words(page):
    assert page.certificate_sign_in().address == "https://issuer.dpc.example:8443/sign-in"
    marked = read_page('<a href="/words">certificate</a><a class="x certificate-sign-in" href="/marked">Go</a>')
    assert marked.certificate_sign_in().address == "/marked"
    assert read_page("<a href='/cardigan'>Cardigans</a>").certificate_sign_in() is None


@pytest.mark.parametrize("html", ["", "<", "</p></form></a>", "<form><form><button></form>", "<label><select><option>"])
def test_broken_html_is_no_error(html):
    read_page(html).choices()
