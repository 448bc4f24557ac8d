"""What is asserted about the holder of a derived credential: SP 800-157r1 fpd §3.1.1."""

from dpc_conformance.checks.finding import Finding, missing, unexpected
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.assertions import AssertionReceived
from dpc_conformance.evidence.facts import ScenarioFacts

ASSERTION = "the identity provider's assertion"
IAL3 = 3


@flow_check("DPC-ISS-IAL-01")
def asserted_at_ial3(facts: ScenarioFacts) -> Finding | None:
    """Each sign-in with a derived credential is asserted for the holder's account and at IAL3."""
    derived = {credential.certificate for credential in facts.credentials}
    received = [each for each in facts.of(AssertionReceived) if each.credential in derived]
    for each in received:
        if each.assertion.subject != facts.account:
            return unexpected(f"{ASSERTION}: subject", facts.account, each.assertion.subject)
        if each.assertion.ial != IAL3:
            return unexpected(f"{ASSERTION}: identity assurance level", IAL3, each.assertion.ial or "none")
    return None if received else missing(ASSERTION, "one about a sign-in with a derived credential")
