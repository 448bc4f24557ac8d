"""`dpc faults`: the defects that can be seeded into the reference, and what each must turn red."""

import textwrap

import click

from dpc_conformance.faults.registry import faults as declared
from dpc_conformance.faults.without import WITHOUT_DEFECT

INDENT = "    "
WIDTH = 100


@click.command()
@click.argument("word", required=False)
def faults(word: str | None) -> None:
    """List the defects that `dpc run --fault NAME` and `dpc selfcheck` seed into the reference.

    Below each stand the requirements that have to fail with it, all of them and no other. With a WORD only defects are
    listed that have it in their name or in an id.

    \b
    Examples:
      dpc faults
      dpc faults revoked
      dpc faults DPC-ISS-PKIAUTH
    """
    shown = [each for each in declared() if not word or word.lower() in " ".join([each.name, *each.trips]).lower()]
    for each in shown:
        click.echo(each.name)
        lines = textwrap.wrap(" ".join(sorted(each.trips)), WIDTH, break_on_hyphens=False)
        click.echo(textwrap.indent("\n".join(lines), INDENT))
    if word:
        return
    click.echo("\nWithout a defect:")
    for requirement, reason in WITHOUT_DEFECT.items():
        click.echo(f"{INDENT}{requirement}: {reason}")
