"""Measures how many certificates per second are read, judged and verified, beside the plain parse by `cryptography`.

    python benchmarks/audit.py [--certificates 20000] [--rounds 5]

Every stage is a process of its own that loads the corpus and then waits for the word to begin; the stages of a round
come in random order, so that what else the machine does hits all alike. Medians are shown, and the same by CPU time,
which such disturbance changes less.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from audit_corpus import Population, write
from rich.console import Console
from rich.table import Table

from dpc_conformance.faults.certificates.material import NOW

WORKER = str(Path(__file__).with_name("audit_stages.py"))
AT = NOW.isoformat()
STAGES = {
    "cryptography": "parse by cryptography: every field and extension",
    "view": "our view of a certificate",
    "judged": "judged by all rules on one certificate",
    "own-keys": "the same, each certificate with a key of its own",
    "signed": "judged, with the signature of the CA",
}


def measure(name: str, corpus: Path, processes: int) -> dict[str, float]:
    """Certificates per second of so many processes together, by wall clock, and of one by CPU time."""
    call = [sys.executable, WORKER, name, str(corpus)]
    running = [
        subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(processes)
    ]
    pipes = [(one.stdin, one.stdout) for one in running if one.stdin and one.stdout]
    for _, told in pipes:
        told.readline()  # ready
    for word, _ in pipes:
        word.write("go\n")
        word.flush()
    found = [json.loads(one.communicate()[0]) for one in running]
    return {"wall": sum(one["wall"] for one in found), "cpu": statistics.fmean(one["cpu"] for one in found)}


def whole(corpus: Path, jobs: int, folder: Path, *more: str) -> dict[str, float]:
    """`dpc audit` from Parquet to Parquet: certificates per second of the whole process, and the peak of one."""
    out = folder / f"out{time.monotonic_ns()}"
    call = [
        sys.executable,
        WORKER,
        "peak",
        "audit",
        str(corpus),
        "--out",
        str(out),
        "--at",
        AT,
        "--jobs",
        str(jobs),
    ]
    done = subprocess.run([*call, *more], capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    count = json.loads((out / "summary.json").read_text())["certificates"]["in"]
    return {"wall": count / told["seconds"], "megabytes": told["megabytes"]}


def table(found: dict[str, dict[str, list[float]]], certificates: int, rounds: int) -> Table:
    """The medians, and each rate as a multiple of the yardstick's."""
    shown = Table(title=f"Certificates per second, {certificates:,} certificates, medians of {rounds} rounds")
    for column in ("", "1 process", "by CPU", "2 proc.", "2 : 1", "yardstick"):
        shown.add_column(column, justify="right" if column else "left")
    yardstick = statistics.median(found["cryptography"]["cpu"])
    for name, title in STAGES.items():
        one, two, cpu = (statistics.median(found[name][kind]) for kind in ("one", "two", "cpu"))
        cells = (f"{one:,.0f}", f"{cpu:,.0f}", f"{two:,.0f}", f"{two / one:.2f}", f"{cpu / yardstick:.2f}")
        shown.add_row(title, *cells)
    return shown


def main() -> None:
    """Measure everything and print two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--certificates", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 120)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpora = {"own-keys": folder / "own.parquet", "signed": folder / "signed.parquet"}
        for kind, path in corpora.items():
            population = Population(1, signed=kind == "signed", own_keys=kind == "own-keys")
            broken = write(path, population, asked.certificates)
            for file, der in population.evidence().items():
                path.with_suffix(f".{file}").write_bytes(der)
        console.print(f"{broken / asked.certificates:.1%} of the certificates have a planted defect.")
        found: dict[str, dict[str, list[float]]] = {one: {"one": [], "two": [], "cpu": []} for one in STAGES}
        for _ in range(asked.rounds):
            for one in random.sample(sorted(STAGES), len(STAGES)):
                corpus = corpora["own-keys" if one == "own-keys" else "signed"]
                single = measure(one, corpus, 1)
                found[one]["one"].append(single["wall"])
                found[one]["cpu"].append(single["cpu"])
                found[one]["two"].append(measure(one, corpus, 2)["wall"])
        console.print(table(found, asked.certificates, asked.rounds))
        console.print(_audits(corpora["signed"], folder, asked.certificates))


def _audits(corpus: Path, folder: Path, certificates: int) -> Table:
    """The command on the corpus and on one ten times as large: its memory must not grow with its input."""
    import pyarrow.parquet

    large = folder / "large.parquet"
    with pyarrow.parquet.ParquetFile(corpus) as file, pyarrow.parquet.ParquetWriter(large, file.schema_arrow) as writer:
        for _ in range(10):
            for batch in file.iter_batches(2000):
                writer.write_batch(batch)
    shown = Table("dpc audit, Parquet to Parquet", "certificates", "processes", "/s", "peak MB of a process")
    issuers = [f"--issuer={path}" for path in sorted(folder.glob("signed.ca*.cer"))]
    around = [*issuers, f"--trust={folder}/signed.root.cer"]
    around += [f"--crl={path}" for path in sorted(folder.glob("signed.crl*.crl"))]
    runs: list[tuple[str, Path, int, int, list[str]]] = [
        ("judged", large, 10 * certificates, 1, []),
        ("judged", large, 10 * certificates, 2, []),
        ("judged, with signatures", large, 10 * certificates, 1, issuers),
        ("judged, with signatures", large, 10 * certificates, 2, issuers),
        ("judged, with signatures and path", large, 10 * certificates, 2, around),
        ("judged", corpus, certificates, 1, []),
    ]
    for title, path, count, jobs, more in runs:
        told: dict[str, Any] = whole(path, jobs, folder, *more)
        shown.add_row(title, f"{count:,}", str(jobs), f"{told['wall']:,.0f}", f"{told['megabytes']:.0f}")
    return shown


if __name__ == "__main__":
    main()
