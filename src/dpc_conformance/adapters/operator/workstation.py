"""A real workstation or kiosk, at which a person signs in with the cardholder's card."""

from dpc_conformance.adapters.operator.cards import PIN, CardInPocket
from dpc_conformance.adapters.operator.display import Display
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.screens import Screen
from dpc_conformance.roles.workstation import PIV_AUTHENTICATION


class PersonsWorkstation:
    """Implements roles.workstation.Workstation as far as somebody in front of it can."""

    def __init__(self, display: Display, device_login_address: str) -> None:
        """Browsing to `device_login_address` is the documented step IOS-INT-03, anything else IOS-INT-09."""
        self._display, self._device_login = display, device_login_address
        self._typed: list[str] = []
        self._card_inserted = True
        self._at_device_login = False

    def insert_card(self, card: Card) -> None:
        """The person is asked for the card when it is used. Raises NotSupported for one that the person has not."""
        if not isinstance(card, CardInPocket):
            raise NotSupported("workstation", "take another card than the one that the person holds")
        self._card_inserted = True

    def remove_card(self) -> None:
        """Likewise."""
        self._card_inserted = False

    def browse(self, address: str) -> Screen:
        """IOS-INT-03 or 09."""
        self._typed.clear()
        self._at_device_login = address == self._device_login
        step = "IOS-INT-03" if self._at_device_login else "IOS-INT-09"
        return self._display.after("browse", f"In a new browser session, open {address}.", step)

    def type_into(self, field: str, value: str) -> None:
        """Is done together with what is chosen next."""
        self._typed.append(f"Type {value} into “{field}”. ")

    def choose(self, caption: str) -> Screen:
        """Follow a link or press a button. LookupError when the page, as far as it is known, has none so called."""
        control = self._display.control(caption)
        before = "Take the card out of the reader. " if control.card_taken_out else ""
        typed = "".join(self._typed)
        self._typed.clear()
        return self._display.after("choose", f"{before}{typed}Choose “{self._display.caption(control)}”.", control.step)

    def sign_in_with_card(self, pin: str | None, key_reference: int = PIV_AUTHENTICATION) -> Screen:
        """IOS-INT-05 or 09. Raises NotSupported for another key than 9A, and for a PIN that is wrong on purpose."""
        if key_reference != PIV_AUTHENTICATION:
            raise NotSupported("workstation", f"sign in with key {key_reference:02X}: a browser offers 9A")
        if pin != PIN or not self._card_inserted:
            raise NotSupported("workstation", "sign in without the card and its right PIN")
        words = "Sign in with the cardholder's card and its PIN."
        step = "IOS-INT-05" if self._at_device_login else "IOS-INT-09"
        return self._display.after("sign_in_with_card", words, step)
