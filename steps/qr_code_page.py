"""What the page with the QR code offers a phone's camera, its holder, and nobody else."""

from pytest_bdd import then, when


@then("the QR code is at least three centimetres wide on the screen")
def _(qr_code_page):
    assert qr_code_page.symbol.side >= qr_code_page.LEAST_SIDE


@then("there is a light zone of four modules around it")
def _(qr_code_page):
    assert qr_code_page.symbol.quiet >= qr_code_page.QUIET_MODULES


@then("it is dark on light, with 70 % of the contrast that the screen has")
def _(qr_code_page):
    assert qr_code_page.symbol.contrast >= qr_code_page.LEAST_CONTRAST


@then("it can still be read when 15 % of it cannot be seen")
def _(qr_code_page):
    assert qr_code_page.symbol.level in qr_code_page.ROBUST_LEVELS


@then("the page says until when the QR code can be used")
def _(qr_code_page):
    assert qr_code_page.says_until_when()


@then("the page offers another way to whoever cannot scan it")
def _(qr_code_page):
    assert qr_code_page.another_way()


@then("neither the text nor the address of the page holds the binding secret")
def _(qr_code_page):
    assert not qr_code_page.shows_secret()


@then("no browser may keep a copy of the page")
def _(qr_code_page):
    assert qr_code_page.is_never_kept()


@when("somebody opens the address of the page in another browser session", target_fixture="page")
def _(qr_code_page):
    return qr_code_page.open_elsewhere()


@when("the cardholder leaves the page and opens its address again", target_fixture="page")
def _(qr_code_page):
    return qr_code_page.leave_and_come_back()


@then("the workstation shows no QR code")
def _(page):
    shown = bool(page.pictures)  # the message of an assertion about the pictures would hold the secret
    assert not shown


@when("the cardholder leaves the page and presses the Back button of the browser", target_fixture="page")
def _(qr_code_page):
    return qr_code_page.leave_and_press_back()


@when("the cardholder has the browser load the page again", target_fixture="page")
def _(qr_code_page):
    return qr_code_page.load_again()


@then("the workstation does not show the used QR code")
def _(qr_code_page, page):
    assert not qr_code_page.is_shown_on(page)
