"""`dpc rules`: every requirement that the judge knows, and what proves the rule."""

import json
from collections import Counter
from typing import Any

import click

from dpc_conformance.catalogue.editions import Edition, not_effective
from dpc_conformance.checks.classes import load_classes
from dpc_conformance.checks.profiles.selection import BY_KEY
from dpc_conformance.clock import machine_now
from dpc_conformance.commands.check_options import known
from dpc_conformance.commands.known_rules import STATUS_PROFILES, KnownRule, inspected, known_rules

FORMATS = ("table", "json", "markdown")
PROFILES = (*BY_KEY, *STATUS_PROFILES.values())
PIPE_WIDTH = 160
INTRODUCTION = """\
# Rules

Every requirement that the judge knows, in the order of the catalogue. This file is written by `make rules` from
`dpc rules --format markdown`; a test holds it current.

* *shown by*: what the rule looks at. Words in italics say why there is no rule, or no proof of it.
* *golden*: a good object meets the rule. *mutant*: it catches objects with one defect, each of which names the exact
  set of ids it must yield. *defect*: it catches a seeded defect of the reference in a journey. `dpc rules` counts them.
* *source read*: a failure decides only where somebody has read the clause; otherwise it is at most a warning.
"""


@click.command(context_settings={"show_default": True})
@click.option("--profile", metavar="NAME", help=f"Only rules of one profile: {', '.join(PROFILES)}.")
@click.option("--edition", metavar="NAME", help="Only what decides under this edition, or is its preview.")
@click.option("--format", "form", default="table", metavar="NAME", help=f"{', '.join(FORMATS)}.")
def rules(profile: str | None, edition: str | None, form: str) -> None:
    """List every requirement that the judge has a rule for, with its clause and what proves the rule.

    A golden is a good object that meets the rule, a mutant an object with one defect that the rule must catch. What
    certificates, CRLs, OCSP responses and verifiers can show and no rule covers is listed too, with the reason.

    \b
    Examples:
      dpc rules --profile derived-authentication
      dpc rules --format json
    """
    known("format", form, FORMATS)
    if profile is not None:
        known("profile", profile, PROFILES)
    if edition is not None:
        known("edition", edition, tuple(Edition))
    found = [one for one in known_rules() if _wanted(one, profile, edition)]
    if form == "json":
        click.echo(json.dumps([fields_of(one) for one in found], indent=2, ensure_ascii=False))
    elif form == "markdown":
        click.echo(markdown(found), nl=False)
    else:
        _print(found)


def fields_of(rule: KnownRule) -> dict[str, Any]:
    """One rule for a program."""
    requirement = rule.requirement
    return {
        "id": requirement.id,
        "level": str(requirement.level),
        "text": requirement.text,
        "source": requirement.source,
        "edition": str(requirement.edition),
        "verification": str(requirement.verification),
        "shown_by": rule.shown_by,
        "rules": list(rule.sentences),
        "profiles": list(rule.profiles),
        "golden": rule.golden,
        "mutants": rule.mutants,
        "defects": rule.defects,
        "remark": rule.remark,
    }


def markdown(found: list[KnownRule]) -> str:
    """The published table, with the counts above it."""
    lines = [INTRODUCTION, *_counts(found), ""]
    lines += ["| id | level | rule | shown by | profiles | golden | mutant | defect | source read | source |"]
    lines += ["|---|---|---|---|---|---|---|---|---|---|"]
    for one in found:
        cells = (
            one.requirement.id,
            str(one.requirement.level),
            " ".join((*one.sentences, *([f"*{one.remark}*"] if one.remark else []))),
            one.shown_by,
            ", ".join(one.profiles),
            "yes" if one.golden else "",
            "yes" if one.mutants else "",
            "yes" if one.defects else "",
            "yes" if one.requirement.may_decide else str(one.requirement.verification),
            one.requirement.source,
        )
        lines.append(f"| {' | '.join(_cell(cell) for cell in cells)} |")
    return "\n".join(lines) + "\n"


def _wanted(rule: KnownRule, profile: str | None, edition: str | None) -> bool:
    if profile is not None and profile not in rule.profiles:
        return False
    if edition is None:
        return True
    out = not_effective(rule.requirement, Edition(edition), machine_now().date())
    return out is None or (out.code == "draft" and Edition(edition).is_preview)


def _counts(found: list[KnownRule]) -> list[str]:
    among = [one for one in found if one.requirement.id in inspected()]
    proved = [one for one in among if (one.golden and one.mutants) or one.defects]
    others = [one for one in among if one.sentences and one not in proved]
    classes = Counter(one.shown_by for one in among)
    in_order = [one.shown_by for one in load_classes().values()]
    by_class = ", ".join(f"{classes[each]} by {each}" for each in in_order if classes[each])
    return [
        f"Of {len(among)} requirements that certificates, CRLs, OCSP responses, services and verifiers can show "
        f"({by_class}), {sum(bool(one.sentences) for one in among)} have a rule; {len(proved)} of these are proved by "
        f"a golden and a mutant or by a seeded defect, {len(others)} carry a remark that says why not."
    ]


def _print(found: list[KnownRule]) -> None:
    # Imported here: the other formats do without.
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="dim")
    for name in ("requirement", "level", "shown by"):
        table.add_column(name, no_wrap=True)
    table.add_column("rule", ratio=4, overflow="fold")
    table.add_column("source", ratio=3, overflow="fold")
    for name in ("golden", "mutants", "defects"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in found:
        words = Text.assemble(" ".join(one.sentences), " " if one.sentences else "", (one.remark, "yellow"))
        numbers = ("yes" if one.golden else "", str(one.mutants or ""), str(one.defects or ""))
        texts = (one.requirement.id, str(one.requirement.level), one.shown_by)
        table.add_row(*texts, words, Text(one.requirement.source), *numbers)
    console = Console(highlight=False)
    console = console if console.is_terminal else Console(highlight=False, width=PIPE_WIDTH)
    console.print(table)
    console.print(*_counts(found))


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
