"""The smart-card computer or kiosk: a browser that can sign in with the card in its reader."""

import re
from http.cookiejar import CookieJar
from urllib.parse import urlsplit

from cryptography import x509

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.card_edge import CardError
from dpc_conformance.protocols.card_objects import read_objects
from dpc_conformance.protocols.card_tls import TLS_1_2, TLS_1_3, open_card_client
from dpc_conformance.protocols.http_client import open_client
from dpc_conformance.protocols.network import Names
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.protocols.webauthn import WebAuthnClient
from dpc_conformance.reference.workstation.browser import Browser
from dpc_conformance.reference.workstation.card_reader import CardReader, signer
from dpc_conformance.roles.authenticator import Authenticator
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.screens import Screen
from dpc_conformance.roles.workstation import PIV_AUTHENTICATION

DEVICE = "workstation"
DATA_OBJECT = re.compile(r"7E|7F61|5FC1[0-9A-F]{2}")
"""Tags of data objects on a PIV Card; a page cannot have anything else read."""


class Workstation:
    """Implements roles.workstation.Workstation over real TLS on the run's names."""

    def __init__(
        self,
        names: Names,
        trust: list[x509.Certificate],
        recorder: Recorder,
        clock: RunClock,
        tls_versions: tuple[tuple[int, int], tuple[int, int]] = (TLS_1_2, TLS_1_3),
    ) -> None:
        """`trust` holds the roots of web servers; `tls_versions` bounds what the card sign-in offers."""
        self._names, self._trust, self._recorder, self._clock = names, trust, recorder, clock
        self._tls_versions = tls_versions
        self._reader = CardReader(recorder, clock)
        self._browser: Browser | None = None
        self._authenticator: Authenticator | None = None
        self._webauthn = WebAuthnClient(recorder, clock)

    def insert_card(self, card: Card) -> None:
        """Put the card into the reader, or replace the one in it."""
        self._reader.insert(card)

    def remove_card(self) -> None:
        """Take the card out; later uses raise CardRemoved."""
        self._reader.remove()

    def browse(self, address: str) -> Screen:
        """Open an address in a new browser session. Raises Unreachable, ServerNotTrusted."""
        self.close()
        cookies = CookieJar()
        http = open_client(self._names, self._trust, self._recorder, self._clock, DEVICE, cookies=cookies)
        self._browser = Browser(http, cookies, self._recorder, self._clock, DEVICE)
        return self._browser.open(address)

    def type_into(self, field: str, value: str) -> None:
        """Fill the field with that label on the current page. LookupError when there is none."""
        self._open_browser().fill(field, value)

    def plug_in(self, authenticator: Authenticator) -> None:
        """Put an authenticator into the workstation, in place of another."""
        self._authenticator = authenticator

    def choose(self, caption: str) -> Screen:
        """Follow the link, press the button or tick the box with that caption. LookupError when there is none.

        A certificate sign-in link is followed without the card: the server meets a browser that sends no certificate.
        A form that asks for an authenticator gets the answer of the one that is plugged in.
        """
        browser = self._open_browser()
        form = browser.page.webauthn_form(caption)
        if form is not None and self._authenticator is not None:
            options, address = form.value_of("options"), browser.absolute(form.action)
            form.fill_in("response", self._webauthn.answer(options, address, self._authenticator))
        return browser.follow(caption)

    def go_back(self) -> Screen:
        """The page before. LookupError where there is none."""
        return self._open_browser().go_back()

    def load_again(self) -> Screen:
        """The current page once more. LookupError where there is none."""
        return self._open_browser().load_again()

    def sign_in_with_card(self, pin: str | None, key_reference: int = PIV_AUTHENTICATION) -> Screen:
        """Follow the current page's certificate sign-in with the card's key; the PIN goes to the card before.

        A page that then asks for the data objects of the card gets them, without anybody pressing a button.
        Raises CardRemoved, WrongPin, PinBlocked, RefusedAtTls, ServerNotTrusted, Unreachable; LookupError when the
        page has no certificate sign-in.
        """
        browser = self._open_browser()
        link = browser.page.certificate_sign_in()
        if link is None:
            raise LookupError("the current page has no certificate sign-in")
        address = browser.absolute(link.address)
        piv = self._reader.open()
        try:
            certificate = piv.certificate(key_reference)
        except CardError:
            # A browser has nothing to offer then, and the server meets one without a certificate.
            return browser.open(address)
        if pin is not None:
            # Last before the signature: key 9C wants VERIFY directly before it (SP 800-73-5 part 1, "PIN always").
            self._recorder.keep_secret(pin)
            piv.verify_pin(pin)
        sign = signer(piv, key_reference, urlsplit(address).hostname or address)
        with open_card_client(
            self._names, self._trust, self._recorder, self._clock, DEVICE, [certificate], sign,
            self._tls_versions, browser.cookies,
        ) as card_client:  # fmt: skip
            screen = browser.open(address, card_client)
        return self._with_card_data(browser, piv) or screen

    def close(self) -> None:
        """End the browser session."""
        if self._browser is not None:
            self._browser.close()
            self._browser = None

    @staticmethod
    def _with_card_data(browser: Browser, piv: PivCard) -> Screen | None:
        """Where the page asks for the card's data objects they are read and sent; None where it does not."""
        form = browser.page.card_data_form()
        if form is None:
            return None
        tags = [bytes.fromhex(field.name) for field in form.fields if DATA_OBJECT.fullmatch(field.name)]
        files = {tag.hex().upper(): content for tag, content in read_objects(piv, tags).items()}
        return browser.upload(form, files)

    def _open_browser(self) -> Browser:
        if self._browser is None:
            raise LookupError("no page is open")
        return self._browser
