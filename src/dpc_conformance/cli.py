"""The door of `dpc`: which commands there are; each is loaded only when it is called."""

import errno
import io
import sys
from collections.abc import Sequence

import click

from dpc_conformance import __version__
from dpc_conformance.lazy_group import LazyGroup

BROKE, BAD_INPUT, STOPPED = 3, 4, 130
COMMANDS = {
    "run": ("dpc_conformance.commands.run", "Walk the journey with a product, or with the built-in reference."),
    "target": ("dpc_conformance.commands.target", "Write a target for your product, and check what it would run."),
    "plan": ("dpc_conformance.commands.plan", "Show what a run would do, by requirement, without running."),
    "rerun": ("dpc_conformance.commands.rerun", "Run again the scenarios of a run that failed, broke or hung."),
    "diff": ("dpc_conformance.commands.diff", "Compare two runs: new failures, what was fixed, what changed."),
    "review": ("dpc_conformance.commands.review", "Decide what a run left to a person."),
    "report": ("dpc_conformance.commands.report", "Draw the reports of a run again, from its folder or a package."),
    "package": ("dpc_conformance.commands.package", "Put a run into one file with its evidence, or verify one."),
    "check": ("dpc_conformance.commands.check", "Judge certificates, CRLs and OCSP responses in files."),
    "rules": ("dpc_conformance.commands.rules", "List every requirement that the judge has a rule for."),
    "spec": ("dpc_conformance.commands.spec", "Print the numbered test specification."),
    "interpretations": ("dpc_conformance.commands.interpretations", "Print disputed readings and what was decided."),
    "requirements": ("dpc_conformance.commands.requirements", "Print entries of the catalogue of requirements."),
    "faults": ("dpc_conformance.commands.faults", "List the defects that can be seeded into the reference."),
    "audit": ("dpc_conformance.commands.audit", "Judge the certificates of a whole population, on all cores."),
    "serve": ("dpc_conformance.commands.serve", "Serve the reference, to try by hand and to develop against."),
    "selfcheck": ("dpc_conformance.commands.selfcheck", "Seed every defect and see whether the suite finds it."),
    "adapter": ("dpc_conformance.commands.adapter", "Look at the adapters by which products play roles."),
    "card": ("dpc_conformance.commands.card", "Look at PIV Cards and card images."),
    "kit": ("dpc_conformance.commands.kit", "Make test cards that your product can trust, and publish their status."),
    "auditlog": ("dpc_conformance.commands.auditlog", "Verify an issuer's exported audit log."),
}


@click.group(
    cls=LazyGroup,
    commands_in=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="dpc")
def cli() -> None:
    """Conformance suite for Derived PIV Credentials.

    Walks the documented enrolment journey with an issuer, a card, a phone and a device manager, attacks every trust
    decision on the way, reads the certificate that comes out, puts it to work, and says which requirements hold and
    which do not, with evidence. Without a target everything runs on the built-in reference.

    \b
    Examples:
      dpc run                                    the reference, reports in ./reports
      dpc target new product.toml                questions about your product; writes its target file
      dpc run --target product.toml              your product
      dpc run --requirement DPC-ISS-PKIAUTH-01   the scenarios of one requirement, with their controls
      dpc run -m DPC-ISS-PKIAUTH-01              the scenarios of one requirement
      dpc report reports                         its reports again, with the statement as PDF
      dpc package reports                        the run in one file, to hand in
      dpc check derived.pem --trust root.cer     which requirements hold on a certificate
      dpc rules                                  what the judge knows, and what proves it
      dpc requirements DPC-ISS-PKIAUTH-01        what that requirement says
      dpc card show my-card/                     what is on a card image
      dpc kit --base-url http://status.lab.example   roots and test cards for your lab

    \b
    Exit codes of `dpc run`, `dpc rerun` and `dpc review`:
      0    conformant, or conformant with deviations that were waived
      1    not conformant: a requirement failed, or a waiver does not fit
      2    incomplete: nothing failed, but not everything planned has a verdict
      3    the run itself could not go on
      4    bad input: a target, option or card image is wrong
      130  stopped by the user; the results so far are in the reports

    \b
    Other commands end with 1 where they find what they look for (a finding, a new failure, a broken contract), with 3,
    4 and 130 as above.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `dpc`; returns the exit code. A mistake in the input is one sentence on standard error and exit code 4."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # no word of a product may end a run that cannot show it
            stream.reconfigure(errors="backslashreplace")
    try:
        result = cli.main(args=arguments, prog_name="dpc", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.format_message())
        return 0
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "dpc"
        click.echo(f"{error.format_message()} (see `{command} --help`)", err=True)
        return BAD_INPUT
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except click.Abort:
        return STOPPED
    except OSError as problem:
        if problem.errno != errno.ENOSPC:
            raise
        click.echo("the disk that the output goes to is full", err=True)
        return BROKE
    return result if isinstance(result, int) else 0
