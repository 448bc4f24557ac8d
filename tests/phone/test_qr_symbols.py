"""A QR code is read as one, also where a decoder sees a bar code among its modules."""

import io

import zxingcpp
from PIL import Image

from dpc_conformance.formats.qr_symbols import qr_symbols
from dpc_conformance.reference.issuer.qr_picture import qr_picture

TEXT = "https://issuer.dpc.example/enrol#ZM6kSdwTPugbRsR_nixeKlHSoAZO_50W"


def test_a_bar_code_among_the_modules_is_none():
    picture = Image.open(io.BytesIO(qr_picture(TEXT)))
    assert len(zxingcpp.read_barcodes(picture)) == 2
    assert [symbol.text for symbol in qr_symbols(picture)] == [TEXT]
