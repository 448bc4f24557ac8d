"""`dpc audit`: which requirements hold on the certificates of a whole population."""

import importlib.util
import os
import sys
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from dpc_conformance import __version__
from dpc_conformance.catalogue.conflicts import chosen_options
from dpc_conformance.catalogue.editions import Edition
from dpc_conformance.catalogue.requirement import CatalogueError
from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.options import Options
from dpc_conformance.checks.profiles.selection import BY_KEY
from dpc_conformance.checks.profiles.versions import BY_NAME as VERSIONS
from dpc_conformance.clock import machine_now
from dpc_conformance.commands.check_options import choices, known, moment
from dpc_conformance.commands.der_kind import Kind
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.inputs import Reader

FAILED, STOPPED = 1, 130
ENGINES = ("processes", "dask")
EXTRA = "dpc audit needs the extra audit: pip install 'dpc-conformance[audit]'"


@click.command(context_settings={"show_default": True})
@click.argument("source", metavar="SOURCE", type=click.Path(path_type=Path))
@click.option("--out", metavar="FOLDER", type=click.Path(path_type=Path), default="audit", help="Where results go.")
@click.option("--profile", metavar="NAME", help=f"Judge every certificate by this profile: {', '.join(BY_KEY)}.")
@click.option("--edition", metavar="NAME", default="2014", help="Edition of SP 800-157: 2014, r1-ipd, r1-fpd.")
@click.option(
    "--profile-version", metavar="NUMBER", help="Common Policy profiles, 1.7 to 2.2; default: of the issue date."
)
@click.option("--at", callback=moment, metavar="ISO", help="Judge as of this moment; default: today at 0:00 UTC.")
@click.option("--issuer", multiple=True, metavar="FILE", help="CA certificates: signatures are verified with them.")
@click.option("--trust", multiple=True, metavar="FILE", help="Trust anchors, for the path.")
@click.option("--crl", multiple=True, metavar="FILE", help="CRLs, for the path.")
@click.option("--test-pki", is_flag=True, help="Accept the policies of the test arc.")
@click.option(
    "--option", callback=choices, multiple=True, metavar="NAME=VALUE", help="Settle a conflict of the sources."
)
@click.option("--column", metavar="NAME", help="Column of a Parquet source that holds DER; default: the only one.")
@click.option("--jobs", type=click.IntRange(1, 1024), default=os.cpu_count() or 1, help="Processes.")
@click.option("--engine", metavar="NAME", default=ENGINES[0], help=f"Who does the work: {', '.join(ENGINES)}.")
@click.option("--scheduler", metavar="ADDRESS", help="Scheduler of the Dask cluster, such as tcp://host:8786.")
def audit(
    source: Path,
    out: Path,
    profile: str | None,
    edition: str,
    profile_version: str | None,
    at: datetime | None,
    issuer: tuple[str, ...],
    trust: tuple[str, ...],
    crl: tuple[str, ...],
    test_pki: bool,
    option: dict[str, str],
    column: str | None,
    jobs: int,
    engine: str,
    scheduler: str | None,
) -> int:
    """Judge every certificate of SOURCE and say how often each requirement holds.

    SOURCE is a folder of DER or PEM files, a PEM bundle, a zip or tar archive, or a Parquet file with a column of DER;
    its size does not matter. Findings go to FOLDER/findings.parquet, one row each, counts to FOLDER/summary.json. An
    audit that was interrupted goes on when it is called again in the same way. A Dask cluster must see SOURCE and
    FOLDER under the same paths as this machine.

    \b
    Examples:
      dpc audit issued.parquet --out results
      dpc audit issued.pem --issuer ca.cer --jobs 8
      dpc audit issued.zip --engine dask --scheduler tcp://10.0.0.1:8786

    \b
    Exit codes:
      0    nothing failed (warnings, and what could not be told, do not count)
      1    a requirement failed somewhere
      4    bad input
      130  stopped by the user; the same call goes on
    """
    needed = ("pyarrow", "distributed") if engine == "dask" else ("pyarrow",)
    if any(importlib.util.find_spec(name) is None for name in needed):
        raise BadInput(EXTRA)
    known("engine", engine, ENGINES)
    known("edition", edition, tuple(Edition))
    if profile is not None:
        known("profile", profile, tuple(BY_KEY))
    if profile_version is not None:
        known("profile-version", profile_version, tuple(VERSIONS))
    if (engine == "dask") != (scheduler is not None):
        raise BadInput("--engine dask and --scheduler ADDRESS belong together")
    try:
        conflicts = chosen_options(option, "--option")
    except CatalogueError as error:
        raise BadInput(str(error)) from None
    from dpc_conformance.audit.settings import Settings
    from dpc_conformance.audit.slices import SourceError
    from dpc_conformance.audit.sources import open_source

    today = machine_now().replace(hour=0, minute=0, second=0, microsecond=0)
    context = CertificateContext(
        moment=at or today,
        trust_anchors=_certificates(trust),
        intermediates=_certificates(issuer),
        crls=_read(crl, Kind.CRL),
        test_pki=test_pki,
        options=Options.chosen(conflicts),
        profile_version=profile_version,
    )
    try:
        population = open_source(source.resolve(), column)
        authorities = context.intermediates + context.trust_anchors
        settings = Settings(population, out.resolve(), context, authorities, profile, edition, conflicts)
        return _run(settings, jobs, scheduler)
    except SourceError as error:
        raise BadInput(str(error)) from None


