"""The picture of a QR code, made for cameras that look at a screen (`benchmarks/qr_codes.py` measures how well)."""

import io

import qrcode

MODULE, QUIET = 10, 4
"""Pixels of a module, and modules of the light zone around the symbol (ISO/IEC 18004 §5.3.8)."""
LEVEL = qrcode.constants.ERROR_CORRECT_H
"""What a lamp in the lobby hides on the screen is made up for: 30 % may be damaged."""
DARK = "black"


def qr_picture(text: str, level: int = LEVEL, module: int = MODULE, quiet: int = QUIET, dark: str = DARK) -> bytes:
    """A QR code as PNG, dark on white."""
    code = qrcode.QRCode(error_correction=level, box_size=module, border=quiet)
    code.add_data(text)
    picture = io.BytesIO()
    code.make_image(fill_color=dark, back_color="white").save(picture, "PNG")
    return picture.getvalue()
