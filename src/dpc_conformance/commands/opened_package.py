"""Opens a package for a command: only one that is whole is unpacked, and only for as long as the command needs it."""

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from dpc_conformance.clock import machine_now
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.reporting.package.verify import Verified, verify
from dpc_conformance.reporting.package.zip_format import MOST_BYTES
from dpc_conformance.reporting.package.zip_reader import NoZip


def look_at(file: Path, roots: Sequence[bytes], moment: datetime) -> Verified:
    """Verify the package in a file. BadInput for a file that cannot be read or is no zip file."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise BadInput(f"{file}: expected a package of at most {MOST_BYTES} bytes")
        return verify(file.read_bytes(), roots, moment)
    except OSError as error:
        raise BadInput(f"{file}: expected a package that can be read: {error.strerror}") from None
    except NoZip as problem:
        raise BadInput(f"{file}: expected a package: {problem}") from None


@contextlib.contextmanager
def unpacked(file: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """A folder with what the package holds, and sentences on its signature. BadInput for one that was changed."""
    seen = look_at(file, (), machine_now())
    if seen.problems:
        more = f" (and {len(seen.problems) - 1} more: `dpc package --verify {file}`)" if len(seen.problems) > 1 else ""
        raise BadInput(f"{file}: expected a package that is whole: {seen.problems[0]}{more}")
    with tempfile.TemporaryDirectory(prefix="dpc-package-") as folder:
        for name, content in seen.read.content.items():
            target = Path(folder) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        yield Path(folder), seen.said
