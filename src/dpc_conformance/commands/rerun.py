"""`dpc rerun`: the scenarios of a run that did not end well, once more, in a folder of their own."""

import itertools
from pathlib import Path

import click

from dpc_conformance.catalogue.verdicts import Result
from dpc_conformance.commands import run_options
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.person import with_person
from dpc_conformance.commands.run_folder import changes_of_target, gathered_in, statement_in
from dpc_conformance.commands.run_in_folder import run_in_folder
from dpc_conformance.evidence.events import Outcome, RunStarted
from dpc_conformance.reporting.gathered import UNFINISHED, Gathered
from dpc_conformance.suite.chosen_features import Chosen
from dpc_conformance.suite.conformance_run import RunOptions
from dpc_conformance.suite.run_files import RunFiles

NOT_WELL = frozenset({Outcome.FAILED, Outcome.BROKEN, Outcome.HANG, Outcome.INFRASTRUCTURE, UNFINISHED})
"""Ends after which a scenario is run again."""


@click.command(context_settings={"show_default": True})
@click.option("--failed", "run", required=True, type=click.Path(path_type=Path), metavar="RUN", help="Folder of a run.")
@click.option("--target", "named", type=click.Path(path_type=Path), metavar="FILE", help="Where the target is now.")
@click.option("--reports", type=click.Path(path_type=Path), metavar="DIR", help="Where to write; default: RUN-rerun.")
@click.option(
    "-n", "workers", callback=run_options.workers, default="1", metavar="NUMBER", help="Workers side by side."
)
@click.option(
    "--limit", callback=run_options.seconds, type=float, metavar="SECONDS", default=60.0, help="For one scenario."
)
@click.option("--allow-destructive", multiple=True, metavar="SERIAL", help="As for dpc run; consent is asked again.")
def rerun(
    run: Path,
    named: Path | None,
    reports: Path | None,
    workers: int,
    limit: float,
    allow_destructive: tuple[str, ...],
) -> int:
    """Run again the scenarios of a run that failed, broke or hung, with the controls that they need.

    Target, scope, edition, seed and seeded defects are those of the run; so is the clock where everything is the
    reference. The new folder says which run it reran, and its run is INCOMPLETE unless something fails: it is a part.
    Where there is nothing to run again, the exit code is that of the run.

    \b
    Examples:
      dpc rerun --failed reports
      dpc rerun --failed reports --reports second
    """
    gathered = gathered_in(run)
    started = gathered.started
    scenarios = _not_well(gathered)
    if not scenarios:
        statement = statement_in(run)
        click.echo(f"nothing failed, broke or hung in {run}, which is {statement.conclusion}")
        return int(statement.exit_code)
    file = named or _target_file(run, started)
    workstation = started.roles.get("workstation") if not file else None
    target = run_options.target_of(file, started.scope, started.edition, allow_destructive, workstation)
    for change in changes_of_target(started, target):
        click.echo(f"the target has changed since that run: {change}")
    run_options.expect_sessions(target, workers)
    run_options.expect_reachable(target)
    folder = reports or _free(run)
    options = RunOptions(
        target=target,
        files=RunFiles(folder.absolute()),
        chosen=Chosen.everything(),
        seed=started.seed,
        limit=limit,
        clock=started.clock if target.all_reference else None,
        faults=tuple(started.faults),
        target_file=file.absolute() if file else None,
        workers=workers,
        scenarios=scenarios,
        workstation=workstation,
        reran=started.run or run.name,
    )
    return run_in_folder(with_person(options), folder, require_all=False)


def _not_well(gathered: Gathered) -> tuple[str, ...]:
    """Also what had failed by the time it was blocked."""
    failed = {each.scenario for each in gathered.evaluations if each.result == Result.FAIL}
    ended = (each for each in gathered.scenarios if each.outcome in NOT_WELL or each.id in failed)
    return tuple(each.id for each in ended if not each.started.sanity)


def _target_file(run: Path, started: RunStarted) -> Path | None:
    """Where the target of a run was. BadInput where it is not there any more."""
    if not started.target_file:
        return None
    file = RunFiles(run).kept_target
    if file is None or not file.exists():
        raise BadInput(f"{run}: its target {started.target_file} is not where it was; name it with --target")
    return file


def _free(run: Path) -> Path:
    """A folder beside that of the run that does not exist yet."""
    beside = run.absolute()
    endings = itertools.chain(("-rerun",), (f"-rerun-{number}" for number in itertools.count(2)))
    return next(folder for ending in endings if not (folder := beside.with_name(beside.name + ending)).exists())
