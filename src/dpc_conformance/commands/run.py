"""`dpc run`: walk the journey, judge, and draw the reports."""

import contextlib
import signal
from datetime import datetime
from pathlib import Path
from types import FrameType

import click

from dpc_conformance import HOME
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.live_lines import LiveLines
from dpc_conformance.commands.run_reports import draw_reports
from dpc_conformance.suite.chosen_features import NoSuchFeature, choose
from dpc_conformance.suite.conformance_run import RunOptions, carry_out
from dpc_conformance.suite.moment import parse_clock
from dpc_conformance.suite.options import DEFAULT_SEED
from dpc_conformance.suite.run_files import RunFiles
from dpc_conformance.suite.tags import UnknownTag, expect_known_ids
from dpc_conformance.target import TargetError, load_target


def _moment(_context: click.Context, _parameter: click.Parameter, text: str | None) -> datetime | None:
    try:
        return parse_clock(text) if text else None
    except ValueError:
        raise BadInput(f"--clock {text}: expected a moment such as 2026-06-01T12:00:00Z") from None


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(line: str) -> None:
    with contextlib.suppress(BrokenPipeError):  # whoever read along has gone; the run goes on for its reports
        click.echo(line)


@click.command(context_settings={"show_default": True})
@click.argument("paths", metavar="[FEATURES]...", nargs=-1)
@click.option("--target", "target_file", type=click.Path(path_type=Path), metavar="FILE", help="Your product (TOML).")
@click.option("--reports", type=click.Path(path_type=Path), default="reports", metavar="DIR", help="Where to write.")
@click.option("--scope", metavar="NAME", help="Programme to assess instead of the target's, such as enrolment.")
@click.option("--edition", metavar="NAME", help="Edition to judge by instead of the target's: 2014, r1-ipd, r1-fpd.")
@click.option("--seed", default=DEFAULT_SEED, metavar="TEXT", help="Where names, serials and keys come from.")
@click.option("--clock", callback=_moment, metavar="ISO", help="The run's clock at the start; default: now.")
@click.option("--limit", type=click.FloatRange(min=0, min_open=True), default=60.0, help="Seconds for one scenario.")
@click.option(
    "-k",
    "keyword",
    default="",
    show_default=False,
    metavar="EXPRESSION",
    help="Only scenarios whose name or tags match.",
)
@click.option(
    "-m", "markers", default="", show_default=False, metavar="EXPRESSION", help="Only scenarios with these tags."
)
@click.option("--fault", "faults", multiple=True, metavar="NAME", help="Seed a defect in the reference (repeatable).")
@click.option("--require-all", is_flag=True, help="Count everything that did not run as a failure (for CI).")
def run(
    paths: tuple[str, ...],
    target_file: Path | None,
    reports: Path,
    scope: str | None,
    edition: str | None,
    seed: str,
    clock: datetime | None,
    limit: float,
    keyword: str,
    markers: str,
    faults: tuple[str, ...],
    require_all: bool,
) -> int:
    """Walk the documented journey with a product and say what holds.

    Without --target the built-in reference plays every role. FEATURES are files or folders of features; without them
    everything runs. A sanity scenario opens and closes each run: when it does not pass, look there first.

    The reports folder gets index.html (steps and evidence), summary.html (the verdicts on one page), statement.json,
    junit.xml and journal.jsonl, from which the others are drawn. ^C stops everything and keeps the results so far.

    \b
    Examples:
      dpc run --target product.toml --reports out
      dpc run features/journey/06_scan.feature
      dpc run -m "DPC-ISS-PKIAUTH-01 or IOS-INT-11"
      dpc run --clock 2027-01-15 --seed friday

    With --require-all a skipped or blocked scenario, a missing program, trouble of the infrastructure and fewer
    scenarios than the committed minimum end the run with a failure.
    """
    files = RunFiles(reports.absolute())
    try:
        expect_known_ids(markers)
        target = load_target(target_file.absolute() if target_file else None).choosing(scope, edition)
        chosen = choose(paths, HOME, Path.cwd())
        files.prepare()
    except (TargetError, NoSuchFeature, UnknownTag) as error:
        raise BadInput(str(error)) from None
    except OSError as error:
        raise BadInput(f"--reports {reports}: expected a folder that can be written: {error.strerror}") from None
    signal.signal(signal.SIGTERM, _stop)
    options = RunOptions(
        target=target,
        files=files,
        chosen=chosen,
        seed=seed,
        limit=limit,
        clock=clock,
        keyword=keyword,
        markers=markers,
        faults=faults,
        target_file=target_file.absolute() if target_file else None,
    )
    result = carry_out(options, LiveLines(_say))
    if result.misused:
        raise BadInput(result.broke)
    return draw_reports(files, require_all)