def _run(settings: Any, jobs: int, scheduler: str | None) -> int:
    from rich.console import Console

    from dpc_conformance.audit.audit import begin, go_on
    from dpc_conformance.audit.progress import showing, summary_table
    from dpc_conformance.audit.stopping import stoppable
    from dpc_conformance.audit.summary import Summary, merge_findings, write_summary

    screen = Console(stderr=True)
    done = begin(settings)
    pieces = list(settings.source.slices())
    summary = Summary()
    for part in done:
        summary.add(part)
    if done:
        screen.print(f"Going on: {len(done)} of {len(pieces)} parts with {summary.read:,} certificates are there.")
    before, began = summary.read, time.monotonic()
    try:
        with showing(screen, sum(one.weight for one in pieces), sum(part.weight for part in done)) as shown:
            parts = go_on(settings, pieces, done, jobs, scheduler)
            for part in stoppable(parts):
                summary.add(part)
                shown.add(part)
    except KeyboardInterrupt:
        screen.print(f"Stopped after {summary.read:,} certificates. The same call goes on from there.")
        return STOPPED
    seconds = time.monotonic() - began
    merge_findings(settings.out, (piece.number for piece in pieces))
    told = {
        "program": __version__,
        "moment": settings.context.moment.isoformat(),
        "edition": settings.edition,
        "profile": settings.profile,
        "profile_version": settings.context.profile_version,
        "options": settings.context.options.as_chosen(),
    }
    write_summary(settings.out, summary, told)
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(summary_table(summary))
    counts = f"{summary.judged:,} judged + {summary.tally.unreadable:,} unparsable"
    if summary.tally.authorities:
        counts += f" + {summary.tally.authorities:,} of CAs, passed over"
    console.print(f"{summary.read:,} certificates = {counts}", highlight=False)
    if summary.read > before:
        console.print(f"{(summary.read - before) / seconds:,.0f} certificates per second", highlight=False)
    console.print(f"Results: {settings.out}", highlight=False, soft_wrap=True)
    return FAILED if summary.failed else 0


def _certificates(names: tuple[str, ...]) -> tuple[bytes, ...]:
    return _read(names, Kind.CERTIFICATE)


def _read(names: Iterable[str], kind: Kind) -> tuple[bytes, ...]:
    return tuple(item.der for item in Reader().items(names) if item.kind is kind)
