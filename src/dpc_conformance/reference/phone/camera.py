"""The camera: who may use it, and what it reads from a picture."""

import importlib
import io
from collections.abc import Callable

import zxingcpp
from PIL import Image, UnidentifiedImageError

from dpc_conformance.formats.qr_symbols import QR_CODES
from dpc_conformance.protocols.qr_payload import QrPayload
from dpc_conformance.reference.origins import same_origin

Reader = Callable[[Image.Image], list[str]]
LARGEST_SIDE = 8000
"""Pixels; a picture with a longer side is not looked at."""
NOT_ASKED, GRANTED, DECLINED = "not asked", "granted", "declined"


class CodeNotRead(Exception):
    """The picture yields no code that can be trusted; the message is what the person is told."""


def read_with_zxing(picture: Image.Image) -> list[str]:
    """The texts of every QR code in the picture, by zxing-cpp."""
    found = zxingcpp.read_barcodes(picture, formats=QR_CODES, text_mode=zxingcpp.TextMode.Plain)
    return [code.text for code in found if code.valid]


def zbar_reader() -> Reader | None:
    """The second, independent reader; None when the extra `zbar` or its system library is missing."""
    try:
        pyzbar = importlib.import_module("pyzbar.pyzbar")
    except ImportError:
        return None

    def read_with_zbar(picture: Image.Image) -> list[str]:
        found = pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])
        return [code.data.decode("utf-8", "replace") for code in found]

    return read_with_zbar


class Camera:
    """Reads QR codes. `permission` is the person's answer to the prompt: not asked, granted or declined."""

    def __init__(self, first: Reader = read_with_zxing, second: Reader | None = None) -> None:
        """`second` is an independent reader whose word is compared with the first one's; None does without."""
        self._first, self._second = first, second
        self.permission = NOT_ASKED

    def read(self, picture: bytes) -> str:
        """The text of the one QR code in a picture (PNG or JPEG). Raises CodeNotRead."""
        image = _open(picture)
        first = set(self._first(image))
        if len(first) > 1:
            raise CodeNotRead("There is more than one QR code in view. Hold the camera at one only.")
        # zbar spoils bytes beyond ASCII, so that it has no say about such codes.
        asked = self._second is not None and all(text.isascii() for text in first)
        second = set(self._second(image)) if asked and self._second is not None else set()
        # A reader that sees nothing does not contradict; one that sees something else does.
        if first and second and first != second:
            raise CodeNotRead("The QR code was read in two different ways. Scan it again.")
        readings = first or second
        if len(readings) != 1:
            raise CodeNotRead("No QR code was found. Hold the camera steadily at the code on the screen.")
        return readings.pop()


class CodePolicy:
    """Which codes the app accepts: those of the issuer that the device manager configured, over https."""

    def accept(self, text: str, issuer_address: str) -> QrPayload:
        """The address and secret in the code. Raises CodeNotRead; the message does not repeat the code."""
        try:
            payload = QrPayload.from_text(text)
        except ValueError as error:
            raise CodeNotRead("This is not a QR code for smart card setup.") from error
        if not same_origin(payload.enrolment_address, issuer_address):
            raise CodeNotRead("This QR code is not from your organization's credential issuer.")
        return payload


def _open(picture: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(picture), formats=("PNG", "JPEG"))
        if max(image.size) > LARGEST_SIDE:
            raise CodeNotRead("The picture is too large.")
        flat = Image.new("L", image.size, 255)
        coloured = image.convert("RGBA")
        # Transparent pixels look white, as they do on a screen.
        flat.paste(coloured.convert("L"), mask=coloured.getchannel("A"))
        return flat
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise CodeNotRead("The camera gave no picture.") from error
