"""The workstation of one scenario: a session of Chromium, with the card behind its PKCS #11 module."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from cryptography import x509

from dpc_conformance.adapters.browser.computer import Computer
from dpc_conformance.adapters.browser.dialogs import Dialogs
from dpc_conformance.adapters.browser.observed_card import ObservedCard
from dpc_conformance.adapters.browser.session import Session
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import Note
from dpc_conformance.formats import oids
from dpc_conformance.formats.unreadable import UNREADABLE
from dpc_conformance.protocols.card_edge import CardError
from dpc_conformance.protocols.card_objects import read_objects
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.reference.workstation.page import Form, Link
from dpc_conformance.reference.workstation.workstation import DATA_OBJECT, DEVICE, Workstation
from dpc_conformance.roles.authenticator import Authenticator
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.errors import CardRemoved, MachineLacks, NotSupported
from dpc_conformance.roles.screens import Screen
from dpc_conformance.roles.workstation import PIV_AUTHENTICATION

NOT_OFFERED = "a browser offers no such certificate to a web server; a program of the holder's own does"
OTHER_TIME = "a browser lives by this machine's time, at which the card is not valid: leave out --clock"


class BrowserWorkstation:
    """Implements roles.workstation.Workstation with Chromium; a FIDO2 authenticator it has no place for.

    The card is in the reader while its holder signs in. A browser offers only certificates for TLS clients that are
    valid now: whoever signs in with another one takes a program of his own, `other`.
    """

    def __init__(
        self, computer: Callable[[], Computer], other: Workstation, recorder: Recorder, clock: RunClock
    ) -> None:
        """`computer` starts it, where nobody did before."""
        self._computer, self._other, self._recorder, self._clock = computer, other, recorder, clock
        self._card: Card | None = None
        self._session: Session | None = None

    def insert_card(self, card: Card) -> None:
        """Take the card along to the reader, in place of another."""
        self._other.insert_card(card)
        self._card = card

    def remove_card(self) -> None:
        """Leave without a card; later uses raise CardRemoved."""
        self._other.remove_card()
        self._card = None

    def plug_in(self, authenticator: Authenticator) -> None:  # noqa: ARG002
        """Raises NotSupported."""
        raise NotSupported("workstation", "take a FIDO2 authenticator: this browser has no place for one")

    def browse(self, address: str) -> Screen:
        """Open an address in a new browser session. Raises Unreachable, ServerNotTrusted."""
        computer = self._computer()
        self._end_session()
        computer.renew()

        def begin() -> Session:
            return Session(computer.chromium.browser, computer.names, self._recorder, self._clock, DEVICE)

        session = self._session = computer.chromium.do(begin)
        return computer.chromium.do(lambda: session.open(address))

    def type_into(self, field: str, value: str) -> None:
        """Fill the field with that label on the current page. LookupError when there is none."""
        session = self._open_session()
        self._computer().chromium.do(lambda: session.fill(field, value))

    def choose(self, caption: str) -> Screen:
        """Follow the link, press the button or tick the box with that caption. LookupError when there is none.

        A certificate sign-in link is followed without the card, once the browser would see that it is out: the server
        meets a browser that sends no certificate.
        """
        session, computer = self._open_session(), self._computer()
        link = computer.chromium.do(lambda: session.page().certificate_sign_in())
        if link is not None and link.caption == caption:
            computer.desk.wait_until_seen()
        return computer.chromium.do(lambda: session.choose(caption))

    def go_back(self) -> Screen:
        """Press the browser's Back button. LookupError where there is no page before."""
        session = self._open_session()
        return self._computer().chromium.do(session.press_back)

    def load_again(self) -> Screen:
        """Press the browser's button for it. Raises Unreachable, ServerNotTrusted."""
        session = self._open_session()
        return self._computer().chromium.do(session.load_again)

    def sign_in_with_card(self, pin: str | None, key_reference: int = PIV_AUTHENTICATION) -> Screen:
        """Follow the current page's certificate sign-in; the PIN is typed when the card's module wants it.

        A page that then asks for the data objects of the card gets them from a program beside the browser. After a
        sign-in that came to nothing the page before is there again. Raises CardRemoved, WrongPin, PinBlocked,
        RefusedAtTls, ServerNotTrusted, Unreachable; LookupError when the page has no certificate sign-in; NotSupported
        where the browser took another certificate of the card.
        """
        session, computer = self._open_session(), self._computer()
        link = computer.chromium.do(lambda: session.page().certificate_sign_in())
        if link is None:
            raise LookupError("the current page has no certificate sign-in")
        if self._card is None:
            raise CardRemoved
        if pin is not None:
            self._recorder.keep_secret(pin)
        certificate = self._certificate_on(self._card, key_reference)
        if certificate and not self._offers(certificate):
            return self._without_browser(session.screen.address, pin, key_reference)
        screen = self._with_browser(session, link, self._card, certificate, pin, key_reference)
        form = computer.chromium.do(lambda: session.page().card_data_form())
        return screen if form is None else self._send_card_data(session, form, self._card, pin)

    def close(self) -> None:
        """End the session."""
        self._end_session()
        self._other.close()

    def _with_browser(
        self, session: Session, link: Link, card: Card, certificate: bytes, pin: str | None, key_reference: int
    ) -> Screen:
        computer, before = self._computer(), session.screen.address
        observed = ObservedCard(card, self._recorder, self._clock)
        try:
            with computer.holding(observed), computer.desk.typing(None if computer.screen else pin):
                dialogs = Dialogs(computer.screen, observed, pin) if computer.screen else None
                screen = computer.chromium.do(
                    lambda: session.follow(link, certificate, lambda: key_reference in observed.keys, dialogs)
                )
            observed.expect_accepted_pin()
        except Exception:
            observed.expect_accepted_pin()
            raise
        finally:
            if not observed.accepted:
                computer.chromium.do(lambda: session.go_back(before))
        if observed.keys - {key_reference}:
            raise NotSupported("workstation", "choose among the certificates on the card: the browser took another")
        return screen

    def _without_browser(self, address: str, pin: str | None, key_reference: int) -> Screen:
        self._recorder.record(Note(self._clock.now(), NOT_OFFERED))
        self._other.browse(address)
        return self._other.sign_in_with_card(pin, key_reference)

    def _send_card_data(self, session: Session, form: Form, card: Card, pin: str | None) -> Screen:
        """What the program beside the browser does: read the data objects, with the PIN that was typed."""
        tags = [bytes.fromhex(field.name) for field in form.fields if DATA_OBJECT.fullmatch(field.name)]
        piv = PivCard(card, self._recorder, self._clock)
        piv.select()
        if pin is not None:
            piv.verify_pin(pin)
        files = {tag.hex().upper(): content for tag, content in read_objects(piv, tags).items()}
        return self._computer().chromium.do(lambda: session.send_files(form, files))

    def _open_session(self) -> Session:
        if self._session is None:
            raise LookupError("no page is open")
        return self._session

    def _end_session(self) -> None:
        if self._session is not None:
            session, self._session = self._session, None
            with suppress(MachineLacks):  # a browser that dies of it has nothing left that is needed
                self._computer().chromium.do(session.close)

    def _certificate_on(self, card: Card, key_reference: int) -> bytes:
        """What the card has for that key (DER); empty for none, so that the browser has nothing to offer."""
        piv = PivCard(card, Recorder(), self._clock)
        try:
            piv.select()
            return piv.certificate(key_reference)
        except CardError:
            return b""

    def _offers(self, der: bytes) -> bool:
        """Whether Chromium offers the certificate: it lives by the machine's time. Raises MachineLacks."""
        try:
            certificate = x509.load_der_x509_certificate(der)
        except UNREADABLE:
            return False
        valid = _is_valid(certificate, machine_now())
        if not valid and _is_valid(certificate, self._clock.now()):
            raise MachineLacks(OTHER_TIME)
        return valid and _is_for_tls_clients(certificate)


def _is_valid(certificate: x509.Certificate, moment: datetime) -> bool:
    return certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc


def _is_for_tls_clients(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except UNREADABLE:
        return False
    return any(each.dotted_string in (oids.CLIENT_AUTH, oids.ANY_EXTENDED_KEY_USAGE) for each in usage)
