"""Gathers in a folder what a package of a run holds, with what is about persons or with pseudonyms."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dpc_conformance import HOME, __version__
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.commands.run_reports import Drawing, differences_now, draw_documents
from dpc_conformance.evidence.as_json import AS_JSON
from dpc_conformance.evidence.events import ScenarioStarted
from dpc_conformance.evidence.folder import EvidenceFolder
from dpc_conformance.evidence.journal import Journal, read_journal
from dpc_conformance.fingerprint import catalogue_hash, suite_hash
from dpc_conformance.reporting.package import facts
from dpc_conformance.reporting.package.decisions_copy import renamed_questions, with_decisions
from dpc_conformance.reporting.package.evidence_copy import EvidenceCopy
from dpc_conformance.reporting.package.journal_copy import collect_from_journal, journal_with_pseudonyms
from dpc_conformance.reporting.package.personal_data import Kind, PersonalData
from dpc_conformance.reporting.package.pseudonyms import Pseudonyms, vocabulary_of
from dpc_conformance.reporting.statement import Statement, build_statement
from dpc_conformance.suite.run_files import RunFiles

README = """\
A run of dpc-conformance, packed by `dpc package`.

statement.html    the conformance statement: read this first
about.json        product, operator, date, suite, environment, options and interpretations
target.json, plan.json, decisions.json, statement.json, junit.xml, findings.sarif
journal.jsonl     everything that was recorded, in order; the results are drawn from it
evidence/         a file for each scenario, and the objects that its lines name by SHA-256
manifest.json     every file with its hashes; signature.p7s, where it is there, signs it (CMS, detached)

`dpc package --verify FILE --trust roots.pem` tells whether a byte was changed and who signed.
`dpc report FILE --to FOLDER` draws the reports again.
"""


@dataclass(frozen=True)
class Packing:
    """What went into the folder. `data` is what the run has of persons, `described` how many objects are left out.

    `otherwise` are the requirements that are judged otherwise with pseudonyms than in the run.
    """

    statement: Statement
    data: PersonalData
    described: int
    ordinary: tuple[str, ...]
    otherwise: tuple[str, ...] = ()


def gather_package(run: RunFiles, folder: Path, with_personal_data: bool) -> Packing:
    """Fill the folder. Raises NoRun, CatalogueError, ValidationError and OSError."""
    journal = run.journal.read_bytes()
    read = read_journal(run.journal)
    evidence = EvidenceCopy(EvidenceFolder(run.evidence), tuple(each.scenario for each in read.of(ScenarioStarted)))
    data = PersonalData()
    evidence.collect(data)
    collect_from_journal(journal, data)
    pseudonyms = Pseudonyms(data, _ordinary_words())
    packed = RunFiles(folder)
    for name, content in evidence.as_it_is() if with_personal_data else evidence.with_pseudonyms(pseudonyms):
        _write(folder / name, content)
    _write(packed.journal, journal if with_personal_data else journal_with_pseudonyms(journal, pseudonyms))
    if not with_personal_data:
        names = renamed_questions(read, read_journal(packed.journal))
        _write(packed.journal, with_decisions(packed.journal.read_bytes(), names, pseudonyms))
    made_with = {"version": __version__, "sha256": suite_hash(), "catalogue_sha256": catalogue_hash()}
    drawing = Drawing(packed.journal, EvidenceFolder(packed.evidence), differences=differences_now(packed.journal))
    statement, _ = draw_documents(packed, drawing)
    ordinary = () if with_personal_data else tuple(pseudonyms.ordinary)
    packing = Packing(statement, data, len(evidence.withheld), ordinary, _judged_otherwise(statement, read))
    held = _personal_data(packing, with_personal_data)
    for name, values in {
        "about.json": facts.about(statement, made_with, held),
        "target.json": facts.target(statement),
        "plan.json": facts.plan(statement),
        "decisions.json": facts.decisions(statement),
    }.items():
        _write(folder / name, (json.dumps(values, indent=1, ensure_ascii=False) + "\n").encode(errors=AS_JSON))
    _write(folder / "README.txt", README.encode())
    return packing


def _judged_otherwise(packed: Statement, run: Journal) -> tuple[str, ...]:
    """Waivers and reviews name failures and questions by their words, which pseudonyms may change."""
    before = {each.requirement.id: (each.ground.verdict, each.waived) for each in build_statement(run).verdicts}
    now = {each.requirement.id: (each.ground.verdict, each.waived) for each in packed.verdicts}
    return tuple(each for each in now if now[each] != before[each])


def _personal_data(packing: Packing, held: bool) -> Mapping[str, Any]:
    counts = {kind.value: len(packing.data.values[kind]) for kind in Kind}
    if held:
        return {"held": True, "values": counts}
    return {
        "held": False,
        "replaced_by_pseudonyms": counts,
        "objects_described_instead": packing.described,
        "words_of_names_left_alone": list(packing.ordinary),
    }


def _ordinary_words() -> frozenset[str]:
    """The vocabulary of the suite: of its catalogue and its features."""
    catalogue = (f"{each.text} {each.check} {each.negative_example}" for each in load_catalogue())
    features = (file.read_text("utf-8") for file in sorted((HOME / "features").rglob("*.feature")))
    return vocabulary_of([*catalogue, *features])


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
