"""How fast the journey is on this machine: whole runs, set-up, the card, and each scenario, as tables.

A measurement, not a test: nothing here passes or fails. Figures of a busy machine mean little; the CPU column is
steadier than the wall column.
"""

import argparse
from collections.abc import Iterable, Sequence
from statistics import median

from parts import measure_apdus, measure_pki, measure_prepare, measure_scene, measure_stage
from rich.console import Console
from rich.progress import track
from rich.table import Table
from runs import Run, measure_run

SLOWEST = 10


def table_of(title: str, rows: Iterable[tuple[str, Sequence[float], str]]) -> Table:
    """A row is a name, its measurements and the format of a number, such as `.2f`."""
    table = Table("", *(name for name in ("lowest", "median", "highest")), title=title, title_justify="left")
    for column in table.columns[1:]:
        column.justify = "right"
    for name, values, form in rows:
        table.add_row(name, *(format(value, form) for value in (min(values), median(values), max(values))))
    return table


def whole_runs(runs: Sequence[Run]) -> Table:
    """The rows of the whole run."""
    return table_of(
        f"dpc run on the reference, {len(runs[0].scenarios)} scenarios, {len(runs)} runs (seconds)",
        [
            ("whole run, wall", [run.wall for run in runs], ".2f"),
            ("whole run, CPU of all processes", [run.cpu for run in runs], ".2f"),
            ("start-up to the first scenario", [run.first_scenario for run in runs], ".2f"),
            ("start-up and scenarios", [run.walk for run in runs], ".2f"),
            ("reports", [run.reports for run in runs], ".2f"),
        ],
    )


def set_up(repeat: int) -> Table:
    """The rows of what comes before the first step."""
    measures = {
        "tools/prepare with everything there": measure_prepare,
        "test PKI, RSA keys from the pool": measure_pki,
        "stage open and closed": measure_stage,
        "roles and card of one scenario": measure_scene,
    }
    rows = [(name, [1000 * measure() for _ in range(repeat)], ".1f") for name, measure in measures.items()]
    return table_of("set-up (milliseconds)", rows)


def apdus(repeat: int) -> Table:
    """The rows of the card."""
    measured = [measure_apdus() for _ in range(repeat)]
    return table_of(
        "virtual card in memory (APDUs per second)",
        [(name, [each[name] for each in measured], ",.0f") for name in measured[0]],
    )


def scenarios(runs: Sequence[Run]) -> Table:
    """The median scenario and the slowest ones, each over all runs."""
    times = {name: [run.scenarios[name] for run in runs if name in run.scenarios] for name in runs[0].scenarios}
    slowest = sorted(times, key=lambda name: median(times[name]), reverse=True)[:SLOWEST]
    middle = [median(run.scenarios.values()) for run in runs]
    return table_of(
        f"scenarios, the median one and the slowest {SLOWEST} (seconds)",
        [("median of a run", middle, ".3f"), *((name, times[name], ".3f") for name in slowest)],
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="how often each is measured (default: 3)")
    repeat = max(1, parser.parse_args().repeat)
    console = Console()
    console.print(set_up(repeat), apdus(repeat), sep="\n")
    runs = [measure_run() for _ in track(range(repeat), "walking the journey", console=Console(stderr=True))]
    console.print(whole_runs(runs), scenarios(runs), sep="\n")


if __name__ == "__main__":
    main()
