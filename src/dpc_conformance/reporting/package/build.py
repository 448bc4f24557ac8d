"""Makes a package of what stands in a folder: the entries in order, the manifest over them, the signature over that."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from dpc_conformance.reporting.package.manifest import MANIFEST, SIGNATURE, manifest_of
from dpc_conformance.reporting.package.zip_writer import pack, zip_bytes

Sign = Callable[[bytes], bytes]
"""The signature (DER) over a manifest."""


def package_of(folder: Path, sign: Sign | None = None) -> tuple[bytes, str]:
    """The package with every file below the folder, and the SHA-256 of its manifest. Raises TooBig and OSError."""
    files = sorted((file.relative_to(folder).as_posix(), file) for file in folder.rglob("*") if file.is_file())
    entries = [pack(name, file.read_bytes()) for name, file in files]
    manifest = manifest_of(entries)
    beside = [pack(MANIFEST, manifest, compress=False)]
    if sign:
        beside.append(pack(SIGNATURE, sign(manifest), compress=False))
    listed = sorted(entries, key=lambda each: each.name)
    return zip_bytes([*beside, *listed]), sha256(manifest).hexdigest()
