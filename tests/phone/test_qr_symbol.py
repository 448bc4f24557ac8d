"""What is measured of a QR code on a screen, against pictures whose measures are known."""

import io

import pytest
import qrcode

from dpc_conformance.checks.qr_symbol import QrSymbol, measure
from dpc_conformance.reference.phone.distortions import on_screen

TEXT = "https://issuer.dpc.example/enrol#AAECAwQFBgcICQoLDA0ODxAREhM"
MODULES = 33
"""The side of a version 4 symbol."""
L, M, H = qrcode.constants.ERROR_CORRECT_L, qrcode.constants.ERROR_CORRECT_M, qrcode.constants.ERROR_CORRECT_H


def picture(level=M, module=6, border=4, colour="black"):
    code = qrcode.QRCode(error_correction=level, box_size=module, border=border)
    code.add_data(TEXT)
    file = io.BytesIO()
    code.make_image(fill_color=colour, back_color="white").save(file, "PNG")
    return file.getvalue()


def test_a_code_by_itself_and_on_a_screen_measure_alike():
    expected = QrSymbol(MODULES * 6, 4.0, 1.0, "M")
    assert measure(picture()) == measure(on_screen(picture())) == expected


@pytest.mark.parametrize("border", [0, 1, 3, 6])
def test_the_light_zone_ends_with_the_picture(border):
    assert measure(picture(border=border)).quiet == min(border, 4)


@pytest.mark.parametrize("module", [2, 3, 8])
def test_the_side_is_in_pixels(module):
    assert measure(picture(module=module)).side == MODULES * module


@pytest.mark.parametrize(("level", "name"), [(L, "L"), (M, "M"), (H, "H")])
def test_the_level_of_error_correction_is_read(level, name):
    assert measure(picture(level=level)).level == name


def test_contrast_is_what_lies_between_dark_and_light():
    assert measure(picture(colour="#333333")).contrast == pytest.approx(0.8)


def test_a_picture_without_a_code_has_no_measures():
    from PIL import Image

    file = io.BytesIO()
    Image.new("L", (200, 200), 255).save(file, "PNG")
    assert measure(file.getvalue()) is None
