"""The smart-card computer or kiosk: a browser with a card reader."""

from typing import Protocol

from dpc_conformance.roles.authenticator import Authenticator
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.screens import Screen

PIV_AUTHENTICATION = 0x9A
CARD_AUTHENTICATION = 0x9E


class Workstation(Protocol):
    """Browses, shows screens, and signs in with the inserted card after its PIN was typed."""

    def insert_card(self, card: Card) -> None:
        """Put the card into the reader, or replace the one in it."""

    def remove_card(self) -> None:
        """Take the card out; later uses raise CardRemoved."""

    def plug_in(self, authenticator: Authenticator) -> None:
        """Put a FIDO2 authenticator into the workstation, which answers pages that ask for one. Raises NotSupported."""

    def browse(self, address: str) -> Screen:
        """Open an address in a new browser session (no cookies). Raises Unreachable, ServerNotTrusted."""

    def type_into(self, field: str, value: str) -> None:
        """Fill the field with that label on the current page. LookupError when there is none."""

    def choose(self, caption: str) -> Screen:
        """Follow the link or press the button with that caption on the current page. LookupError when there is none."""

    def go_back(self) -> Screen:
        """Press the browser's Back button: the page before, as the browser kept it (RFC 9111 §6), or got anew.

        A page of the browser's own stands for one that it may not keep and that only a form brings. LookupError where
        there is no page before.
        """

    def load_again(self) -> Screen:
        """Press the browser's button that loads the current page again; a form that brought it is sent once more."""

    def sign_in_with_card(self, pin: str | None, key_reference: int = PIV_AUTHENTICATION) -> Screen:
        """Follow the current page's certificate sign-in: TLS client authentication with the card's key.

        The PIN is verified on the card first (SP 800-73-5 part 2); None means that nobody typed one.
        Raises CardRemoved, WrongPin, PinBlocked, RefusedAtTls, ServerNotTrusted, Unreachable.
        """
