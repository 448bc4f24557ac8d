"""`dpc run`: walk the journey, judge, and draw the reports."""

import contextlib
import math
import signal
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import FrameType

import click

from dpc_conformance import HOME
from dpc_conformance.adapters.registry import adapters_of, real_cards
from dpc_conformance.commands.errors import BadInput, CannotGoOn
from dpc_conformance.commands.live_lines import LiveLines
from dpc_conformance.commands.run_reports import draw_reports
from dpc_conformance.suite.chosen_features import NoSuchFeature, choose
from dpc_conformance.suite.conformance_run import RunOptions, carry_out
from dpc_conformance.suite.moment import EXPECTED_CLOCK, parse_clock
from dpc_conformance.suite.options import DEFAULT_SEED
from dpc_conformance.suite.run_files import FolderInUse, RunFiles
from dpc_conformance.suite.tags import WrongExpression, expect_known_ids, expect_sound
from dpc_conformance.target import Target, TargetError, load_target


def _moment(_context: click.Context, _parameter: click.Parameter, text: str | None) -> datetime | None:
    try:
        return parse_clock(text) if text else None
    except ValueError:
        raise BadInput(f"--clock {text}: {EXPECTED_CLOCK}") from None


def _seed(_context: click.Context, _parameter: click.Parameter, text: str) -> str:
    if not (text.strip() and text.isprintable()):
        raise BadInput("--seed: expected a text that is not empty, such as friday")
    return text


def _seconds(_context: click.Context, _parameter: click.Parameter, limit: float) -> float:
    if not (math.isfinite(limit) and limit > 0):
        raise BadInput(f"--limit {limit:g}: expected more than 0 seconds")
    return limit


def _expect_faults(names: tuple[str, ...], target: Target) -> None:
    """BadInput for a defect that nobody declared, or that cannot be seeded because the product is a real one."""
    if not names:
        return
    from dpc_conformance.faults.registry import UnknownFault, fault_named  # half of the reference comes with it

    if not target.all_reference:
        raise BadInput(f"--fault {names[0]}: expected a target in which every role is the reference")
    for name in names:
        try:
            fault_named(name)
        except UnknownFault as error:
            raise BadInput(f"--fault {name}: {error}") from None


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
@click.option(
    "--seed", callback=_seed, default=DEFAULT_SEED, metavar="TEXT", help="Names, serials and keys follow from it."
)
@click.option("--clock", callback=_moment, metavar="ISO", help="The run's clock at the start; default: now.")
@click.option("--limit", callback=_seconds, type=float, metavar="SECONDS", default=60.0, help="For one scenario.")
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
@click.option(
    "--allow-destructive",
    multiple=True,
    metavar="SERIAL",
    help="Let scenarios write, block and reset the card in a reader with this GUID (repeatable).",
)
@click.option(
    "--history",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Runs that the Allure report compares with; this one is added.",
)
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
    allow_destructive: tuple[str, ...],
    history: Path | None,
    require_all: bool,
) -> int:
    """Walk the documented journey with a product and say what holds.

    Without --target the built-in reference plays every role. FEATURES are files or folders of features; without them
    everything runs. A sanity scenario opens and closes each run: when it does not pass, look there first.

    The reports folder gets statement.html (the conformance statement), index.html (steps and evidence), statement.json,
    junit.xml, findings.sarif, the journal and the evidence, from which the others are drawn. ^C stops everything and
    keeps the results so far; `dpc report` draws them again, `dpc package` puts them into one file.

    \b
    Examples:
      dpc run --target product.toml --reports out
      dpc run features/journey/06_scan.feature
      dpc run -m "DPC-ISS-PKIAUTH-01 or IOS-INT-11"
      dpc run --clock 2027-01-15 --seed friday

    A card or token in a real reader is only read, unless --allow-destructive names its serial number: the GUID of a PIV
    Card, the UUID in the certificate of a removable token. The run says before it begins what it will do to it.

    With --require-all a skipped or blocked scenario, a missing program, trouble of the infrastructure and fewer
    scenarios than the committed minimum end the run with a failure.
    """
    files = RunFiles(reports.absolute())
    try:
        expect_sound("-k", keyword)
        expect_sound("-m", markers)
        expect_known_ids(markers)
        target = load_target(target_file.absolute() if target_file else None).choosing(
            scope, edition, allow_destructive
        )
        adapters_of(target)
        real_cards(target)
        _expect_faults(faults, target)
        chosen = choose(paths, HOME, Path.cwd())
    except (TargetError, NoSuchFeature, WrongExpression) as error:
        raise BadInput(str(error)) from None
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
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup
            signal.signal(number, _stop)
    with _held(files, reports):
        result = carry_out(options, LiveLines(_say))
        if result.misused:
            files.clear()
            raise BadInput(result.broke)
        return draw_reports(files, require_all, history.absolute() if history else None)


@contextlib.contextmanager
def _held(files: RunFiles, named: Path) -> Iterator[None]:
    """The reports folder for this run alone. BadInput where it cannot be had, CannotGoOn where it fills up later."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(files.held())
        except FolderInUse:
            raise BadInput(f"--reports {named}: expected a folder that no other run is writing to") from None
        except OSError as error:
            raise BadInput(f"--reports {named}: expected a folder that can be written: {error.strerror}") from None
        try:
            yield
        except OSError as error:
            raise CannotGoOn(f"{error.filename or named}: {error.strerror or error}; the run could not go on") from None
