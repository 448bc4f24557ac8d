"""Pictures that a person took: read from whatever format the camera has, handed on as PNG."""

import io
from base64 import b64encode
from pathlib import Path

from PIL import Image


def as_png(path: str | Path) -> bytes:
    """The picture in a file. Raises OSError where it cannot be read."""
    with Image.open(path) as image:
        file = io.BytesIO()
        image.convert("RGB").save(file, "PNG")
    return file.getvalue()


def screenshot(path: str | Path) -> bytes:
    """The same for a report; a file that is not there any more leaves an empty picture."""
    try:
        return as_png(path)
    except OSError:
        return b""


def for_display(picture: bytes) -> str:
    """A PNG on its way to the terminal."""
    return b64encode(picture).decode()
