"""The journey with a system that runs, as a person and its phone make it."""

import threading
from contextlib import contextmanager
from datetime import timedelta

SECRET = "Rk7w3Q"
MOBILE = "Activate with a mobile credential"


def get_code(cast):
    """The QR code at the kiosk (PNG)."""
    at_kiosk = cast.workstation
    at_kiosk.browse(cast.issuer.kiosk_address)
    at_kiosk.sign_in_with_card(cast.pin)
    at_kiosk.choose("Request my ID")
    at_kiosk.choose("I accept the subscriber obligations")
    [picture] = at_kiosk.choose(MOBILE).pictures
    return picture


@contextmanager
def hurrying(clock):
    """Whoever waits for the clock does not wait for the machine's."""
    over = threading.Event()

    def hurry():
        while not over.wait(0.01):
            clock.advance(timedelta(seconds=1))

    thread = threading.Thread(target=hurry)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def sign_in(cast, phone):
    """The phone is managed."""
    phone.open_company_portal()
    phone.choose("Sign in")
    at_desk = cast.workstation
    at_desk.browse("https://idp.dpc.example/devicelogin")
    at_desk.type_into("Code", phone.user_code())
    at_desk.choose("Next")
    at_desk.sign_in_with_card(cast.pin)
    at_desk.choose("Continue")
    with hurrying(cast.clock):
        return phone.continue_enrolment()


def enrol(cast, phone):
    """The phone has its credentials; the last screen."""
    sign_in(cast, phone)
    phone.tap_notification()
    phone.choose("Begin")
    phone.choose("Continue")
    phone.choose("Use Camera")
    phone.choose("OK")
    phone.scan(get_code(cast))
    phone.set_activation_secret(SECRET)
    return phone.finish()
