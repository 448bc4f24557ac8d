"""What proves the rules: good objects that meet them, mutants and seeded defects that break them."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Outcome
from dpc_conformance.checks.judgement import Evaluated, judge_certificate
from dpc_conformance.checks.profiles.selection import BY_KEY
from dpc_conformance.checks.revocation import judge_crl, judge_ocsp
from dpc_conformance.checks.services.context import ServiceContext
from dpc_conformance.checks.services.judge import judge_services
from dpc_conformance.checks.signed_objects.judge import judge_signed_object
from dpc_conformance.checks.status.context import StatusContext
from dpc_conformance.faults import mutants as declared
from dpc_conformance.faults.certificates import material
from dpc_conformance.faults.mutants import Kind, Mutant
from dpc_conformance.faults.registry import faults
from dpc_conformance.faults.services import server
from dpc_conformance.faults.status import material as status_material

KINDS: tuple[Kind, ...] = (
    declared.CERTIFICATE,
    declared.CRL,
    declared.OCSP_RESPONSE,
    declared.SIGNED_OBJECT,
    declared.SERVICE,
)


@dataclass(frozen=True)
class Proofs:
    """`held` are ids that a good object meets; `mutants` and `defects` count, by id, what has to break each."""

    held: frozenset[str]
    mutants: Counter[str]
    defects: Counter[str]

    @classmethod
    def gathered(cls) -> "Proofs":
        """Judges every golden, about a second; of mutants and defects it takes what they declare, which tests hold."""
        held = {
            each.requirement
            for kind in KINDS
            for golden in declared.goldens(kind)
            for each in evaluations_of(golden)
            if each.outcome is Outcome.HOLDS
        }
        mutants = Counter(identifier for kind in KINDS for one in declared.mutants(kind) for identifier in one.yields)
        return cls(frozenset(held), mutants, Counter(identifier for one in faults() for identifier in one.trips))


def evaluations_of(mutant: Mutant) -> Iterator[Evaluated]:
    """The evaluations of an object by its kind's judge, with the evidence it was declared with."""
    judge: Callable[[Mutant], list[Evaluated]] = JUDGES[mutant.kind]
    return iter(judge(mutant))


def _certificate(mutant: Mutant) -> list[Evaluated]:
    context = CertificateContext(**_told(material.evidence(), mutant))
    return judge_certificate(mutant.make(), context, BY_KEY[mutant.profile])


def _crl(mutant: Mutant) -> list[Evaluated]:
    return judge_crl(mutant.make(), StatusContext(**_told(status_material.evidence(), mutant)))


def _ocsp(mutant: Mutant) -> list[Evaluated]:
    return judge_ocsp(mutant.make(), StatusContext(**_told(status_material.evidence(), mutant)))


def _service(mutant: Mutant) -> list[Evaluated]:
    return judge_services(mutant.make(), ServiceContext(**_told(server.evidence(), mutant)))


def _signed_object(mutant: Mutant) -> list[Evaluated]:
    return judge_signed_object(mutant.make(), "Security Object", is_security_object=True)


def _told(evidence: dict[str, Any], mutant: Mutant) -> dict[str, Any]:
    return {**evidence, **mutant.evidence()}


JUDGES: dict[Kind, Callable[[Mutant], list[Evaluated]]] = {
    declared.CERTIFICATE: _certificate,
    declared.CRL: _crl,
    declared.OCSP_RESPONSE: _ocsp,
    declared.SIGNED_OBJECT: _signed_object,
    declared.SERVICE: _service,
}
