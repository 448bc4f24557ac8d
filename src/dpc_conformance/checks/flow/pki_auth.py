"""PKI-AUTH at the issuer: FIPS 201-3 §6.2.3.1, Common Policy CP §3.2.3.1."""

from collections.abc import Iterable

from dpc_conformance.checks.finding import Finding, unexpected
from dpc_conformance.checks.flow.lifecycle import by_holder
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.records import ApduExchange, CertificateInstalled, HttpExchange

ACCEPTED_BY_CARD = 0x9000
MORE_TO_FETCH = 0x61
"""First byte of the status word when the answer is longer than one response (ISO/IEC 7816-4)."""
MORE_FOLLOWS = 0x10
"""Bit of the class byte in every command of a chain but the last (ISO/IEC 7816-4): an RSA block needs two."""


def _challenges(facts: ScenarioFacts) -> list[str]:
    """What key 9A signed, in hexadecimal: the command of each answered use, behind those that were chained to it."""
    chain, found = "", []
    for exchange in facts.of(ApduExchange):
        if not exchange.name.startswith("GENERAL AUTHENTICATE 9A"):
            continue
        chain += exchange.command
        if int(exchange.command[:2], 16) & MORE_FOLLOWS and exchange.status == ACCEPTED_BY_CARD:
            continue
        if exchange.status == ACCEPTED_BY_CARD or exchange.status >> 8 == MORE_TO_FETCH:
            found.append(chain)
        chain = ""
    return found


@flow_check("DPC-ISS-PKIAUTH-01")
def sign_in_proves_possession(facts: ScenarioFacts) -> Finding | None:
    """Who is signed in at the issuer proved possession of the PIV Authentication key in that sign-in."""
    with_certificate = [
        exchange
        for exchange in facts.of(HttpExchange)
        if exchange.tls and exchange.tls.client_certificate == facts.card_certificate
    ]
    if not by_holder(facts, "sign-in"):
        return unexpected("the issuer's audit record", "an accepted sign-in of the cardholder", "none")
    if not with_certificate:
        return unexpected(
            "the workstation's connections", "TLS client authentication with the card's certificate", "none"
        )
    if not _challenges(facts):
        return unexpected("the APDU transcript", "GENERAL AUTHENTICATE with key 9A", "none")
    return None


@flow_check("DPC-ISS-PKIAUTH-05")
def challenges_differ(facts: ScenarioFacts) -> Finding | None:
    """Every sign-in makes the card sign a challenge that it has not signed before."""
    challenges = _challenges(facts)
    if len(challenges) < 2:
        return unexpected("the APDU transcript", "at least two uses of key 9A", len(challenges))
    return _if_repeated(challenges)


def _if_repeated(challenges: Iterable[str]) -> Finding | None:
    seen: set[str] = set()
    for challenge in challenges:
        if challenge in seen:
            return unexpected("the APDU transcript", "a fresh challenge", f"the same challenge twice: {challenge}")
        seen.add(challenge)
    return None


@flow_check("DPC-ISS-PKIAUTH-07")
def bound_to_the_account_of_the_card(facts: ScenarioFacts) -> Finding | None:
    """The credential on the phone is bound to the PIV identity account of the card that was used, and to no other."""
    installed = {record.der for record in facts.of(CertificateInstalled)}
    bound = [credential for credential in facts.credentials if credential.certificate in installed]
    if not installed or len(bound) < len(installed):
        return unexpected("the PIV identity account", f"{len(installed) or 1} bound credentials", len(bound))
    for credential in bound:
        if credential.account != facts.account:
            return unexpected("the PIV identity account", facts.account, credential.account)
        if credential.piv_authentication_certificate != facts.card_certificate:
            return unexpected("the authorising certificate", "the card's PIV Authentication certificate", "another one")
    return None


@flow_check("DPC-ISS-INPERSON-02")
def remote_issuance_is_possible(facts: ScenarioFacts) -> Finding | None:
    """A software credential was issued with no more than the card, the workstation and the phone."""
    if not facts.of(CertificateInstalled):
        return unexpected("the phone", "an installed credential", "none")
    return None
