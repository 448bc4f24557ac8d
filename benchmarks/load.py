"""How many enrolments per second one issuer process takes, that none is lost, and that two phones never share a code.

    python benchmarks/load.py [--enrolments 1000] [--phones 50] [--races 1000] [--seeded-races 20] [--json]

The phones are threads of other processes. Ends with 1 when anything was lost, doubled or out of the audit log, and
also when the issuer with a seeded look-then-act defect shows no double winners: then the race would prove nothing.
"""

import argparse
import json
import math
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from load_issuer import LoadIssuer
from rich.console import Console
from rich.table import Table

from dpc_conformance.faults.flows.attacks import LooksThenActs
from dpc_conformance.reference.issuer.binding_secrets import BindingSecrets

WORKER = str(Path(__file__).with_name("load_phones.py"))
PROCESSES = 2
Phase = dict[str, Any]


class LooksTogether(LooksThenActs):
    """The honest store under the worst schedule: neither phone goes on before both have found the code unused."""

    spend = BindingSecrets.spend


class PhoneProcess:
    """A process full of phones."""

    def __init__(self, job: dict[str, Any]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.say(json.dumps(job))

    def say(self, line: str) -> None:
        """The job, or the word for a phase."""
        if self._process.stdin:
            self._process.stdin.write(f"{line}\n")
            self._process.stdin.flush()

    def hear(self) -> str:
        """Its next line. RuntimeError when it ended instead."""
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise RuntimeError(f"a process full of phones ended with {self._process.wait()}")
        return line

    def close(self) -> None:
        """Let it come to its end."""
        self._process.communicate()


@contextmanager
def phones_with(jobs: Sequence[dict[str, Any]]) -> Iterator[list[PhoneProcess]]:
    """A process for each job, ready to begin."""
    processes = [PhoneProcess(job) for job in jobs]
    try:
        for process in processes:
            process.hear()
        yield processes
    finally:
        for process in processes:
            process.close()


def all_do(processes: Sequence[PhoneProcess], word: str) -> tuple[float, list[Any]]:
    """Seconds until the last one has done its part, and everything that came of it."""
    began = time.perf_counter()
    for process in processes:
        process.say(word)
    answers = [answer for process in processes for answer in json.loads(process.hear())]
    return time.perf_counter() - began, answers


def enrolments(issuer: LoadIssuer, phones: int) -> tuple[list[Phase], list[str]]:
    """Figures of sign-in and enrolment, and what went wrong."""
    shares = [issuer.people[number::PROCESSES] for number in range(PROCESSES)]
    threads = [len(range(number, phones, PROCESSES)) for number in range(PROCESSES)]
    jobs = [issuer.job(share, count) for share, count in zip(shares, threads, strict=True) if share and count]
    figures, problems, received = [], [], []
    with phones_with(jobs) as processes:
        for word in ("sign-in", "enrol"):
            seconds, answers = all_do(processes, word)
            times = sorted(answer["seconds"] for answer in answers)
            figures.append(
                {
                    "phase": word, "count": len(times), "seconds": seconds, "rate": len(times) / seconds,
                    "median": median(times), "p99": times[math.ceil(0.99 * len(times)) - 1], "longest": times[-1],
                }
            )  # fmt: skip
            failed = Counter(answer["problem"] for answer in answers if answer["problem"])
            problems += [f"{word}, {count} times: {problem}" for problem, count in failed.most_common(5)]
            received = [answer["result"] for answer in answers if answer["result"]]
    return figures, problems + issuer.problems(received)


def races(issuer: LoadIssuer, name: str, count: int, processes: int) -> Phase:
    """How often none, one and two of two phones won with the same code."""
    before, planned = issuer.tokens(), issuer.races(count)
    shares = [planned[number::processes] for number in range(processes)]
    with phones_with([issuer.job((), 2, share) for share in shares if share]) as running:
        seconds, results = all_do(running, "race")
    winners = Counter(result.count("won") for result in results)
    refused = Counter(word for result in results for word in result if word != "won")
    return {
        "race": name, "count": len(results), "seconds": seconds, "winners": [winners[number] for number in range(3)],
        "tokens": issuer.tokens() - before, "refused": dict(refused),
    }  # fmt: skip


def all_races(issuer: LoadIssuer, count: int, seeded: int) -> tuple[list[Phase], list[str]]:
    """The issuer as it is, under the worst schedule, and with the seeded defect under the same schedule."""
    honest = [races(issuer, "the issuer as it is", count, PROCESSES)]
    enrolment, own = issuer.parts.enrolment, issuer.parts.enrolment.secrets
    # One race at a time from here on: the two phones wait for each other within the issuer.
    enrolment.secrets = LooksTogether(issuer.parts)
    honest.append(races(issuer, "both look before either spends", seeded, 1))
    enrolment.secrets = LooksThenActs(issuer.parts)
    seeded_races = races(issuer, "the same, seeded: looks, then acts", seeded, 1)
    enrolment.secrets = own
    problems = [
        f"{race['race']}: expected one winner in each of {race['count']} races, found {race['winners']}"
        for race in honest
        if race["winners"][1] != race["count"] or race["tokens"] != race["count"]
    ]
    if seeded and not seeded_races["winners"][2]:
        problems.append("the seeded defect showed no double winners, so the races prove nothing")
    return [*honest, seeded_races], problems + issuer.audit_problems()


def show(console: Console, phones: int, figures: Sequence[Phase], raced: Sequence[Phase]) -> None:
    """Both tables."""
    numbers = ("count", "seconds", "rate", "median", "p99", "longest")
    titles = ("", "number", "seconds", "per second", "median (s)", "p99 (s)", "longest (s)")
    table = Table(*titles, title=f"{phones} phones at a time, one issuer process", title_justify="left")
    for row in figures:
        table.add_row(row["phase"], str(row["count"]), *(f"{row[name]:.2f}" for name in numbers[1:]))
    race = Table("", "races", "no winner", "one", "two", "seconds", title="two phones, one code", title_justify="left")
    for row in raced:
        race.add_row(row["race"], str(row["count"]), *map(str, row["winners"]), f"{row['seconds']:.1f}")
    for column in (*table.columns[1:], *race.columns[1:]):
        column.justify = "right"
    console.print(table, race, sep="\n")


def main() -> int:
    """Measure, print, and judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for name, default in {"enrolments": 1000, "phones": 50, "races": 1000, "seeded-races": 20}.items():
        parser.add_argument(f"--{name}", type=int, default=default, metavar="N", help=f"default: {default}")
    parser.add_argument("--json", action="store_true", help="write the figures as JSON instead of tables")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dpc-load-") as folder:
        issuer = LoadIssuer(Path(folder), options.enrolments)
        try:
            figures, problems = enrolments(issuer, options.phones)
            raced, lost = all_races(issuer, options.races, options.seeded_races)
        finally:
            issuer.close()
    problems += lost
    if options.json:
        sys.stdout.write(json.dumps({"enrolments": figures, "races": raced, "problems": problems}) + "\n")
    else:
        show(Console(), options.phones, figures, raced)
        Console().print("\n".join(problems) or "none lost, none doubled, the audit log is intact", highlight=False)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
