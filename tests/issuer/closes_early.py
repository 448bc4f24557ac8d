"""A process whose issuer closes its records again and again while other threads are at work on them."""

import sys
import threading
from pathlib import Path

from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.store import RecordsClosed, Store
from dpc_conformance.roles.reasons import Reason

ROUNDS, THREADS, RECORDS = 40, 3, 3


def round_of(path: Path) -> None:
    store = Store(path)
    log, busy, ended = AuditLog(store, RunClock(machine_now())), threading.Semaphore(0), []

    def work() -> None:
        try:
            while True:
                log.refuse("sign-in", Refusal(Reason.TOKEN))
                log.records()
                busy.release()
        except RecordsClosed:
            ended.append(True)

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for _ in range(RECORDS):
        busy.acquire(timeout=30)
    store.close()
    for thread in threads:
        thread.join(30)
    assert len(ended) == THREADS


for number in range(ROUNDS):
    round_of(Path(sys.argv[1], f"{number}.sqlite"))
