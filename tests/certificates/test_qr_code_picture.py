"""The judge of the QR code sees what is wrong in the picture, and keeps the secret to itself."""

import io

import pytest
import qrcode
from PIL import Image

from dpc_conformance.checks.finding import CannotTell, Finding
from dpc_conformance.checks.qr_code import judge_picture, read_qr_code, secret_bits

SECRET = "AAECAwQFBgcICQoLDA0ODxAREhM"
ADDRESS = "https://issuer.dpc.example/enrol"


def picture(*texts: str) -> bytes:
    images = [qrcode.make(text, box_size=4).get_image().convert("L") for text in texts]
    whole = Image.new("L", (sum(image.width for image in images) or 40, max([40, *(i.height for i in images)])), 255)
    left = 0
    for image in images:
        whole.paste(image, (left, 0))
        left += image.width
    out = io.BytesIO()
    whole.save(out, "PNG")
    return out.getvalue()


def test_a_good_code_is_read_without_its_secret() -> None:
    code = read_qr_code(picture(f"{ADDRESS}#{SECRET}"))
    assert (code.symbols, code.scheme, code.address) == (1, "https", ADDRESS)
    assert code.secret_bits >= 112
    assert SECRET not in repr(code)
    assert judge_picture(picture(f"{ADDRESS}#{SECRET}")) is None


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((f"http://issuer.dpc.example/enrol#{SECRET}",), "https"),
        ((f"{ADDRESS}#123456",), "112 bits"),
        ((f"{ADDRESS}#{'%37' * 20}",), "112 bits"),
        ((ADDRESS,), "112 bits"),
        ((SECRET,), "https"),
        ((f"{ADDRESS}#{SECRET}", f"{ADDRESS}#{SECRET[::-1]}"), "one symbol"),
        ((), "one symbol"),
    ],
)
def test_what_is_wrong_is_said_without_the_secret(texts: tuple[str, ...], expected: str) -> None:
    finding = judge_picture(picture(*texts))
    assert isinstance(finding, Finding)
    assert finding.requirement == "DPC-ISS-MULTI-02"
    assert expected in finding.expected
    assert SECRET not in str(finding)


@pytest.mark.parametrize(
    ("fragment", "answer"),
    [
        (f"code={SECRET}", type(None)),
        (f"code={SECRET}==", type(None)),
        ("code=482913", Finding),
        (f"code={SECRET}&user=alex", CannotTell),
        (f"/activate/{SECRET}", CannotTell),
        ("/activate?code=482913&tenant=agency-of-examples", Finding),
        ("code=482913&user=alex.archer@agency.example.gov", CannotTell),
        ("/", Finding),
    ],
)
def test_a_route_and_names_are_no_secret(fragment: str, answer: type) -> None:
    assert type(judge_picture(picture(f"{ADDRESS}#{fragment}"))) is answer


def test_what_is_no_picture_is_no_code() -> None:
    assert isinstance(judge_picture(b"not a picture"), Finding)


@pytest.mark.parametrize(("secret", "bits"), [("123456", 19), ("00ff" * 8, 128), (SECRET, 162), ("", 0)])
def test_bits_follow_from_length_and_characters(secret: str, bits: int) -> None:
    assert secret_bits(secret) == bits
