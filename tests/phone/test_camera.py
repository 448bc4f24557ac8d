"""The camera reads QR codes from pictures and trusts no reading that another reader contradicts."""

import io

import pytest
from PIL import Image

from dpc_conformance.reference.phone.camera import Camera, CodeNotRead, read_with_zxing, zbar_reader

TEXT = "https://issuer.dpc.example/enrol#AAAAAAAAAAAAAAAAAAAAAAAAAAA"


def png(image):
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.fixture(params=["one reader", "two readers"])
def camera(request):
    if request.param == "one reader":
        return Camera()
    second = zbar_reader()
    if second is None:
        pytest.skip("the extra `zbar` is not installed")
    return Camera(second=second)


def test_a_code_is_read(camera, picture_of):
    assert camera.read(picture_of(TEXT)) == TEXT


@pytest.mark.parametrize("angle", [17, 90, 180])
def test_a_turned_code_is_read(camera, picture_of, angle):
    image = Image.open(io.BytesIO(picture_of(TEXT))).convert("L").rotate(angle, expand=True, fillcolor=255)
    assert camera.read(png(image)) == TEXT


def test_a_code_on_a_transparent_ground_is_read(camera, picture_of):
    black = Image.open(io.BytesIO(picture_of(TEXT))).convert("L")
    image = Image.new("RGBA", black.size, (0, 0, 0, 0))
    image.paste((0, 0, 0, 255), mask=black.point(lambda value: 255 - value))
    assert camera.read(png(image)) == TEXT


def test_two_codes_in_view_are_refused(camera, picture_of):
    one, two = (Image.open(io.BytesIO(picture_of(text))) for text in (TEXT, "https://evil.example/"))
    both = Image.new("L", (one.width + two.width, max(one.height, two.height)), 255)
    both.paste(one, (0, 0))
    both.paste(two, (one.width, 0))
    with pytest.raises(CodeNotRead, match="more than one"):
        camera.read(png(both))


@pytest.mark.parametrize("picture", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", png(Image.new("L", (200, 200), 255))])
def test_no_code_is_no_reading(camera, picture):
    with pytest.raises(CodeNotRead):
        camera.read(picture)


def test_readers_that_disagree_are_not_believed(picture_of):
    with pytest.raises(CodeNotRead, match="two different ways"):
        Camera(read_with_zxing, lambda _: ["https://evil.example/"]).read(picture_of(TEXT))


def test_a_reader_that_sees_nothing_does_not_contradict(picture_of):
    assert Camera(read_with_zxing, lambda _: []).read(picture_of(TEXT)) == TEXT
    assert Camera(lambda _: [], lambda _: [TEXT]).read(picture_of(TEXT)) == TEXT
