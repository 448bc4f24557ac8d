"""Modification of credentials whose data no longer hold: Common Policy CP §4.8; FIPS 201-3 §2.10.3."""

from dpc_conformance.checks.clocks import CLOCKS_DIFFER_BY
from dpc_conformance.checks.finding import Finding, unexpected
from dpc_conformance.checks.flow.lifecycle import STATUS, invalid, names_of
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.lifecycle import AgencyNotice, StatusSeen
from dpc_conformance.evidence.maintenance import MaintenanceEnded
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import read_certificate

ACCOUNT, PHONE = "the PIV identity account", "the phone"


def _shown(certificate: bytes) -> str:
    return " ".join(read_certificate(certificate).subject.texts(oids.COMMON_NAME))


def _shows(certificate: bytes, name: str) -> bool:
    """Whether it is made out to that name, in capitals or not, with spaces or dots between its parts."""
    return _parts(_shown(certificate)) == _parts(name)


def _parts(name: str) -> list[str]:
    return name.casefold().replace(".", " ").split()


def _follows(facts: ScenarioFacts, name: str) -> Finding | None:
    """Every certificate that shows another name is revoked, and the phone, where it asked, has one that shows it."""
    asked = facts.of(MaintenanceEnded)
    # A phone that asks is given a new authentication key at once; its other credentials follow in their own time.
    credentials = [each for each in facts.credentials if each.usage == "authentication" or not asked]
    if not credentials:
        return unexpected(ACCOUNT, "an issued credential", "none")
    if asked and not _shows(asked[-1].certificate, name):
        return unexpected(PHONE, f"a certificate for {name}", _shown(asked[-1].certificate))
    for credential in (each for each in credentials if not _shows(each.certificate, name)):
        where = f"the certificate for {_shown(credential.certificate)}"
        if credential.status != "revoked":
            return unexpected(ACCOUNT, f"{where} revoked", credential.status)
        seen = [each for each in facts.of(StatusSeen) if each.certificate == credential.certificate]
        if not seen or not invalid(seen[-1]):
            actual = f"{seen[-1].ocsp}, on the CRL: {seen[-1].on_crl}" if seen else "never looked at"
            return unexpected(f"{STATUS}, {where}", "revoked by OCSP and CRL", actual)
    return None


@flow_check("DPC-LC-MOD-01")
def certificates_follow_the_account(facts: ScenarioFacts) -> Finding | None:
    """After a change of name the holder gets a certificate that shows it, and the former one is revoked."""
    return _follows(facts, facts.name)


@flow_check("DPC-LC-MOD-03")
def certificates_follow_the_card(facts: ScenarioFacts) -> Finding | None:
    """When the PIV Card is reissued with other data, the derived credentials are reissued with them."""
    cards = [each for each in facts.of(AgencyNotice) if each.kind == "card-replaced"]
    if not cards:
        return unexpected("the agency's back-end", "a card that was reissued", "none")
    since = cards[-1].at - CLOCKS_DIFFER_BY
    names = frozenset[str]().union(*map(names_of, facts.credentials))
    if not [each for each in facts.decided("modify") if each.at >= since and each.subject in names]:
        return unexpected("the issuer's audit record", "a task to reissue what differs from the card", "none")
    return _follows(facts, _shown(cards[-1].certificate))
