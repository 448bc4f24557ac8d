"""`dpc package`: a run in one file, with its evidence and a signature; and whether such a file is whole."""

import contextlib
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click
from pydantic import ValidationError

from dpc_conformance.catalogue.requirement import CatalogueError
from dpc_conformance.clock import machine_now
from dpc_conformance.commands.der_kind import Kind as ObjectKind
from dpc_conformance.commands.errors import BadInput, CannotGoOn
from dpc_conformance.commands.inputs import Reader
from dpc_conformance.commands.opened_package import look_at
from dpc_conformance.commands.packing import Packing, gather_package
from dpc_conformance.commands.signer_option import read_signer
from dpc_conformance.reporting.gathered import NoRun
from dpc_conformance.reporting.package.build import package_of
from dpc_conformance.reporting.package.personal_data import Kind
from dpc_conformance.reporting.package.zip_writer import TooBig
from dpc_conformance.suite.folder_lock import FolderInUse, locked
from dpc_conformance.suite.moment import EXPECTED_CLOCK, parse_clock
from dpc_conformance.suite.run_files import RunFiles

CHANGED = 1
"""Exit code for a package that is not whole, or whose signature does not hold."""
EXAMPLES = 3
"""So many values of a kind are named."""


def _moment(_context: click.Context, _parameter: click.Parameter, text: str | None) -> datetime | None:
    try:
        return parse_clock(text) if text else None
    except ValueError:
        raise BadInput(f"--at {text}: {EXPECTED_CLOCK}") from None


