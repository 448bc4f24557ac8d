"""Small populations for the tests of the audit, and what the judge says of each certificate in them."""

import base64
import tarfile
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

import pyarrow
import pyarrow.parquet

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.judgement import findings, judge_certificate
from dpc_conformance.checks.profiles.derived_authentication import DERIVED_AUTHENTICATION
from dpc_conformance.checks.profiles.selection import profile_of
from dpc_conformance.faults.certificates.material import NOW
from dpc_conformance.faults.mutants import goldens, mutants
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.der import DerError

AT = NOW.isoformat()


@cache
def certificates() -> tuple[bytes, ...]:
    """Goldens and mutants, those among them that cannot be read included."""
    return tuple(case.make() for case in goldens() + mutants())


@cache
def expected() -> Counter[str]:
    """How often each requirement is found to be broken in them, without any evidence."""
    context = CertificateContext(moment=NOW)
    found: Counter[str] = Counter()
    for der in certificates():
        try:
            view = read_certificate(der)
            if view.is_authority:
                continue
            profile = profile_of(view) or DERIVED_AUTHENTICATION
        except DerError:
            profile = DERIVED_AUTHENTICATION
        found.update(list(findings(judge_certificate(der, context, profile))))
    return found


def pem(der: bytes) -> bytes:
    """A PEM block."""
    body = base64.encodebytes(der)
    return b"-----BEGIN CERTIFICATE-----\n" + body + b"-----END CERTIFICATE-----\n"


def folder(path: Path) -> Path:
    path.mkdir()
    for number, der in enumerate(certificates()):
        below = path / f"{number % 3}"
        below.mkdir(exist_ok=True)
        (below / f"{number:04}").write_bytes(der if number % 2 else pem(der))
    return path


def bundle(path: Path) -> Path:
    path.write_bytes(b"some words before\n" + b"between\n".join(map(pem, certificates())))
    return path


def zipped(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for number, der in enumerate(certificates()):
            archive.writestr(f"{number:04}.der", der)
    return path


def tarred(path: Path, source: Path, mode: str) -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        archive.add(source, "certificates")
    return path


def parquet(path: Path, group: int = 40, repeat: int = 1) -> Path:
    schema = pyarrow.schema([("name", pyarrow.string()), ("der", pyarrow.binary())])
    rows = list(certificates()) * repeat
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        for start in range(0, len(rows), group):
            some = rows[start : start + group]
            table = pyarrow.Table.from_arrays([pyarrow.array([""] * len(some)), pyarrow.array(some)], schema=schema)
            writer.write_table(table)
    return path
