"""`dpc requirements`: what the catalogue says about a requirement."""

import textwrap

import click

from dpc_conformance.catalogue.catalogue import Catalogue, load_catalogue
from dpc_conformance.catalogue.not_covered import why_not_covered
from dpc_conformance.catalogue.requirement import Requirement
from dpc_conformance.commands.errors import BadInput

WIDTH = 100


@click.command()
@click.argument("identifier", metavar="[ID]", required=False)
@click.option("--coverage", is_flag=True, help="By document and clause, how all of them are judged (Markdown).")
def requirements(identifier: str | None, coverage: bool) -> None:
    """Print entries of the catalogue of requirements.

    With a full ID the whole entry is printed; with the leading part of one (DPC-ISS), or without any, a line for each
    requirement: its id, its level and what it demands. With --coverage the table that is published in docs/coverage.md.

    \b
    Examples:
      dpc requirements
      dpc requirements DPC-CERT-EKU
      dpc requirements DPC-ISS-PKIAUTH-01
      dpc requirements --coverage
    """
    if coverage:
        if identifier:
            raise BadInput(f"{identifier}: expected no ID beside --coverage, which is about all of them")
        # Imported here: it reads every scenario and every rule.
        from dpc_conformance.commands.coverage_table import coverage_table

        click.echo(coverage_table(), nl=False)
        return
    catalogue = load_catalogue()
    if identifier and identifier.upper() in catalogue:
        click.echo(entry_text(catalogue[identifier.upper()]))
        return
    for each in _below(identifier, catalogue):
        click.echo(f"{each.id:24} {each.level:7} {textwrap.shorten(each.text, WIDTH, placeholder=' ...')}")


def entry_text(requirement: Requirement) -> str:
    """A whole entry, field by field."""
    fields = {
        "source": requirement.source,
        "level": requirement.level,
        "edition": requirement.edition,
        "applies to": ", ".join((requirement.applies_to, *requirement.also_applies_to)),
        "tested by": ", ".join((requirement.testable_by, *requirement.also_testable_by)),
        "not covered": why_not_covered(requirement.id),
        "source read": requirement.verification,
        "check": requirement.check,
        "caught": requirement.negative_example,
        "conflict": requirement.conflict,
        "note": requirement.note,
        "see also": ", ".join(requirement.xref),
    }
    lines = [requirement.id, *textwrap.wrap(requirement.text, WIDTH), ""]
    for name, value in fields.items():
        if value:
            lines += textwrap.wrap(
                str(value), WIDTH + 14, initial_indent=f"{name:13} ", subsequent_indent=" " * 14, break_on_hyphens=False
            )
    return "\n".join(lines)


def _below(prefix: str | None, catalogue: Catalogue) -> list[Requirement]:
    found = [each for each in catalogue if prefix is None or each.id.startswith(prefix.upper())]
    if not found and prefix:
        near = catalogue.nearest(prefix)
        raise BadInput(
            f"{prefix}: expected the id of a requirement, or how one begins{f'; did you mean {near}?' if near else ''}"
        )
    return found
