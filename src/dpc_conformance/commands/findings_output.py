"""Prints findings in the format that the user asked for."""

import click

from dpc_conformance.reporting.findings.judged import Judged

FAILED = 1
"""Exit code when a requirement failed."""
PIPE_WIDTH = 160
FORMATS = ("table", "json", "sarif", "junit", "csv")


def print_findings(judged: Judged, form: str, everything: bool) -> None:
    """In one of FORMATS, each imported when it is used; `everything`: in a table also what holds."""
    if form == "table":
        from rich.console import Console

        from dpc_conformance.reporting.findings.table import print_table

        console = Console(highlight=False)
        # In a file or pipe nobody knows the width; eighty columns would break every line.
        print_table(judged, console if console.is_terminal else Console(highlight=False, width=PIPE_WIDTH), everything)
    elif form == "json":
        from dpc_conformance.reporting.findings.as_json import findings_json

        click.echo(findings_json(judged), nl=False)
    elif form == "sarif":
        from dpc_conformance.reporting.findings.as_sarif import findings_sarif

        click.echo(findings_sarif(judged), nl=False)
    elif form == "junit":
        from dpc_conformance.reporting.findings.as_junit import findings_junit

        click.echo(findings_junit(judged), nl=False)
    else:
        from dpc_conformance.reporting.findings.as_csv import findings_csv

        click.echo(findings_csv(judged), nl=False)
