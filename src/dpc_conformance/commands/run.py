"""`dpc run`: walk the journey, judge, and draw the reports."""

from datetime import datetime
from pathlib import Path

import click

from dpc_conformance import HOME
from dpc_conformance.commands import run_options
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.fault_option import fault_of
from dpc_conformance.commands.person import with_person
from dpc_conformance.commands.run_in_folder import run_in_folder
from dpc_conformance.commands.run_resumed import options_of
from dpc_conformance.suite.chosen_features import Chosen, NoSuchFeature, choose
from dpc_conformance.suite.conformance_run import RunOptions
from dpc_conformance.suite.options import DEFAULT_SEED
from dpc_conformance.suite.run_files import RunFiles
from dpc_conformance.target import Target


def _expect_faults(names: tuple[str, ...], target: Target) -> None:
    """BadInput for a defect that nobody declared, or that cannot be seeded because the product is a real one."""
    if not names:
        return
    if not target.all_reference:
        raise BadInput(f"--fault {names[0]}: expected a target in which every role is the reference")
    for name in names:
        fault_of(name)


def _chosen(paths: tuple[str, ...]) -> Chosen:
    try:
        return choose(paths, HOME, Path.cwd())
    except NoSuchFeature as problem:
        raise BadInput(str(problem)) from None


@click.command(context_settings={"show_default": True})
@click.argument("paths", metavar="[FEATURES]...", nargs=-1)
@click.option("--target", "target_file", type=click.Path(path_type=Path), metavar="FILE", help="Your product (TOML).")
@click.option("--reports", type=click.Path(path_type=Path), default="reports", metavar="DIR", help="Where to write.")
@click.option("--scope", metavar="NAME", help="Programme to assess instead of the target's, such as enrolment.")
@click.option("--edition", metavar="NAME", help="Edition to judge by instead of the target's: 2014, r1-ipd, r1-fpd.")
@click.option(
    "--requirement",
    "named",
    multiple=True,
    metavar="ID",
    help="Only scenarios of this requirement, or of all that begin so, with the controls they need (repeatable).",
)
@click.option(
    "--only", multiple=True, metavar="PART", help="Only this part of the story, such as journey (repeatable)."
)
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
@click.option(
    "-n",
    "workers",
    callback=run_options.workers,
    default="1",
    metavar="NUMBER",
    help="Workers side by side; auto: one for each processor. A real card or person takes one.",
)
@click.option(
    "--seed",
    callback=run_options.seed,
    default=DEFAULT_SEED,
    metavar="TEXT",
    help="Names, serials and keys follow from it.",
)
@click.option("--clock", callback=run_options.moment, metavar="ISO", help="The run's clock at the start; default: now.")
@click.option(
    "--limit",
    callback=run_options.seconds,
    type=float,
    metavar="SECONDS",
    default=60.0,
    help="For one scenario.",
)
@click.option(
    "--workstation",
    metavar="NAME",
    help="Who plays the workstation instead of the target's: browser is Chromium with the card in a PC/SC reader.",
)
@click.option("--fault", "faults", multiple=True, metavar="NAME", help="Seed a defect in the reference (repeatable).")
@click.option(
    "--allow-destructive",
    multiple=True,
    metavar="SERIAL",
    help="Let scenarios write, block and reset the card in a reader with this GUID (repeatable).",
)
@click.option(
    "--resume",
    type=click.Path(path_type=Path),
    metavar="RUN",
    help="Go on with a run in which a person was asked, in its folder and with its answers.",
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
    named: tuple[str, ...],
    only: tuple[str, ...],
    keyword: str,
    markers: str,
    workers: int,
    seed: str,
    clock: datetime | None,
    limit: float,
    workstation: str | None,
    faults: tuple[str, ...],
    allow_destructive: tuple[str, ...],
    resume: Path | None,
    history: Path | None,
    require_all: bool,
) -> int:
    """Walk the documented journey with a product and say what holds.

    Without --target the built-in reference plays every role. FEATURES are files or folders of features; without them
    everything runs that says something about the product (`dpc plan` lists it). A sanity scenario opens and closes
    each run: when it does not pass, look there first.

    The reports folder gets statement.html (the conformance statement), index.html (steps and evidence), statement.json,
    junit.xml, findings.sarif, the journal and the evidence, from which the others are drawn. ^C stops everything and
    keeps the results so far; `dpc report` draws them again, `dpc package` puts them into one file.

    \b
    Examples:
      dpc run --target product.toml --reports out
      dpc run -n auto
      dpc run --requirement DPC-ISS-PKIAUTH
      dpc run --only journey,lifecycle
      dpc run -m "DPC-ISS-PKIAUTH-01 or IOS-INT-11"
      dpc run --clock 2027-01-15 --seed friday
      dpc run --workstation browser --only journey
      dpc run --resume out

    A card or token in a real reader is only read, unless --allow-destructive names its serial number: the GUID of a PIV
    Card, the UUID in the certificate of a removable token. The run says before it begins what it will do to it.

    With --require-all a scenario that did not pass or could not judge, a missing program, trouble of the infrastructure
    and fewer scenarios than the committed minimum end the run with a failure.
    """
    if resume is not None:
        going_on = with_person(options_of(resume, target_file))
        return run_in_folder(going_on, resume, require_all, history.absolute() if history else None)
    run_options.expect_expressions(keyword, markers)
    requirements = run_options.requirements_of(named)
    parts = run_options.features_of(only)
    target = run_options.target_of(target_file, scope, edition, allow_destructive, workstation)
    run_options.expect_sessions(target, workers)
    run_options.expect_reachable(target)
    _expect_faults(faults, target)
    options = RunOptions(
        target=target,
        files=RunFiles(reports.absolute()),
        chosen=_chosen((*parts, *paths)),
        seed=seed,
        limit=limit,
        clock=clock,
        keyword=keyword,
        markers=markers,
        faults=faults,
        target_file=target.file.absolute() if target_file else None,
        requirements=requirements,
        named_requirements=named,
        workers=workers,
        workstation=workstation,
    )
    return run_in_folder(with_person(options), reports, require_all, history.absolute() if history else None)
