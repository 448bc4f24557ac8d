"""CRLs of a CA whose subscriber handed in the token with the key."""

from dataclasses import replace

from dpc_conformance.faults.certificates.encoding import sequence
from dpc_conformance.faults.certificates.material import SERIAL
from dpc_conformance.faults.mutants import CRL, golden, mutant
from dpc_conformance.faults.status.material import CrlTemplate, entry, reason

GOOD = CrlTemplate()


@golden("CRL that lists a collected token", lambda: {"crl": None}, kind=CRL, token_collected=True)
def lists_collected() -> bytes:
    return replace(GOOD, entries=sequence(entry(SERIAL, reason(1)))).signed()


@golden("CRL without a collected token, for a recorded reason", kind=CRL, token_collected=True, justified=True)
def justified() -> bytes:
    return GOOD.signed()


@mutant("CRL without a token that was collected", {"DPC-LC-LOST-03"}, kind=CRL, token_collected=True)
def omits_collected() -> bytes:
    return GOOD.signed()
