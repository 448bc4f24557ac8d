"""The QR codes in a picture, by a decoder of others."""

from typing import TYPE_CHECKING

import zxingcpp

if TYPE_CHECKING:
    from PIL.Image import Image

QR_CODES = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


def qr_symbols(picture: "Image") -> list[zxingcpp.Barcode]:
    """What zxing-cpp reads; a bar code that it sees among the modules of one is none (ISO/IEC 18004 symbols only)."""
    return zxingcpp.read_barcodes(picture, formats=QR_CODES)
