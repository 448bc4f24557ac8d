"""`dpc check`: which requirements hold on certificates, CRLs and OCSP responses in files."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

import click

from dpc_conformance import __version__
from dpc_conformance.catalogue.conflicts import chosen_options
from dpc_conformance.catalogue.editions import Edition
from dpc_conformance.catalogue.requirement import CatalogueError
from dpc_conformance.checks.options import Options
from dpc_conformance.checks.profiles.selection import BY_KEY
from dpc_conformance.checks.profiles.versions import BY_NAME as VERSIONS
from dpc_conformance.checks.status.lifetime import BY_CLAIM
from dpc_conformance.clock import machine_now
from dpc_conformance.commands.check_evidence import Given, evidence, surroundings
from dpc_conformance.commands.check_options import choices, known, moment, password_asker
from dpc_conformance.commands.der_kind import Kind
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.findings_output import FAILED, FORMATS, print_findings
from dpc_conformance.commands.inputs import Reader, read_bytes
from dpc_conformance.commands.judging import Bench
from dpc_conformance.reporting.findings.judged import Judged

KEPT_IN = ("hardware", "software")
MOST_PASSWORD_BYTES = 1024


@click.command(context_settings={"show_default": True})
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--profile", metavar="NAME", help=f"Judge every certificate by this profile: {', '.join(BY_KEY)}.")
@click.option("--edition", metavar="NAME", default="2014", help="Edition of SP 800-157: 2014, r1-ipd, r1-fpd.")
@click.option(
    "--profile-version", metavar="NUMBER", help="Common Policy profiles, 1.7 to 2.2; default: of the issue date."
)
@click.option("--at", callback=moment, metavar="ISO", help="Judge as of this moment; default: now.")
@click.option("--trust", multiple=True, metavar="FILE", help="Trust anchors.")
@click.option("--issuer", multiple=True, metavar="FILE", help="CA certificates between them and the certificate.")
@click.option("--crl", multiple=True, metavar="FILE", help="CRLs to tell revocation by.")
@click.option("--ocsp", multiple=True, metavar="FILE", help="OCSP responses to tell revocation by.")
@click.option(
    "--card", multiple=True, metavar="FILE", help="Certificates of the PIV Card that the derived ones stem from."
)
@click.option(
    "--other", multiple=True, metavar="FILE", help="Other derived certificates, which share nothing with these."
)
@click.option("--person", metavar="NAME", help="Name of the holder in the PIV identity account.")
@click.option("--agency", metavar="NAME", help="Name of the holder's agency in that account.")
@click.option("--affiliate/--employee", default=None, help="Whether the holder is an affiliate of the agency.")
@click.option("--key-in", metavar="PLACE", help="Where the key was made and is kept: hardware or software.")
@click.option("--card-expires", callback=moment, metavar="ISO", help="When the PIV Card expires.")
@click.option("--ca", default="unknown", metavar="KIND", help=f"Whose CA issued them: {', '.join(BY_CLAIM)}.")
@click.option("--test-pki", is_flag=True, help="Accept the policies of the test arc.")
@click.option(
    "--option", callback=choices, multiple=True, metavar="NAME=VALUE", help="Settle a conflict of the sources."
)
@click.option("--fetch", is_flag=True, help="Fetch CRLs and CA certificates from the http addresses in certificates.")
@click.option("--password-file", metavar="FILE", help="Its first line opens PKCS#12 files.")
@click.option("--format", "form", default="table", metavar="NAME", help=f"{', '.join(FORMATS)}.")
@click.option("--all", "everything", is_flag=True, help="In the table, also what holds or does not apply.")
def check(
    files: tuple[str, ...],
    profile: str | None,
    edition: str,
    profile_version: str | None,
    at: datetime | None,
    trust: tuple[str, ...],
    issuer: tuple[str, ...],
    crl: tuple[str, ...],
    ocsp: tuple[str, ...],
    card: tuple[str, ...],
    other: tuple[str, ...],
    person: str | None,
    agency: str | None,
    affiliate: bool | None,
    key_in: str | None,
    card_expires: datetime | None,
    ca: str,
    test_pki: bool,
    option: dict[str, str],
    fetch: bool,
    password_file: str | None,
    form: str,
    everything: bool,
) -> int:
    """Say which requirements hold on certificates, CRLs and OCSP responses.

    FILE holds PEM (any number of blocks), DER, PKCS#7 or PKCS#12, or is a folder of such files, or - for standard
    input. Each certificate is judged by the profile that its policies name. What is not given cannot be told:
    --trust with --crl or --ocsp for the path, --issuer for the signature, --card for the relation to the card. CA
    certificates and CRLs among the files serve as evidence too. Nothing is fetched from a network without --fetch.

    \b
    Examples:
      dpc check derived.pem
      dpc check derived.der --issuer ca.cer --trust root.cer --crl ca.crl --card card.pem
      dpc check issued/ --format sarif > findings.sarif
      dpc check phone.p12 --password-file secret.txt --at 2026-06-01

    \b
    Exit codes:
      0  nothing failed (warnings, and what could not be told, do not count)
      1  a requirement failed, or an object could not be read
      4  bad input
    """
    known("format", form, FORMATS)
    known("edition", edition, tuple(Edition))
    if profile is not None:
        known("profile", profile, tuple(BY_KEY))
    if profile_version is not None:
        known("profile-version", profile_version, tuple(VERSIONS))
    conflicts = _conflicts(option)
    reader = Reader(_password(password_file), password_asker(sys.stdin.isatty))
    items = reader.items(files)
    given = Given(
        trust=evidence(reader, trust),
        issuers=evidence(reader, issuer),
        crls=evidence(reader, crl, Kind.CRL),
        ocsp_responses=evidence(reader, ocsp, Kind.OCSP_RESPONSE),
        card=evidence(reader, card),
        others=evidence(reader, other),
    )
    around = replace(
        surroundings(items, given, at or machine_now()),
        test_pki=test_pki,
        options=Options.chosen(conflicts),
        profile_version=profile_version,
        person=person,
        agency=agency,
        affiliate=affiliate,
        card_expiry=card_expires,
        longest=BY_CLAIM[known("ca", ca, tuple(BY_CLAIM))],
        key_in_hardware=None if key_in is None else known("key-in", key_in, KEPT_IN) == KEPT_IN[0],
    )
    if fetch:
        from dpc_conformance.commands.fetching import fetched

        around = fetched(around, items)
    bench = Bench(around, Edition(edition), conflicts, profile)
    judged = Judged(
        tuple(bench.judged(item) for item in items),
        around.moment,
        f"{Edition(edition).heading}, Common Policy profiles {profile_version or 'of the issue date'}",
        around.options.as_chosen(),
        __version__,
    )
    print_findings(judged, form, everything)
    return FAILED if judged.failed else 0


def _conflicts(option: Mapping[str, str]) -> dict[str, str]:
    try:
        return chosen_options(option, "--option")
    except CatalogueError as problem:
        raise BadInput(str(problem)) from None


def _password(file: str | None) -> bytes | None:
    if file is None:
        return None
    data = read_bytes(file)
    if len(data) > MOST_PASSWORD_BYTES:
        raise BadInput(f"--password-file {file}: expected a password in its first line")
    return data.splitlines()[0] if data else b""
