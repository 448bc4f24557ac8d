"""What is drawn from the journal at the end of `dpc run`: files, the short summary, the exit code."""

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console

from dpc_conformance import HOME
from dpc_conformance.catalogue.conclusion import ExitCode
from dpc_conformance.commands.extras import missing_extras
from dpc_conformance.evidence.events import Outcome
from dpc_conformance.evidence.folder import EvidenceFolder
from dpc_conformance.evidence.journal import Journal, read_journal
from dpc_conformance.reporting.allure import NoReport, draw_report, write_environment
from dpc_conformance.reporting.allure_results import write_results
from dpc_conformance.reporting.console import print_summary
from dpc_conformance.reporting.junit import junit_xml
from dpc_conformance.reporting.statement import Statement, build_statement
from dpc_conformance.reporting.statement_json import statement_json
from dpc_conformance.reporting.summary import summary_html
from dpc_conformance.reporting.whole_file import write_whole
from dpc_conformance.suite.run_files import RunFiles

MINIMUM = HOME / "fixtures" / "minimum-scenarios.txt"
DID_NOT_RUN = (Outcome.SKIPPED, Outcome.BLOCKED, Outcome.INFRASTRUCTURE, Outcome.HANG, Outcome.INTERRUPTED)


def draw_reports(files: RunFiles, require_all: bool) -> int:
    """Write every report, print the summary, return the exit code. What cannot be drawn is named in one sentence."""
    journal = read_journal(files.journal)
    statement = build_statement(journal)
    write_whole(files.statement, statement_json(statement))
    write_whole(files.junit, junit_xml(journal, statement))
    write_whole(files.summary, summary_html(statement))
    report, lacking = _html_report(files, statement, journal)
    lacking += missing_extras()
    failures = not_all(statement, lacking, minimum_scenarios()) if require_all else []
    notes = (*lacking, *(f"--require-all: {each}" for each in failures))
    print_summary(statement, Console(), report, notes)
    code = statement.exit_code
    return int(ExitCode.INCOMPLETE if failures and code is ExitCode.CONFORMANT else code)


def not_all(statement: Statement, lacking: list[str], minimum: int) -> list[str]:
    """Sentences about everything that did not run, was not there, or was too little."""
    runs = statement.scenarios
    failures = [f'"{run.started.name}" is {run.outcome}: {run.message}' for run in runs if run.outcome in DID_NOT_RUN]
    ran = len([run for run in runs if run.outcome not in DID_NOT_RUN])
    if ran < minimum:
        failures.append(f"{ran} scenarios ran, the committed minimum is {minimum}")
    return failures + [f"missing: {sentence}" for sentence in lacking]


def minimum_scenarios() -> int:
    """How many scenarios a whole run has at least; the number is committed beside the fixtures."""
    return int(MINIMUM.read_text("utf-8").split()[0])


def _html_report(files: RunFiles, statement: Statement, journal: Journal) -> tuple[Path, list[str]]:
    started = statement.started
    write_results(files.allure_results, journal, statement, EvidenceFolder(files.evidence))
    facts = {
        "Target": started.target,
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
        return draw_report(files.allure_results, files.report, f"{started.target}: {statement.conclusion}"), []
    except NoReport as reason:
        return files.summary, [str(reason)]


def _players(roles: Mapping[str, str]) -> str:
    if len(set(roles.values())) == 1:
        return f"all {next(iter(roles.values()))}"
    return ", ".join(f"{role}: {adapter}" for role, adapter in roles.items())
