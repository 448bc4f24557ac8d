"""Every requirement that the judge knows: what shows it, which profiles it is about, and what proves the rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.requirement import Requirement
from dpc_conformance.catalogue.vocabulary import TestableBy
from dpc_conformance.checks.profiles.selection import PROFILES
from dpc_conformance.checks.registry import Check, Evidence, checks, load_all, refusals
from dpc_conformance.faults.without import WITHOUT_DEFECT

CERTIFICATE, RELATION, STATUS = "one certificate", "a relation of several", "a CRL or OCSP response"
SERVICE, VERIFIER, CARD_OBJECT = "a service observed over time", "a verifier", "a signed object"
JOURNEY, AGGREGATE = "a journey", "its parts"
CLASSES = (CERTIFICATE, RELATION, STATUS, SERVICE, VERIFIER, CARD_OBJECT, JOURNEY, AGGREGATE)
OF_EVIDENCE = {
    Evidence.CRL: STATUS,
    Evidence.OCSP_RESPONSE: STATUS,
    Evidence.SIGNED_OBJECT: CARD_OBJECT,
    Evidence.SERVICE: SERVICE,
    Evidence.PICTURE: JOURNEY,
    Evidence.FLOW: JOURNEY,
}
STATUS_PROFILES = {Evidence.CRL: "crl", Evidence.OCSP_RESPONSE: "ocsp"}
RELATIONS = ("dpc_conformance.checks.relations.", "dpc_conformance.checks.path")
NO_SUCH = "the suite has no such verifier that errs"
OPEN = {
    "DPC-CERT-POLMAP-01": "about the names under which a tool shows policies",
    "DPC-CRY-EXP-02": f"about the keys that a verifier can process; {NO_SUCH}",
    "DPC-KM-USE-01": f"about a verifier that would take the key for something else; {NO_SUCH}",
    "DPC-LC-RP-01": f"about a verifier at every sign-in; {NO_SUCH}",
    "DPC-LC-RP-03": f"about a verifier that maps policies to assurance levels; {NO_SUCH}",
    "DPC-OCSP-NONCE-01": f"about a verifier that sends a nonce; {NO_SUCH}",
    "DPC-PATH-CA-02": f"about a verifier that checks only the end of the path; {NO_SUCH}",
    "DPC-PATH-CRIT-01": f"about a verifier that meets an unknown critical extension; {NO_SUCH}",
    "DPC-PATH-EKU-01": f"about a verifier that speaks TLS; {NO_SUCH}",
    "DPC-PATH-MAP-01": f"about a verifier that looks for the account; {NO_SUCH}",
    "DPC-PATH-UNAVAIL-01": f"about a verifier that gets no status; {NO_SUCH}",
}
"""What a certificate, CRL, OCSP response or service cannot show, and why no rule stands for it."""
AN_OPTION = "an option: that a good certificate uses it and is not flagged is the proof"
FROM_PARTS = "follows from its parts, each of which is proved"
HALF_PROVED = {
    "DPC-CERT-SAN-08": "no good certificate can show it: it is about a purpose that another rule forbids",
    "DPC-CRY-PQC-01": "never finds fault: of what no edition covers it cannot be told",
}
"""Rules that lack a golden or whatever breaks them, and why."""


@dataclass(frozen=True)
class KnownRule:
    """A requirement with its rules. `sentences` are those of the rules, `profiles` the keys of those they stand in.

    `golden` tells that a good object meets it, `mutants` and `defects` how many objects and seeded defects it catches.
    `remark` says why there is no rule, or not every proof of it.
    """

    requirement: Requirement
    shown_by: str
    sentences: tuple[str, ...]
    profiles: tuple[str, ...]
    golden: bool
    mutants: int
    defects: int
    remark: str


@cache
def inspected() -> frozenset[str]:
    """Ids that certificates, CRLs, OCSP and verifiers can show: the set that the judge of certificates is to cover."""
    ways = {TestableBy.CERTIFICATE, TestableBy.PATH}
    return frozenset(one.id for one in load_catalogue() if one.testable_by in ways and one.group != "DPC-PACS")


def known_rules() -> list[KnownRule]:
    """Every requirement with a rule, and those of `inspected` without one, in the order of the catalogue."""
    # Imported here: the goldens and mutants bring cryptography and half of the reference along.
    from dpc_conformance.commands.proofs import Proofs

    load_all()
    declared: dict[str, list[Check]] = {}
    for one in checks():
        declared.setdefault(one.requirement, []).append(one)
    refused = {one.requirement for one in refusals()}
    accepted = {identifier: words for profile in PROFILES for identifier, words in profile.accepted.items()}
    aggregates = {profile.aggregate: profile.worksheet for profile in PROFILES if profile.aggregate}
    proofs = Proofs.gathered()
    found = []
    for requirement in load_catalogue():
        identifier = requirement.id
        own = declared.get(identifier, [])
        sentences = [one.sentence for one in own]
        if identifier in accepted:
            sentences.append(f"Accepted, never flagged: {accepted[identifier]}.")
        if identifier in aggregates:
            sentences.append(f"Every row of worksheet {aggregates[identifier]} holds.")
        if identifier in refused:
            sentences.append("Refused for the right reason, while the same request without the defect succeeds.")
        if not sentences and identifier not in inspected():
            continue
        found.append(
            KnownRule(
                requirement,
                _class(own, identifier in aggregates, identifier in accepted, bool(sentences)),
                tuple(sentences),
                tuple(_profiles(identifier, own)),
                identifier in proofs.held or identifier in accepted or identifier in aggregates,
                proofs.mutants[identifier],
                proofs.defects[identifier],
                _remark(identifier, identifier in accepted, not own and identifier in aggregates, bool(sentences)),
            )
        )
    return found


def _class(own: list[Check], is_aggregate: bool, is_accepted: bool, has_rule: bool) -> str:
    certificate = [one for one in own if one.evidence is Evidence.CERTIFICATE]
    if certificate:
        module = certificate[0].function.__module__
        return RELATION if module.startswith(RELATIONS) else CERTIFICATE
    if own:
        return OF_EVIDENCE[own[0].evidence]
    if is_accepted:
        return CERTIFICATE
    if is_aggregate:
        return AGGREGATE
    return JOURNEY if has_rule else VERIFIER


def _remark(identifier: str, is_accepted: bool, is_derived: bool, has_rule: bool) -> str:
    if is_accepted:
        return AN_OPTION
    if is_derived:
        return FROM_PARTS
    return {**WITHOUT_DEFECT, **OPEN, **HALF_PROVED}.get(identifier, "" if has_rule else "no rule yet")


def _profiles(identifier: str, own: Iterable[Check]) -> list[str]:
    keys = [
        profile.key
        for profile in PROFILES
        if identifier in profile.requirements or identifier in profile.accepted or identifier == profile.aggregate
    ]
    return keys + [STATUS_PROFILES[one.evidence] for one in own if one.evidence in STATUS_PROFILES]
