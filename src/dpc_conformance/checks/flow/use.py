"""The credential at work: what relying parties made of it, and what the phone made of them."""

from dpc_conformance.checks.finding import Answer, CannotTell, unexpected
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.use import CredentialUsed, NetworkTried
from dpc_conformance.formats.certificate import read_certificate

RELYING_PARTY = "the relying party"
USUAL_EXPONENT = 65537
LARGEST_EXPONENT = 2**256
NOT_TRUSTED, REFUSED = "server-not-trusted", "refused"
NOT_THIS = "refused because of {}, which other rules are about"


@flow_check("DPC-PATH-ANCHOR-01")
def validated_by_relying_parties(facts: ScenarioFacts) -> Answer:
    """Every relying party that was shown the credential validated it to its trust anchor."""
    return _accepted(facts.of(CredentialUsed), "path")


@flow_check("DPC-PATH-POLICY-01")
def meets_the_policies_demanded(facts: ScenarioFacts) -> Answer:
    """A relying party that demands a policy of derived authentication finds one in the credential."""
    return _accepted(facts.of(CredentialUsed), "policy")


@flow_check("DPC-PATH-MAP-01")
def taken_for_its_holder(facts: ScenarioFacts) -> Answer:
    """Two holders of one name are told apart: whoever is let in gets the own account."""
    used = [each for each in facts.of(CredentialUsed) if each.certificate]
    let_in = [each for each in used if each.accepted]
    names = {read_certificate(each.certificate or b"").subject.der for each in used}
    if len(names) != 1 or len({each.holder for each in used}) < 2 or not let_in:
        return CannotTell("no two holders of one name came")
    if not all(each.account for each in let_in):
        return CannotTell("the relying party does not say whom it took the visitor for")
    wrong = [each for each in let_in if each.account != each.holder]
    return unexpected(wrong[0].relying_party, wrong[0].holder, wrong[0].account) if wrong else None


@flow_check("DPC-CRY-EXP-02")
def other_exponents_are_processed(facts: ScenarioFacts) -> Answer:
    """Keys with another public exponent than 65537, up to 256 bits, are accepted where other keys are."""
    used = facts.of(CredentialUsed)
    opened = {each.relying_party for each in used if each.accepted and not _other_exponent(each)}
    unusual = [each for each in used if _other_exponent(each) and each.relying_party in opened]
    if not unusual:
        return CannotTell("no key with another exponent was used where other keys are accepted")
    refused = [each for each in unusual if not each.accepted]
    return unexpected(refused[0].relying_party, "accepted", f"refused: {refused[0].reason}") if refused else None


@flow_check("DPC-ISS-PHISH-01")
def shows_itself_to_its_own_networks_only(facts: ScenarioFacts) -> Answer:
    """Before a server that is not the network's own the phone ends the handshake, and nothing goes through it."""
    tried = facts.of(NetworkTried)
    if not tried:
        return unexpected("the phone", "an attempt to join a network", "none")
    last = tried[-1]
    if last.outcome == REFUSED and not last.tls_version:  # by IKEv2 the gateway may judge first (RFC 7296 §1.2)
        return CannotTell("the phone was refused before it had to say whether it trusts the other side")
    return None if last.outcome == NOT_TRUSTED else unexpected("the phone", NOT_TRUSTED, last.outcome)


def _accepted(used: tuple[CredentialUsed, ...], reason: str) -> Answer:
    """A refusal for that reason, or for none that could be seen, is a finding; others are not about this."""
    if not used:
        return unexpected(RELYING_PARTY, "a use of the credential", "none")
    refused = [each for each in used if not each.accepted]
    about = [each for each in refused if each.reason in (reason, "")]
    if about:
        return unexpected(about[0].relying_party, "accepted", f"refused: {about[0].reason or 'no reason was given'}")
    return CannotTell(NOT_THIS.format(refused[0].reason)) if refused else None


def _other_exponent(used: CredentialUsed) -> bool:
    """Whether it is an RSA key with one of the exponents that are allowed, and hardly ever used."""
    return bool(used.certificate) and USUAL_EXPONENT < _exponent(used.certificate or b"") < LARGEST_EXPONENT


def _exponent(certificate: bytes) -> int:
    return read_certificate(certificate).public_key.exponent
