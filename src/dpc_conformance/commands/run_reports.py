"""What is drawn from journal and evidence, at the end of `dpc run` and again by `dpc report`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dpc_conformance import HOME, __version__
from dpc_conformance.catalogue.conclusion import ExitCode
from dpc_conformance.catalogue.verdicts import Result
from dpc_conformance.commands.extras import missing_extras
from dpc_conformance.evidence.events import Outcome, RunStarted
from dpc_conformance.evidence.folder import EvidenceFolder
from dpc_conformance.evidence.journal import Journal, read_journal
from dpc_conformance.evidence.reading import EvidenceReader, Line, changed_objects
from dpc_conformance.fingerprint import catalogue_hash, suite_hash
from dpc_conformance.reporting.allure import NoReport, draw_report, write_environment
from dpc_conformance.reporting.allure_results import write_results
from dpc_conformance.reporting.console import Terminal, print_summary
from dpc_conformance.reporting.differences import differences
from dpc_conformance.reporting.findings.as_sarif import findings_sarif
from dpc_conformance.reporting.findings.of_run import judged_in
from dpc_conformance.reporting.found_objects import FoundObjects
from dpc_conformance.reporting.junit import junit_xml
from dpc_conformance.reporting.page.page import Beside, statement_html
from dpc_conformance.reporting.statement import Statement, build_statement
from dpc_conformance.reporting.statement_json import statement_json
from dpc_conformance.reporting.whole_file import write_whole
from dpc_conformance.suite.run_files import RunFiles

MINIMUM = HOME / "fixtures" / "minimum-scenarios.txt"
DID_NOT_RUN = (Outcome.SKIPPED, Outcome.BLOCKED, Outcome.INFRASTRUCTURE, Outcome.HANG, Outcome.INTERRUPTED)
DID_NOT_PASS = (*DID_NOT_RUN, Outcome.BROKEN, Outcome.FAILED)


@dataclass(frozen=True)
class Drawing:
    """From what is drawn, and what the reports say besides what stands there.

    `history` is the file that Allure keeps the runs in, `differences` and `signature` are sentences.
    """

    journal: Path
    evidence: EvidenceFolder
    history: Path | None = None
    differences: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawn:
    """What came of it: the statement, the report to look at first, sentences on what is lacking."""

    statement: Statement
    report: Path
    lacking: tuple[str, ...]


def draw_reports(files: RunFiles, require_all: bool, history: Path | None = None) -> int:
    """Write every report of a run that just ended or was reviewed, print the summary, return the exit code."""
    changed = differences_now(files.journal)
    drawn = draw(files, Drawing(files.journal, EvidenceFolder(files.evidence), history, changed))
    lacking = [*drawn.lacking, *missing_extras()]
    failures = not_all(drawn.statement, lacking, minimum_scenarios()) if require_all else []
    notes = (*changed, *lacking, *(f"--require-all: {each}" for each in failures))
    print_summary(drawn.statement, Terminal(), drawn.report, notes)
    code = drawn.statement.exit_code
    return int(ExitCode.INCOMPLETE if failures and code is ExitCode.CONFORMANT else code)


def differences_now(journal: Path) -> tuple[str, ...]:
    """What of suite and catalogue is not as it was when the run in a journal was made. Raises OSError."""
    started = next(iter(read_journal(journal).of(RunStarted)), None)
    return differences(started, __version__, suite_hash(), catalogue_hash()) if started else ()


def draw(files: RunFiles, drawing: Drawing) -> Drawn:
    """Write every report into the folder. What cannot be drawn is named in one sentence.

    Raises NoRun, CatalogueError, ValidationError and OSError.
    """
    for earlier in (files.pdf, files.report):  # drawn last or not at all, and then they would say what was said before
        earlier.unlink(missing_ok=True)
    statement, problems = draw_documents(files, drawing, files.allure_results)
    report, lacking = _html_report(files, statement, drawing.history)
    return Drawn(statement, report, (*lacking, *problems))


def draw_documents(files: RunFiles, drawing: Drawing, results: Path | None = None) -> tuple[Statement, list[str]]:
    """Write everything but the Allure report, whose results go into the folder `results` where there is one.

    Returns the statement, and sentences on what is wrong with the evidence. Raises as `draw` does.
    """
    journal = read_journal(drawing.journal)
    statement = replace(build_statement(journal), differences=drawing.differences)
    write_whole(files.statement, statement_json(statement))
    write_whole(files.junit, junit_xml(journal, statement))
    reader = EvidenceReader(drawing.evidence)
    if not drawing.evidence.root.is_dir():
        return _without_evidence(files, journal, statement, results, drawing.signature)
    found, problems = FoundObjects(statement.made, reader.description), list[str]()
    lines_of = _reading(reader, found, problems)
    if results:
        write_results(results, journal, statement, lines_of)
    else:
        for run in statement.scenarios:
            lines_of(run.id)
    problems += [f"the evidence is not whole: the object {name} was changed" for name in changed_objects(reader.folder)]
    judged = found.judged()
    beside = Beside(judged, tuple(found.installed().items()), drawing.signature)
    write_whole(files.page, statement_html(statement, beside))
    write_whole(files.findings, findings_sarif(judged_in(statement, judged), "dpc run"))
    return statement, problems


def _without_evidence(
    files: RunFiles, journal: Journal, statement: Statement, results: Path | None, signature: tuple[str, ...]
) -> tuple[Statement, list[str]]:
    """The same for a run of which nothing was kept but its journal."""
    if results:
        write_results(results, journal, statement, lambda _: ())
    write_whole(files.page, statement_html(statement, Beside(signature=signature)))
    write_whole(files.findings, findings_sarif(judged_in(statement, ()), "dpc run"))
    return statement, ["there is no evidence of this run, so the reports show none"]


def _reading(reader: EvidenceReader, found: FoundObjects, problems: list[str]) -> Callable[[str], tuple[Line, ...]]:
    """Reads the evidence of one scenario after the other; what is found in it, or wrong with it, is noted."""

    def lines_of(scenario: str) -> tuple[Line, ...]:
        evidence = reader.scenario(scenario)
        found.look(evidence.lines)
        problems.extend(f"the evidence is not whole: {scenario}: {problem}" for problem in evidence.problems)
        return evidence.lines

    return lines_of


def not_all(statement: Statement, lacking: list[str], minimum: int) -> list[str]:
    """Sentences about everything that did not pass or could not be judged, was not there, or was too little.

    Whether it is in scope or not, and whether something else decides the requirement or not.
    """
    runs = statement.scenarios
    failures = [f'"{run.started.name}" is {run.outcome}: {run.message}' for run in runs if run.outcome in DID_NOT_PASS]
    failures += [
        f'"{each.step}" could not judge {each.requirement}: {each.message}'
        for each in statement.made
        if each.result == Result.INCONCLUSIVE
    ]
    ran = len([run for run in runs if run.outcome not in DID_NOT_RUN])
    if ran < minimum:
        failures.append(f"{ran} scenarios ran, the committed minimum is {minimum}")
    return failures + [f"missing: {sentence}" for sentence in lacking]


def minimum_scenarios() -> int:
    """How many scenarios a whole run has at least; the number is committed beside the fixtures."""
    return int(MINIMUM.read_text("utf-8").split()[0])


def _html_report(files: RunFiles, statement: Statement, history: Path | None) -> tuple[Path, list[str]]:
    started = statement.started
    product = started.product
    facts = {
        "Target": started.target,
        "Product": " ".join(filter(None, (product.get("name"), product.get("version"), product.get("build")))),
        "Suite": started.suite_version,
        "Scope": started.scope,
        "Edition": started.edition,
        "Seed": started.seed if started.reproducible else "not reproducible: a role is a real product",
        "Clock": f"{started.clock:%Y-%m-%d %H:%M} UTC",
        "Conclusion": statement.conclusion,
        "Roles": _players(started.roles),
        "Only a part": started.selection,
        "Seeded defects": ", ".join(started.faults),
        "Allowed to change": ", ".join(started.allowed),
    }
    write_environment(files.allure_results, {name: value for name, value in facts.items() if value})
    try:
        title = f"{started.target}: {statement.conclusion}"
        return draw_report(files.allure_results, files.report, title, history), []
    except NoReport as reason:
        return files.page, [str(reason)]


def _players(roles: Mapping[str, str]) -> str:
    if len(set(roles.values())) == 1:
        return f"all {next(iter(roles.values()))}"
    return ", ".join(f"{role}: {adapter}" for role, adapter in roles.items())
