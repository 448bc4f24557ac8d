"""Which assurance level a relying party takes a derived credential for: SP 800-157r1 §3.1.1, FIPS 201-3 §2.10.1."""

from dpc_conformance.checks.finding import Answer, CannotTell, unexpected
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.use import CredentialUsed
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import read_certificate

AAL2, AAL3 = 2, 3
LEVELS = {
    oids.DERIVED_PIV_AUTH: AAL2,
    oids.TEST_DERIVED_PIV_AUTH: AAL2,
    oids.DERIVED_PIV_AUTH_HARDWARE: AAL3,
    oids.TEST_DERIVED_PIV_AUTH_HARDWARE: AAL3,
}
"""The highest level of a credential under each policy; under any other it is no derived credential."""
NONE = 0


@flow_check("DPC-LC-RP-03")
def takes_each_policy_for_its_level(facts: ScenarioFacts) -> Answer:
    """What demands AAL3 opens to .41 alone, what demands AAL2 to .40 and .41, and neither to another policy."""
    tried = [each for each in facts.of(CredentialUsed) if each.aal and each.certificate]
    seen = {(each.aal, _level(each)) for each in tried}
    if not seen >= {(demanded, has) for demanded in (AAL2, AAL3) for has in (NONE, AAL2, AAL3)}:
        return CannotTell("not every level was tried where AAL2 is demanded and where AAL3 is")
    for each in tried:
        enough = _level(each) >= each.aal
        if each.accepted is not enough:
            return _finding(each, enough)
    unclear = [each for each in tried if not each.accepted and each.reason != "policy"]
    return CannotTell(f"{unclear[0].relying_party} gave another reason or none") if unclear else None


def _finding(used: CredentialUsed, enough: bool) -> Answer:
    if enough and used.reason not in ("policy", ""):
        return CannotTell(f"refused because of {used.reason}, which other rules are about")
    policies = " ".join(read_certificate(used.certificate or b"").policy_oids)
    expected, found = ("accepted", "refused") if enough else ("refused", "accepted")
    return unexpected(f"{used.relying_party}, which demands AAL{used.aal}", expected, f"{found} under {policies}")


def _level(used: CredentialUsed) -> int:
    return max((LEVELS.get(each, NONE) for each in read_certificate(used.certificate or b"").policy_oids), default=NONE)
