"""When CRLs are made and published (Common Policy CP 4.9.7 and 4.9.8)."""

from datetime import timedelta
from itertools import pairwise
from typing import Final

from dpc_conformance.checks.finding import Answer, CannotTell, Finding, unexpected
from dpc_conformance.checks.registry import service_check
from dpc_conformance.checks.services.context import ServiceContext, crls_seen, fetched, this_update
from dpc_conformance.checks.status.lifetime import lasts_at_most
from dpc_conformance.evidence.observations import Observations

PUBLISHED_WITHIN: Final = timedelta(hours=4)
NO_CRL: Final = CannotTell("no CRL was fetched that can be read")


@service_check("DPC-CRL-TIME-02")
def crls_follow_each_other(observations: Observations, context: ServiceContext) -> Answer:
    """CRLs follow each other at most 18 hours apart, and nextUpdate is no later than the CA's kind allows."""
    seen = [crl for _, crl in crls_seen(observations)]
    unclear: Answer = None
    for crl in seen:
        end = crl.next_update.moment if crl.next_update else None
        lasts = lasts_at_most(this_update(crl), end, context.longest) if end is not None else None
        if isinstance(lasts, Finding):
            return lasts
        unclear = unclear or lasts
        if end is None:
            unclear = unclear or CannotTell("a CRL has no nextUpdate, which its own rule reports")
    made = {crl.der: this_update(crl) for crl in seen}
    for one in fetched(observations, "crl"):
        if one.body in made and one.at - made[one.body] > context.every + PUBLISHED_WITHIN:
            expected = f"a CRL every {context.every}, published within {PUBLISHED_WITHIN}"
            return unexpected(one.url, expected, f"on {one.at} that of {made[one.body]}")
    for before, after in pairwise(seen):
        apart = this_update(after) - this_update(before)
        if apart <= context.every:
            continue
        if before.number is None or after.number in (None, before.number + 1):
            return unexpected("thisUpdate", f"at most {context.every} after the CRL before", apart)
        unclear = unclear or CannotTell(f"CRLs between number {before.number} and {after.number} were not seen")
    return unclear if seen else NO_CRL


@service_check("DPC-CRL-TIME-03")
def crls_are_published_at_once(observations: Observations) -> Answer:
    """A new CRL is published within four hours, and none that has lapsed is served."""
    seen = {crl.der: crl for _, crl in crls_seen(observations)}
    for one in fetched(observations, "crl"):
        served = seen.get(one.body)
        if served is None:
            continue
        end = served.next_update.moment if served.next_update else None
        if end is not None and one.at > end:
            return unexpected(one.url, "a current CRL", f"one that lapsed on {end}, served on {one.at}")
        for newer in seen.values():
            made = this_update(newer)
            if made > this_update(served) and one.at - made > PUBLISHED_WITHIN:
                expected = f"the CRL of {made}, published within {PUBLISHED_WITHIN}"
                return unexpected(one.url, expected, f"on {one.at} still that of {this_update(served)}")
    return None if seen else NO_CRL
