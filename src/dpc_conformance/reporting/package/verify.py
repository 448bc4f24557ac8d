"""Verifies a package: every byte against the one form it can have, the entries against the manifest, the signature."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from dpc_conformance.reporting.package.manifest import MANIFEST, SIGNATURE, NoManifest, against_manifest
from dpc_conformance.reporting.package.signature import look_at_signature
from dpc_conformance.reporting.package.zip_reader import ReadPackage, read_zip


@dataclass(frozen=True)
class Verified:
    """`problems` are sentences, none for a package that is whole; `said` is what a reader should know of it."""

    read: ReadPackage
    problems: tuple[str, ...]
    said: tuple[str, ...] = field(default=())


def verify(data: bytes, roots: Sequence[bytes], moment: datetime) -> Verified:
    """Look at everything. Raises NoZip for bytes that are no zip file at all.

    `roots` are certificates (DER) that are trusted, `moment` is when the signer's certificate has to be valid.
    """
    read = read_zip(data)
    problems = list(read.problems)
    try:
        problems += against_manifest(read)
    except NoManifest as problem:
        return Verified(read, (*problems, str(problem)))
    manifest = read.content[MANIFEST]
    if SIGNATURE in read.packed and SIGNATURE not in read.content:
        return Verified(read, tuple(problems))
    seen = look_at_signature(manifest, read.content.get(SIGNATURE), roots, moment)
    counted = len(read.packed)
    said = (f"{counted} entries, SHA-256 of the manifest: {sha256(manifest).hexdigest()}", *seen.said)
    return Verified(read, (*problems, *seen.problems), said)
