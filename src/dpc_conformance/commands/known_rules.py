"""Every requirement that the judge knows: what shows it, which profiles it is about, and what proves the rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.requirement import Requirement
from dpc_conformance.catalogue.vocabulary import TestableBy
from dpc_conformance.checks.classes import class_of, why_open
from dpc_conformance.checks.profiles.selection import PROFILES
from dpc_conformance.checks.registry import Check, Evidence, checks, load_all, refusals
from dpc_conformance.faults.without import WITHOUT_DEFECT

OF_CARDS_AND_FLOWS = "a card or a journey"
"""What shows the requirements that are in no class of the judge of certificates."""
STATUS_PROFILES = {Evidence.CRL: "crl", Evidence.OCSP_RESPONSE: "ocsp"}
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
                shown_by(identifier),
                tuple(sentences),
                tuple(_profiles(identifier, own)),
                identifier in proofs.held or identifier in accepted or identifier in aggregates,
                proofs.mutants[identifier],
                proofs.defects[identifier],
                _remark(identifier, identifier in accepted, not own and identifier in aggregates, bool(sentences)),
            )
        )
    return found


def shown_by(identifier: str) -> str:
    """What shows a requirement, in words."""
    found = class_of(identifier)
    return found.shown_by if found else OF_CARDS_AND_FLOWS


def _remark(identifier: str, is_accepted: bool, is_derived: bool, has_rule: bool) -> str:
    if is_accepted:
        return AN_OPTION
    if is_derived:
        return FROM_PARTS
    known = {**WITHOUT_DEFECT, **HALF_PROVED}.get(identifier) or why_open(identifier)
    return known or ("" if has_rule else "no rule yet")


def _profiles(identifier: str, own: Iterable[Check]) -> list[str]:
    keys = [
        profile.key
        for profile in PROFILES
        if identifier in profile.requirements or identifier in profile.accepted or identifier == profile.aggregate
    ]
    return keys + [STATUS_PROFILES[one.evidence] for one in own if one.evidence in STATUS_PROFILES]
