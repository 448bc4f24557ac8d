"""A QR code as it stands on a screen: how large, how light around it, how dark, how robust (ISO/IEC 18004)."""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

FINDER_MODULES, QUIET_MODULES = 7, 4
"""The side of a finder pattern, and of the light zone around a symbol, in modules (ISO/IEC 18004 §5.3.3, §5.3.8)."""
WHITE = 255
Box = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels."""


@dataclass(frozen=True, slots=True)
class QrSymbol:
    """`side` is in pixels of the screen; `quiet` in modules, four at most; `contrast` from 0 to 1, dark to light.

    `level` of error correction is L, M, Q or H: 7, 15, 25 or 30 % may be damaged.
    """

    side: int
    quiet: float
    contrast: float
    level: str


def measure(picture: bytes) -> QrSymbol | None:
    """The one QR code in a PNG that shows it upright; None where there is not exactly one that can be read."""
    from PIL import Image as images

    from dpc_conformance.formats.qr_symbols import qr_symbols

    with images.open(io.BytesIO(picture)) as image:
        grey = image.convert("L")
    found = qr_symbols(grey)
    if len(found) != 1:
        return None
    corners = [getattr(found[0].position, name) for name in ("top_left", "top_right", "bottom_right", "bottom_left")]
    columns, rows = [corner.x for corner in corners], [corner.y for corner in corners]
    middle = (min(columns) + max(columns)) // 2, (min(rows) + max(rows)) // 2
    area = grey.crop((min(columns), min(rows), max(columns) + 1, max(rows) + 1))
    darkest, lightest = area.getextrema()
    threshold = (int(darkest) + int(lightest)) / 2  # type: ignore[arg-type]
    dark = grey.point(lambda value: WHITE if value < threshold else 0)
    half = max(max(columns) - min(columns), max(rows) - min(rows)) // 2
    left, top, right, bottom = _around(dark, middle, half)
    run = next(length for length in range(1, right - left + 1) if not dark.getpixel((left + length, top + 1)))
    module = run / FINDER_MODULES
    light = 0
    while light < QUIET_MODULES * module and _is_light(dark, (left, top, right, bottom), light + 1):
        light += 1
    contrast = (int(lightest) - int(darkest)) / WHITE  # type: ignore[arg-type]
    return QrSymbol(right - left, light / module, contrast, found[0].ec_level)


def _around(dark: "Image", middle: tuple[int, int], half: int) -> Box:
    """The edges of the dark pixels about there: `dark` is a picture in which they are white."""
    (x, y), reach = middle, half + 2
    box = max(0, x - reach), max(0, y - reach), x + reach + 1, y + reach + 1
    left, top, right, bottom = dark.crop(box).getbbox() or (0, 0, 0, 0)
    return left + box[0], top + box[1], right + box[0], bottom + box[1]


def _is_light(dark: "Image", box: Box, distance: int) -> bool:
    """Whether the frame of one pixel at that distance around the box is on the picture, and light."""
    left, top, right, bottom = box[0] - distance, box[1] - distance, box[2] + distance, box[3] + distance
    if left < 0 or top < 0 or right > dark.width or bottom > dark.height:
        return False
    frame = [(left, top, right, top + 1), (left, bottom - 1, right, bottom)]
    frame += [(left, top, left + 1, bottom), (right - 1, top, right, bottom)]
    return all(dark.crop(each).getbbox() is None for each in frame)
