"""`dpc kit`: what a product needs to meet the suite's cards, made once and published as long as the lab lasts."""

import contextlib
import re
import shutil
import tempfile
from pathlib import Path

import click

from dpc_conformance.clock import machine_now
from dpc_conformance.commands.errors import BadInput, CannotGoOn
from dpc_conformance.entropy import SystemEntropy
from dpc_conformance.lazy_group import LazyGroup
from dpc_conformance.reference.card.stock import DOMAIN
from dpc_conformance.reference.kit.base_url import BaseUrl
from dpc_conformance.reference.kit.maker import make_kit
from dpc_conformance.reference.pki.keys import KeyPool

COMMANDS = {
    "serve": ("dpc_conformance.commands.kit_serve", "Publish a kit's CRLs and OCSP answers until ^C."),
}
MAIL_DOMAIN = r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
WARNING = "Its root must never enter a production trust store: its keys lie unlocked in the folder."
NOT_PROFILED = (
    "A judge of its cards will find fault: URLs in the certificates of a PIV Card have a DNS name and port 80."
)


@click.group("kit", cls=LazyGroup, commands_in=COMMANDS, invoke_without_command=True)
@click.option("--base-url", metavar="URL", help="What the URLs in the certificates begin with; plain http.")
@click.option(
    "--out",
    "folder",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    default=Path("kit"),
    help="A new folder; default: kit.",
)
@click.option("--domain", metavar="NAME", default=DOMAIN, help=f"Of the cardholders' addresses; default: {DOMAIN}.")
@click.pass_context
def kit(context: click.Context, base_url: str | None, folder: Path, domain: str) -> None:
    """Make a kit for the lab: roots to trust, test cards, and what publishes their status.

    Its cards (good, revoked, on hold, expired, of a CA with the same name, ...) are images and PKCS#12 files, with a
    table of what an issuer must make of each. The URLs of CRLs and OCSP in them begin with URL, which has to lead to
    the machine on which `dpc kit serve` runs. A target uses the kit with `adapter = "kit"` for the role card.

    \b
    Examples:
      dpc kit --base-url http://status.lab.example
      dpc kit --base-url http://status.lab.example/dpc --out lab/kit --domain lab.example
      dpc kit serve kit/ --listen 0.0.0.0:80
    """
    if context.invoked_subcommand is not None:
        return
    if base_url is None:
        raise BadInput("--base-url: expected the URL under which the kit's CRLs and OCSP will be found")
    try:
        url = BaseUrl.parse(base_url)
    except ValueError as problem:
        raise BadInput(f"--base-url {base_url}: {problem}") from None
    if not re.fullmatch(MAIL_DOMAIN, domain):
        raise BadInput(f"--domain {domain}: expected a domain name such as lab.example")
    _write(folder, url, domain)


def _write(folder: Path, url: BaseUrl, domain: str) -> None:
    """The whole kit appears at once, or none."""
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise BadInput(f"--out {folder}: expected a new or empty folder")
    parent = folder.absolute().parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=parent))
    except OSError as problem:
        raise BadInput(f"--out {folder}: expected a folder that can be written: {problem.strerror}") from None
    try:
        # Keys of their own, which nobody else has: not those of the machine's pool, by which the reference lives.
        with tempfile.TemporaryDirectory(prefix="dpc-kit-") as keys:
            table = make_kit(draft, url, domain, machine_now(), SystemEntropy(), KeyPool(Path(keys)))
        with contextlib.suppress(FileNotFoundError):
            folder.rmdir()
        draft.rename(folder)
    except OSError as problem:
        raise CannotGoOn(f"--out {folder}: the kit cannot be written: {problem.strerror}") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    click.echo(f"{folder} is a kit for use until {table.ends:%Y-%m-%d}; {folder / 'README.md'} says what is in it.")
    click.echo(WARNING)
    if not url.fits_profile:
        click.echo(NOT_PROFILED)
