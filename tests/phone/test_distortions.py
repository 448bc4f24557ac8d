"""Screens as a phone sees them: the same each time, and most of them can be read."""

import io

import pytest
from PIL import Image

from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.reference.issuer.qr_picture import qr_picture
from dpc_conformance.reference.phone.camera import Camera, CodeNotRead, read_with_zxing, zbar_reader
from dpc_conformance.reference.phone.distortions import DARK, DISTORTIONS, as_seen, on_screen

TEXT = "https://issuer.dpc.example/enrol#AAECAwQFBgcICQoLDA0ODxAREhM"
ANYHOW = ("perspective", "rotation", "small", "inverted")
"""Distortions that stop no camera at any of their strengths."""
PICTURES = 6


@pytest.fixture(scope="session")
def picture():
    return on_screen(qr_picture(TEXT))


def seen(picture, distortion):
    return [as_seen(picture, distortion, SeededEntropy(f"{distortion}/{number}")) for number in range(PICTURES)]


@pytest.mark.parametrize("distortion", DISTORTIONS)
def test_the_same_seed_sees_the_same(picture, distortion):
    assert seen(picture, distortion) == seen(picture, distortion)


@pytest.mark.parametrize("distortion", [name for name in DISTORTIONS if name != "inverted"])
def test_another_seed_sees_something_else(picture, distortion):
    assert len(set(seen(picture, distortion))) > 1


@pytest.mark.parametrize("distortion", ANYHOW)
def test_the_phone_reads_the_code_all_the_same(picture, distortion):
    camera = Camera(second=zbar_reader())
    assert [camera.read(each) for each in seen(picture, distortion)] == [TEXT] * PICTURES


@pytest.mark.parametrize("distortion", set(DISTORTIONS) - set(ANYHOW))
def test_what_is_hard_to_read_is_read_rightly_or_not_at_all(picture, distortion):
    camera, texts = Camera(second=zbar_reader()), []
    for each in seen(picture, distortion):
        try:
            texts.append(camera.read(each))
        except CodeNotRead:
            continue
    assert texts
    assert set(texts) == {TEXT}


def test_what_is_inverted_is_light_on_dark(picture):
    with Image.open(io.BytesIO(as_seen(picture, "inverted", SeededEntropy("any")))) as image:
        assert image.getpixel((0, 0)) == 0


def test_on_a_dark_page_every_camera_reads_the_code():
    seen = on_screen(qr_picture(TEXT), DARK)
    readers = [read_with_zxing, reader] if (reader := zbar_reader()) else [read_with_zxing]
    with Image.open(io.BytesIO(seen)) as image:
        assert [reads(image) for reads in readers] == [[TEXT]] * len(readers)
