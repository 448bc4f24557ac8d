"""What a person sees on a device."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Screen:
    """A page or app screen: its title, its readable text, what can be chosen on it, and pictures as PNG bytes.

    A picture may be a QR code, so it stays out of the repr. `status` is the HTTP status of a web page, 0 for an app
    screen; `address` the page's URL, empty for an app.
    """

    title: str
    text: str
    choices: tuple[str, ...] = ()
    pictures: tuple[bytes, ...] = field(default=(), repr=False)
    status: int = 0
    address: str = ""
