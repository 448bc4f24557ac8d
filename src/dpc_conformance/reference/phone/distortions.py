"""What becomes of a screen on its way into a phone's camera: the distortions of life, each from a seed."""

import io
import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

from PIL import Image, ImageChops, ImageFilter, ImageOps

from dpc_conformance.entropy import Entropy

STEPS = 1 << 32
SCREEN = (1280, 720)
WHITE, MIDDLE_GREY, DARK = 255, 128, 35
"""Greys; the last is the paper of a page in dark mode."""
Distortion = Callable[[Image.Image, Entropy], Image.Image]


def between(entropy: Entropy, low: float, high: float) -> float:
    """A number in [low, high)."""
    return low + (high - low) * entropy.below(STEPS) / STEPS


def in_perspective(picture: Image.Image, entropy: Entropy) -> Image.Image:
    """The phone is held at an angle: parallels meet."""
    width, height = picture.size
    x, y = width / 2, height / 2
    g, h = (between(entropy, -0.6, 0.6) / side for side in (width, height))
    scale = 1 - g * x - h * y
    rows = (1 + x * g, x * h, x * (scale - 1), y * g, 1 + y * h, y * (scale - 1), g, h)
    return picture.transform(
        picture.size,
        Image.Transform.PERSPECTIVE,
        [each / scale for each in rows],
        Image.Resampling.BICUBIC,
        fillcolor=WHITE,
    )


def rotated(picture: Image.Image, entropy: Entropy) -> Image.Image:
    """The phone is turned, by any angle."""
    return picture.rotate(between(entropy, 0, 360), Image.Resampling.BICUBIC, expand=True, fillcolor=WHITE)


def blurred(picture: Image.Image, entropy: Entropy) -> Image.Image:
    """The lens is out of focus, by up to five pixels of the screen."""
    return picture.filter(ImageFilter.GaussianBlur(between(entropy, 1, 5)))


def with_glare(picture: Image.Image, entropy: Entropy) -> Image.Image:
    """A lamp is mirrored about the middle of the screen."""
    width, height = picture.size
    side = int(between(entropy, 0.15, 0.5) * min(width, height))
    light = ImageOps.invert(Image.radial_gradient("L")).resize((side, side))
    light = light.point(lambda value: min(WHITE, value * 2))
    at = [int(between(entropy, 0.4, 0.6) * length - side / 2) for length in (width, height)]
    lit = picture.copy()
    lit.paste(WHITE, (at[0], at[1], at[0] + side, at[1] + side), light)
    return lit


def with_low_contrast(picture: Image.Image, entropy: Entropy) -> Image.Image:
    """The screen is dim in bright surroundings: 3 to 30 % of the contrast are left."""
    return Image.blend(Image.new("L", picture.size, MIDDLE_GREY), picture, between(entropy, 0.03, 0.3))


def with_moire(picture: Image.Image, entropy: Entropy) -> Image.Image:
    """The pixels of camera and screen beat against each other: dark waves, 4 to 24 pixels apart."""
    width, height = picture.size
    side = int(math.hypot(width, height)) + 1
    length, depth = between(entropy, 4, 24), between(entropy, 0.3, 0.8)
    wave = bytes(int(WHITE * (1 - depth * (1 + math.sin(2 * math.pi * each / length)) / 2)) for each in range(side))
    waves = Image.frombytes("L", (side, 1), wave).resize((side, side)).rotate(between(entropy, 0, 180))
    left, top = (side - width) // 2, (side - height) // 2
    return ImageChops.multiply(picture, waves.crop((left, top, left + width, top + height)))


def far_away(picture: Image.Image, entropy: Entropy) -> Image.Image:
    """The phone is far from the screen: 15 to 60 % of its pixels in each direction are left."""
    share = between(entropy, 0.15, 0.6)
    width, height = (max(1, int(side * share)) for side in picture.size)
    return picture.resize((width, height), Image.Resampling.BICUBIC)


def inverted(picture: Image.Image, entropy: Entropy) -> Image.Image:  # noqa: ARG001  there is one way to invert
    """Somebody's screen shows every colour as its opposite: light on dark."""
    return ImageOps.invert(picture)


DISTORTIONS: Mapping[str, Distortion] = MappingProxyType(
    {
        "perspective": in_perspective,
        "rotation": rotated,
        "blur": blurred,
        "glare": with_glare,
        "low contrast": with_low_contrast,
        "moiré": with_moire,
        "small": far_away,
        "inverted": inverted,
    }
)


def on_screen(picture: bytes, paper: int = WHITE) -> bytes:
    """A screen (PNG) of one grey in the middle of which a picture stands in its own size."""
    screen = Image.new("L", SCREEN, paper)
    with Image.open(io.BytesIO(picture)) as shown:
        screen.paste(shown.convert("L"), ((SCREEN[0] - shown.width) // 2, (SCREEN[1] - shown.height) // 2))
    return _png(screen)


def as_seen(picture: bytes, distortion: str, entropy: Entropy) -> bytes:
    """A screenshot (PNG) as a phone sees it (PNG, grey). KeyError for a distortion that there is not."""
    with Image.open(io.BytesIO(picture)) as screen:
        seen = DISTORTIONS[distortion](screen.convert("L"), entropy)
    return _png(seen)


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
