"""Seeded defects of the page with the QR code: no camera reads it well, or somebody else finds it."""

from typing import ClassVar

import qrcode
from flask import Response, make_response, request
from flask.typing import ResponseReturnValue

from dpc_conformance.faults.registry import fault
from dpc_conformance.protocols.qr_payload import QrPayload, base64url
from dpc_conformance.reference.issuer.kiosk import SESSION, Kiosk
from dpc_conformance.reference.issuer.qr_picture import DARK, LEVEL, MODULE, QUIET, qr_picture
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.scene import Scene
from dpc_conformance.roles.reasons import Reason

STEP = {"IOS-INT-11"}
"""No requirement says what the page offers: a defect turns the documented step red."""


class PoorPicture(Kiosk):
    """Draws its QR codes in another way."""

    level: ClassVar[int] = LEVEL
    module: ClassVar[int] = MODULE
    quiet: ClassVar[int] = QUIET
    colour: ClassVar[str] = DARK

    def picture_of(self, text: str) -> bytes:
        """See Kiosk."""
        return qr_picture(text, self.level, self.module, self.quiet, self.colour)


class SmallPicture(PoorPicture):
    """Two pixels to the module."""

    module = 2


class PictureWithoutBorder(PoorPicture):
    """The code begins where the picture begins."""

    quiet = 0


class PalePicture(PoorPicture):
    """Grey on white."""

    colour = "#909090"


class DelicatePicture(PoorPicture):
    """The lowest level of error correction."""

    level = qrcode.constants.ERROR_CORRECT_L


@fault("kiosk's QR code is too small for a camera", STEP)
def small(scene: Scene) -> None:
    scene.issuer.kiosk = SmallPicture(**vars(scene.issuer.kiosk))


@fault("kiosk's QR code has no light zone around it", STEP)
def without_border(scene: Scene) -> None:
    scene.issuer.kiosk = PictureWithoutBorder(**vars(scene.issuer.kiosk))


@fault("kiosk's QR code is pale", STEP)
def pale(scene: Scene) -> None:
    scene.issuer.kiosk = PalePicture(**vars(scene.issuer.kiosk))


@fault("kiosk's QR code cannot be read when little of it is hidden", STEP)
def delicate(scene: Scene) -> None:
    scene.issuer.kiosk = DelicatePicture(**vars(scene.issuer.kiosk))


class OtherPage(Kiosk):
    """Changes the page with the QR code before it is sent."""

    def _show(self, secret: bytes) -> ResponseReturnValue:
        response = make_response(super()._show(secret))
        self.change(response, secret)
        return response

    def change(self, response: Response, secret: bytes) -> None:
        """Spoil it."""


class NoEnd(OtherPage):
    """Does not say until when the code counts."""

    def change(self, response: Response, secret: bytes) -> None:  # noqa: ARG002
        """See OtherPage."""
        start, _, rest = response.get_data(as_text=True).partition(", until")
        response.set_data(start + rest[rest.index("UTC") + 3 :])


class NoOtherWay(OtherPage):
    """Leaves whoever cannot scan alone."""

    def change(self, response: Response, secret: bytes) -> None:  # noqa: ARG002
        """See OtherPage."""
        response.set_data(response.get_data(as_text=True).replace("cannot scan", "have scanned"))


class SecretInWords(OtherPage):
    """Writes the secret under the code, for those who would rather type."""

    def change(self, response: Response, secret: bytes) -> None:
        """See OtherPage."""
        words = QrPayload(self.settings.enrolment_address, secret).secret_text
        response.set_data(response.get_data(as_text=True).replace("</main>", f"{words}</main>"))


class KeptPage(OtherPage):
    """Lets the browser keep the page for an hour."""

    def change(self, response: Response, secret: bytes) -> None:  # noqa: ARG002
        """See OtherPage."""
        response.headers["Cache-Control"] = "max-age=3600"


@fault("kiosk does not say until when the QR code can be used", STEP)
def no_end(scene: Scene) -> None:
    scene.issuer.kiosk = NoEnd(**vars(scene.issuer.kiosk))


@fault("kiosk offers nothing to whoever cannot scan", STEP)
def no_other_way(scene: Scene) -> None:
    scene.issuer.kiosk = NoOtherWay(**vars(scene.issuer.kiosk))


@fault("kiosk writes the binding secret under the QR code", STEP)
def in_words(scene: Scene) -> None:
    scene.issuer.kiosk = SecretInWords(**vars(scene.issuer.kiosk))


@fault("browsers may keep the page with the QR code", STEP)
def kept(scene: Scene) -> None:
    scene.issuer.kiosk = KeptPage(**vars(scene.issuer.kiosk))


class StandingCode(Kiosk):
    """Shows the last code again to whoever opens the address of the request, signed in or not."""

    def choose(self) -> ResponseReturnValue:
        """See Kiosk."""
        response = make_response(super().choose())
        last = self.__dict__.get("_last", "")
        response.set_data(response.get_data(as_text=True).replace("</main>", f"{last}</main>"))
        return response

    def _show(self, secret: bytes) -> ResponseReturnValue:
        page = make_response(super()._show(secret))
        rest = page.get_data(as_text=True).partition("<img ")[2]
        self.__dict__["_last"] = f"<img {rest.partition('>')[0]}>"
        return page


class LastingCode(StandingCode):
    """Does so only for somebody who is signed in."""

    def choose(self) -> ResponseReturnValue:
        """See Kiosk."""
        return Kiosk.choose(self) if self._current() is None else super().choose()


@fault("QR code stays at its address for everybody", STEP)
def standing(scene: Scene) -> None:
    scene.issuer.kiosk = StandingCode(**vars(scene.issuer.kiosk))


@fault("QR code stays at its address for its holder", STEP)
def lasting(scene: Scene) -> None:
    scene.issuer.kiosk = LastingCode(**vars(scene.issuer.kiosk))


class UsedCodeAgain(Kiosk):
    """Shows a code once more, after its use, to whoever sends the form that brought it once more."""

    def _show(self, secret: bytes) -> ResponseReturnValue:
        shown = self.__dict__.setdefault("_shown", {})
        session = request.cookies.get(SESSION)
        found = self.secrets.find(base64url(shown.get(session, b"")))
        if not (isinstance(found, Refusal) and found.reason is Reason.SECRET_USED):
            shown[session] = secret
        return super()._show(shown[session])


@fault("used QR code comes back when its page is loaded again", STEP)
def again(scene: Scene) -> None:
    scene.issuer.kiosk = UsedCodeAgain(**vars(scene.issuer.kiosk))
