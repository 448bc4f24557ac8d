"""From the open scanner to a redeemed code: the picture, and the password under it where the code asks for one."""

from collections.abc import Callable
from dataclasses import replace

from dpc_conformance.protocols.device_management import ManagementRefused
from dpc_conformance.protocols.enrolment import EnrolmentRefused
from dpc_conformance.protocols.qr_payload import QrPayload
from dpc_conformance.reference.phone.camera import CodeNotRead
from dpc_conformance.reference.phone.enrolment import Enrolment
from dpc_conformance.reference.phone.home import NETWORK, NO_CONNECTION
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.roles.reasons import Reason
from dpc_conformance.roles.screens import Screen

PICTURE, PASSWORD = "picture", "password"
"""What the screens wait for."""
UNDER_THE_CODE = "Type the password that stands under the QR code."


class CodePages:
    """`show` puts a screen on display with what it waits for, `redeemed` goes on with the enrolment."""

    def __init__(self, parts: PhoneParts, show: Callable[..., Screen], redeemed: Callable[[Enrolment], Screen]) -> None:
        self._parts, self._show, self._redeemed = parts, show, redeemed
        self._words = parts.captions
        self._code: QrPayload | None = None

    def scanner(self) -> Screen:
        """The open scanner."""
        return self._show(self._words.scanner, "Hold the camera at the QR code.", {}, PICTURE)

    def scan(self, picture: bytes, issuer: str) -> Screen:
        """Hold the camera at a picture; `issuer` is the address from which the code has to be."""
        try:
            self._code = self._parts.code_policy.accept(self._parts.camera.read(picture), issuer)
        except CodeNotRead as error:
            return self._not_accepted(str(error))
        return self._ask_password(UNDER_THE_CODE) if self._code.asks_password else self._redeem(self._code)

    def type_password(self, password: str) -> Screen:
        """Redeem the code that was scanned last, with that password. LookupError where none was."""
        if self._code is None:
            raise LookupError("no code was scanned")
        self._parts.recorder.keep_secret(password)
        return self._redeem(replace(self._code, password=password))

    def _redeem(self, code: QrPayload) -> Screen:
        enrolment = self._parts.new_enrolment()
        try:
            enrolment.redeem(code, self._parts.device_key, self._parts.management.statement)
        except EnrolmentRefused as error:
            again = error.reason == Reason.BINDING_PASSWORD
            return self._ask_password(error.message) if again else self._not_accepted(error.message)
        except ManagementRefused as error:
            return self._not_accepted(error.message)
        except NETWORK:
            return self._not_accepted(NO_CONNECTION)
        self._code = None
        return self._redeemed(enrolment)

    def _ask_password(self, text: str) -> Screen:
        return self._show(self._words.password_required, text, {}, PASSWORD)

    def _not_accepted(self, text: str) -> Screen:
        self._code = None
        return self._show(self._words.code_not_accepted, text, {self._words.scan_again: self.scanner})
