"""The work that `audit.py` measures, each stage in a process of its own."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.fast import FastJudge
from dpc_conformance.faults.certificates.material import NOW
from dpc_conformance.formats.certificate import read_certificate


def parse(ders: list[bytes], _: list[bytes]) -> None:
    """What a program does that wants to know all of a certificate from `cryptography`."""
    from cryptography import x509

    for der in ders:
        try:
            one = x509.load_der_x509_certificate(der)
            _fields = (one.serial_number, one.issuer, one.subject, one.not_valid_before_utc, one.not_valid_after_utc)
            _more = (one.public_key(), one.extensions, one.signature, one.tbs_certificate_bytes, one.version)
        except ValueError:  # the planted defects that it refuses to read
            continue


def view(ders: list[bytes], _: list[bytes]) -> None:
    """Read only."""
    for der in ders:
        read_certificate(der)


def judged(ders: list[bytes], _: list[bytes]) -> None:
    """Read and judged, streaming, failures only."""
    judge = FastJudge(CertificateContext(NOW))
    for der in ders:
        judge.judge(der)


def signed(ders: list[bytes], authorities: list[bytes]) -> None:
    """Read and judged, and the signature verified with the key of the CA that the certificate names."""
    by_key = {}
    for der in authorities:
        by_key[read_certificate(der).subject_key_identifier] = FastJudge(CertificateContext(NOW, der))
    for der in ders:
        certificate = read_certificate(der)
        authority = certificate.authority_key_identifier
        by_key[authority.key_identifier if authority else None].judge_view(certificate)


WORK: dict[str, Callable[[list[bytes], list[bytes]], None]] = {
    "cryptography": parse,
    "view": view,
    "judged": judged,
    "own-keys": judged,
    "signed": signed,
}


def stage(name: str, corpus: Path) -> None:
    """Runs in a process of its own: says `ready`, waits for a line, works, and prints what it took."""
    import pyarrow.parquet

    ders = pyarrow.parquet.read_table(corpus).column("der").to_pylist()
    authorities = [path.read_bytes() for path in sorted(corpus.parent.glob(f"{corpus.stem}.ca*.cer"))]
    WORK[name](ders[:200], authorities)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    wall, cpu = time.perf_counter(), time.process_time()
    WORK[name](ders, authorities)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    sys.stdout.write(json.dumps({"wall": len(ders) / wall, "cpu": len(ders) / cpu}))


def peak(arguments: list[str]) -> None:
    """Runs `dpc` here and prints how long it took and the most memory that one process held."""
    import resource

    from dpc_conformance.cli import main as dpc

    began = time.perf_counter()
    if dpc(arguments) not in (0, 1):
        raise SystemExit("the audit did not come to an end")
    seconds = time.perf_counter() - began
    status = Path("/proc/self/status").read_text()
    own = int(status.partition("VmHWM:")[2].split()[0])  # unlike ru_maxrss, without that of the process that forked us
    most = max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    sys.stdout.write(json.dumps({"seconds": seconds, "megabytes": most / 1024}))


if __name__ == "__main__":
    if sys.argv[1] == "peak":
        peak(sys.argv[2:])
    else:
        stage(sys.argv[1], Path(sys.argv[2]))
