"""The PIN that a sign-in with a card used (SP 800-73-5 part 1 §3.3.2, part 2 §3.2.1)."""

from dpc_conformance.checks.clocks import CLOCKS_DIFFER_BY
from dpc_conformance.checks.finding import Answer, CannotTell, unexpected
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.records import ApduExchange
from dpc_conformance.formats import containers, status_words

ABOUT_THE_PIN = ("no-certificate", "proof-of-possession")
"""Why a card is refused whose key was not used: its PIN was not verified."""


def _verified(facts: ScenarioFacts) -> list[tuple[int, ApduExchange]]:
    """Key reference of each VERIFY with a PIN, and the exchange; one without asks how many tries are left."""
    found = []
    for exchange in facts.of(ApduExchange):
        header, _, hidden = exchange.command.partition(" ")
        _cla, ins, _p1, reference = bytes.fromhex(header)[:4]
        if hidden and ins == containers.VERIFY:
            found.append((reference, exchange))
    return found


@flow_check("PIV-SRC-DISC-02")
def global_pin_opens_the_issuer(facts: ScenarioFacts) -> Answer:
    """Who knows the Global PIN of a card that prefers it is signed in at the issuer with it."""
    asked = _verified(facts)
    opened = [
        each.at for which, each in asked if which == containers.GLOBAL_PIN and each.status == status_words.SUCCESS
    ]
    if not opened:
        shown = ", ".join(f"{reference:02X}: {each.status:04X}" for reference, each in asked) or "no VERIFY"
        return unexpected("the APDU transcript", "VERIFY of key reference 00 with 9000", shown)
    if any(each.at >= opened[0] - CLOCKS_DIFFER_BY for each in facts.decided("sign-in")):
        return None
    other = [each.reason for each in facts.decided("sign-in", "refused") if each.reason not in ABOUT_THE_PIN]
    if other:
        return CannotTell(f"the issuer refused the card for another reason: {other[-1]}")
    return unexpected("the issuer's audit record", "an accepted sign-in", "none")
