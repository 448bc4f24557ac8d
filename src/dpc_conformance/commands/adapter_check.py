"""`dpc adapter check`: the contract test that the author of an adapter runs."""

from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dpc_conformance.adapters.registered import Registered, WrongRegistration, registered
from dpc_conformance.clock import machine_now
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.run_options import target_of
from dpc_conformance.contract.clause import Clause, Standing
from dpc_conformance.contract.contract import clauses_of
from dpc_conformance.target import Target
from dpc_conformance.toml_file import nearest

BROKEN = 1
COLOURS = {Standing.KEPT: "green", Standing.BROKEN: "bold red", Standing.LACKING: "yellow", Standing.NOT_SEEN: "dim"}


@click.command("check")
@click.argument("name")
@click.option(
    "--target", "file", type=click.Path(path_type=Path), metavar="FILE", help="A target that names it (TOML)."
)
def check(name: str, file: Path | None) -> int:
    """See whether an adapter keeps its contract.

    NAME is that in a target, such as pcsc, or ROLE.NAME. Looked at are its settings (unknown keys and wrong values get
    one sentence, secrets stay hidden); with --target, which has its settings, also a scenario: verbs are there or
    NotSupported, with the parameters and types of the role, no text shows a secret, and nothing is left open. Verbs
    that change something are not called. The exit code is 1 when a clause is broken.

    \b
    Examples:
      dpc adapter check pcsc
      dpc adapter check card.image --target product.toml
    """
    target = target_of(file) if file else None
    clauses = [(each, clause) for each in _named(name, target) for clause in _clauses(each, target)]
    console = Console(highlight=False)
    table = Table.grid(padding=(0, 2))
    for each, clause in clauses:
        shown = f"[{COLOURS[clause.standing]}]{clause.standing}[/]"
        table.add_row(shown, f"{each.role}.{each.name}", escape(clause.subject), escape(clause.sentence))
    console.print(table)
    broken = sum(clause.standing is Standing.BROKEN for _, clause in clauses)
    console.print(f"{len(clauses)} clauses, {broken} broken")
    return BROKEN if broken else 0


def _clauses(each: Registered, target: Target | None) -> list[Clause]:
    try:
        return clauses_of(each.load(), target, machine_now())
    except WrongRegistration as problem:
        return [Clause("registration", Standing.BROKEN, str(problem))]


def _named(name: str, target: Target | None) -> list[Registered]:
    """The adapters of that name, those that the target names where there is one. BadInput."""
    try:
        known = registered()
    except WrongRegistration as problem:
        raise BadInput(str(problem)) from None
    found = [each for each in known if name in (each.name, f"{each.role}.{each.name}")]
    if not found:
        raise BadInput(f"{name}: expected the name of an adapter{nearest(name, sorted({each.name for each in known}))}")
    if target is None:
        return found
    named = [each for each in found if target.roles[each.role].adapter == each.name]
    if not named:
        roles = " or ".join(f"roles.{each.role}" for each in found)
        raise BadInput(f"{target.file}: expected {roles} to name {found[0].name}")
    return named