@click.command()
@click.argument("run", type=click.Path(path_type=Path), metavar="RUN")
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="The package to write.")
@click.option("--with-personal-data", is_flag=True, help="Keep names, addresses, UUIDs and FASC-N as they are.")
@click.option(
    "--sign-with",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Certificate that signs (PEM or DER, with --key), or a PKCS#12 file.",
)
@click.option("--key", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Its private key.")
@click.option(
    "--password-file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="What opens key or PKCS#12 file; without it you are asked.",
)
@click.option("--verify", "verifies", is_flag=True, help="Verify the package RUN instead of making one.")
@click.option("--trust", multiple=True, metavar="PATH", help="Roots that you trust, with CA certificates (--verify).")
@click.option("--at", callback=_moment, metavar="ISO", help="When the signer has to be valid; default: now (--verify).")
def package(
    run: Path,
    to: Path | None,
    with_personal_data: bool,
    sign_with: Path | None,
    key: Path | None,
    password_file: Path | None,
    verifies: bool,
    trust: tuple[str, ...],
    at: datetime | None,
) -> int:
    """Put a run into one file that can be handed in, or verify such a file.

    RUN is the reports folder of a run. The package holds target, claims, plan, results, evidence, waivers, reviews and
    attestations, with a manifest of SHA-256 hashes and, where you sign, a detached CMS signature over it. Names, e-mail
    addresses, accounts, UUIDs and FASC-N of persons become pseudonyms, and objects that hold them are described by
    their hash and their fields, unless --with-personal-data says otherwise. The same run gives the same bytes, but for
    the signature.

    With --verify RUN is a package. Every byte is looked at: exit code 0 when it is whole (and, with --trust, signed by
    somebody you trust), 1 when it is not, with a sentence for each problem.

    \b
    Examples:
      dpc package reports --to agency-issuer.zip
      dpc package reports --sign-with signer.pem --key signer.key
      dpc package --verify agency-issuer.zip --trust roots.pem
    """
    if verifies:
        if any((to, with_personal_data, sign_with, key, password_file)):
            raise BadInput("--verify: expected no option of making a package beside it")
        return _verify(run, trust, at or machine_now())
    if trust or at:
        raise BadInput("--trust, --at: expected with --verify only")
    signer = read_signer(sign_with, key, password_file)
    if not (run / "journal.jsonl").is_file():
        raise BadInput(f"{run}: expected the reports folder of a run, with its journal.jsonl")
    files = RunFiles(run.absolute())
    try:
        with locked(files.folder), tempfile.TemporaryDirectory(prefix="dpc-package-") as folder:
            packing = gather_package(files, Path(folder), with_personal_data)
            content, digest = package_of(Path(folder), signer.sign if signer else None)
    except FolderInUse:
        raise BadInput(f"{run}: expected a folder that no run is writing to") from None
    except (NoRun, CatalogueError) as problem:
        raise BadInput(f"{run}: {problem}") from None
    except ValidationError as problem:
        raise BadInput(f"{run}: the run does not fit this suite: {problem.errors()[0]['msg']}") from None
    except TooBig as problem:
        raise CannotGoOn(f"{run}: {problem}") from None
    file = to or Path(_name_of(packing))
    _write(file, content)
    click.echo(f"package: {file} ({len(content)} bytes), SHA-256 of its manifest: {digest}")
    click.echo("signed by " + signer.certificate.subject.rfc4514_string() if signer else "not signed")
    for sentence in _personal_data(packing, with_personal_data):
        click.echo(sentence)
    return 0


def _verify(file: Path, trust: tuple[str, ...], moment: datetime) -> int:
    roots = [item.der for item in Reader().items(trust) if item.kind is ObjectKind.CERTIFICATE]
    if trust and not roots:
        raise BadInput(f"--trust {trust[0]}: expected certificates")
    seen = look_at(file, roots, moment)
    for problem in seen.problems:
        click.echo(f"{file}: {problem}")
    for sentence in seen.said:
        click.echo(f"{file}: {sentence}")
    if seen.problems:
        return CHANGED
    click.echo(f"{file}: whole")
    return 0


def _personal_data(packing: Packing, held: bool) -> list[str]:
    """What the package holds about persons, for whoever hands it on."""
    values = packing.data.values
    counted = ", ".join(f"{len(values[kind])} {kind}" for kind in Kind if values[kind]) or "nothing"
    if held:
        sentences = [f"personal data: the package holds {counted}", *_examples(packing)]
    else:
        left = f"; left alone as ordinary words: {', '.join(packing.ordinary)}" if packing.ordinary else ""
        described = f"{packing.described} objects that hold such are described by hash and fields"
        sentences = [f"personal data: {counted} became pseudonyms; {described}{left}"]
        if packing.otherwise:
            ids = ", ".join(packing.otherwise)
            sentences.append(f"judged otherwise than in the run, since a waiver or review quotes a person: {ids}")
    who = [packing.statement.started.product.get("operator", "")]
    who += [each.who for each in (*packing.statement.reviews, *packing.statement.attestations)]
    who += [each.waiver.owner for each in packing.statement.waivers]
    named = list(dict.fromkeys(filter(None, who)))
    if named:
        sentences.append(f"named as they are, since they answer for it: {', '.join(named)}")
    return sentences


def _examples(packing: Packing) -> Iterator[str]:
    for kind, found in packing.data.values.items():
        named = list(found)[:EXAMPLES]
        more = f" and {len(found) - len(named)} more" if len(found) > len(named) else ""
        if named:
            yield f"  {kind}: {', '.join(named)}{more}"


def _name_of(packing: Packing) -> str:
    started = packing.statement.started
    parts = (started.product.get("name") or started.target, started.product.get("version", ""))
    words = re.sub(r"[^A-Za-z0-9.]+", "-", " ".join(filter(None, parts))).strip("-.").lower()
    return f"{words or 'package'}.zip"


def _write(file: Path, content: bytes) -> None:
    """The whole file or none, also when somebody stops it."""
    growing = file.with_name(f".{file.name}.part")
    try:
        growing.write_bytes(content)
        growing.replace(file)
    except OSError as error:
        raise BadInput(f"--to {file}: expected a file that can be written: {error.strerror}") from None
    finally:
        with contextlib.suppress(OSError):
            growing.unlink(missing_ok=True)
