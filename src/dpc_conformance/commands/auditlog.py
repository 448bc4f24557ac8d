"""`dpc auditlog`: whether an exported audit log is as the issuer wrote it."""

from pathlib import Path

import click
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key, load_pem_public_key

from dpc_conformance.commands.errors import BadInput
from dpc_conformance.formats.audit_chain import AuditChain, NotAnAuditLog, read_audit_chain
from dpc_conformance.formats.unreadable import UNREADABLE

CHANGED = 1
LONGEST = 256 * 1024 * 1024
"""Bytes that a log may have: it is read as a whole."""


@click.command("auditlog")
@click.argument("log", type=click.Path(path_type=Path))
@click.option(
    "--key", metavar="FILE", type=click.Path(path_type=Path), help="The key of the seal, or a certificate for it."
)
@click.option(
    "--earlier", metavar="LOG", type=click.Path(path_type=Path), help="An export of before; this one must continue it."
)
def auditlog(log: Path, key: Path | None, earlier: Path | None) -> int:
    """Say whether an issuer's exported audit log is whole, and which record is the first that does not fit.

    LOG is in the format dpc-audit-log/1: JSON lines, each with a hash over itself and the one before, and a signed
    seal at the end. Without --key anybody may have written it; without --earlier nobody can tell that a new log was
    begun, or the end taken away together with its seal.

    \b
    Examples:
      dpc auditlog june.jsonl --key issuer-seal.pem
      dpc auditlog july.jsonl --key issuer-seal.pem --earlier june.jsonl

    \b
    Exit codes:
      0  every record is as it was written and none is missing
      1  something was changed, removed, reordered or cut off
      4  bad input: no such file, not an audit log, not a key
    """
    seal_key = None if key is None else _key(key)
    chain = _chain(log, seal_key)
    problem = str(chain.misfit) if chain.misfit else _continued(chain, earlier, seal_key)
    if problem:
        click.echo(f"{log}: {problem}")
        return CHANGED
    signed = "signature verified" if seal_key else "signature not checked, give --key"
    click.echo(f"{log}: {len(chain.records)} records, none changed or missing; sealed {chain.sealed_at} ({signed})")
    return 0


def _continued(chain: AuditChain, earlier: Path | None, seal_key: ec.EllipticCurvePublicKey | None) -> str:
    if earlier is None:
        return ""
    before = _chain(earlier, seal_key)
    if before.misfit is not None:
        raise BadInput(f"{earlier}: {before.misfit}")
    for number, record in enumerate(before.records, start=1):
        if number > len(chain.records):
            return f"record {number}: expected the record of {earlier}, found the seal"
        if chain.records[number - 1] != record:
            return f"record {number}: expected the record of {earlier}, found another one"
    return ""


def _chain(path: Path, seal_key: ec.EllipticCurvePublicKey | None) -> AuditChain:
    try:
        return read_audit_chain(_content(path), seal_key)
    except NotAnAuditLog as problem:
        raise BadInput(f"{path}: not an exported audit log: {problem}") from None


def _key(path: Path) -> ec.EllipticCurvePublicKey:
    content = _content(path)
    for load in (load_pem_public_key, load_der_public_key, _of_pem_certificate, _of_der_certificate):
        try:
            found = load(content)
        except UNREADABLE:
            continue
        if isinstance(found, ec.EllipticCurvePublicKey):
            return found
    raise BadInput(f"{path}: expected a public key on an elliptic curve, or a certificate for one (PEM or DER)")


def _of_pem_certificate(content: bytes) -> object:
    return x509.load_pem_x509_certificate(content).public_key()


def _of_der_certificate(content: bytes) -> object:
    return x509.load_der_x509_certificate(content).public_key()


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST + 1)
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or error}") from None
    if len(content) > LONGEST:
        raise BadInput(f"{path}: longer than {LONGEST // 1024 // 1024} MiB")
    return content
