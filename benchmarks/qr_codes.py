"""How many QR codes two decoders read from a screen as phones see it, by distortion: a measurement, not a test.

The strength of a distortion is drawn anew for each picture, from nearly nothing to more than anybody would bear:
compare decoders and pages with each other, and do not take a rate for that of real cameras.
"""

import argparse
import io

from PIL import Image
from rich.console import Console
from rich.table import Table

from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.protocols.qr_payload import QrPayload
from dpc_conformance.reference.issuer.qr_picture import qr_picture
from dpc_conformance.reference.phone.camera import Reader, read_with_zxing, zbar_reader
from dpc_conformance.reference.phone.distortions import DARK, DISTORTIONS, WHITE, as_seen, on_screen

ADDRESS = "https://issuer.dpc.example/enrol"
SECRET_BYTES = 20
SEED = "QR codes on a screen"
DARK_MODE = "dark mode"
"""No distortion: the picture keeps its light zone, and the page around it is dark."""


def decoders() -> dict[str, Reader]:
    """Those that this machine has."""
    zbar = zbar_reader()
    return {"zxing-cpp": read_with_zxing, **({"zbar": zbar} if zbar else {})}


def rates(count: int) -> list[tuple[str, ...]]:
    """A row for each distortion: how many of `count` pictures each decoder reads rightly."""
    entropy, readers, rows = SeededEntropy(SEED), decoders(), []
    for name in (*DISTORTIONS, DARK_MODE):
        read = dict.fromkeys(readers, 0)
        for number in range(count):
            source = entropy.branch(f"{name}/{number}")
            text = QrPayload(ADDRESS, source.bytes(SECRET_BYTES)).text
            screen = on_screen(qr_picture(text), DARK if name == DARK_MODE else WHITE)
            picture = as_seen(screen, name, source) if name in DISTORTIONS else screen
            with Image.open(io.BytesIO(picture)) as seen:
                for decoder, reader in readers.items():
                    read[decoder] += text in reader(seen)
        rows.append((name, *(f"{number} of {count}" for number in read.values())))
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=50, help="pictures for each distortion; default: 50")
    count = parser.parse_args().count
    table = Table("", *decoders(), title="QR codes read from a screen", title_justify="left")
    for row in rates(count):
        table.add_row(*row)
    Console().print(table)


if __name__ == "__main__":
    main()
