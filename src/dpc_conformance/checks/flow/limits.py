"""Several credentials derived from one card, and the issuer's own limit: SP 800-157r1 §2.2.

The issuer may have a limit or none; a departure from the one that it has is a warning, never a failure.
"""

from itertools import chain

from dpc_conformance.checks.finding import Answer, DoesNotApply, Finding, warning
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.decisions import IssuedCredential
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.limits import ActiveSeen, EnrolmentTried, LimitStated
from dpc_conformance.formats.certificate import read_certificate

ACCOUNT = "the PIV identity account"
LIMIT = "the issuer's limit"


@flow_check("DPC-ISS-LIMIT-01")
def several_up_to_the_limit(facts: ScenarioFacts) -> Answer:
    """One card may authorise several credentials that share nothing, up to the issuer's limit and never beyond it."""
    stated = facts.of(LimitStated)
    limit = stated[-1].limit if stated else None
    credentials = [credential for credential in facts.credentials if credential.usage == "authentication"]
    if limit == 1:
        return DoesNotApply("the issuer has one derived credential for each account")
    if len({credential.device_id for credential in credentials}) < 2:
        return warning(ACCOUNT, "authentication credentials on two devices", len(credentials))
    return next(chain(_sharing(credentials), *(_departures(facts, limit) for _ in stated[-1:])), None)


def _sharing(credentials: list[IssuedCredential]) -> list[Finding]:
    read = [read_certificate(credential.certificate) for credential in credentials]
    shared = {
        "serial number": [str(each.serial) for each in read],
        "key": [each.public_key.der.hex() for each in read],
        "UUID": [str(uuid) for each in read for uuid in each.uuids],
    }
    return [
        warning(f"{ACCOUNT}: {what}", "a different one in each certificate", f"{len(set(values))} in {len(values)}")
        for what, values in shared.items()
        if len(set(values)) < len(values)
    ]


def _departures(facts: ScenarioFacts, limit: int | None) -> list[Finding]:
    found = []
    for tried in facts.of(EnrolmentTried):
        full = limit is not None and tried.active >= limit
        if full and tried.issued:
            found.append(warning(LIMIT, f"a refusal while {limit} are active", "one more was issued"))
        if not full and not tried.issued:
            found.append(warning(LIMIT, f"a credential while {tried.active} of {limit} are active", "a refusal"))
    most = max((seen.active for seen in facts.of(ActiveSeen)), default=0)
    if limit is not None and most > limit:
        found.append(warning(LIMIT, f"at most {limit} active at the same time", most))
    return found
