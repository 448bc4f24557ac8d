"""`dpc card check`: which requirements hold on a PIV Card."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance import __version__
from dpc_conformance.adapters.card_trust import TrustError, read_trust
from dpc_conformance.catalogue.editions import Edition
from dpc_conformance.checks.card.context import CardContext
from dpc_conformance.checks.card.judge import judge_card
from dpc_conformance.checks.card.parts import NotThere, certificate_of_key
from dpc_conformance.checks.judgement import Evaluated
from dpc_conformance.checks.registry import Evidence, check_for
from dpc_conformance.clock import machine_now
from dpc_conformance.commands.card_source import asked_pin, card_from, pin_in, reading_of
from dpc_conformance.commands.check_options import known, moment
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.findings_output import FAILED, FORMATS, print_findings
from dpc_conformance.commands.rows import row_of
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import containers
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.reporting.findings.judged import Judged, JudgedObject, Row

KIND = "PIV Card"
WITHOUT_PIN = "read without the PIN: what stands behind it could not be told"


@dataclass(frozen=True)
class _Around:
    """The options that say what stands around the card."""

    at: datetime
    trust: Path | None
    crls: Path | None
    test_pki: bool

    def context(self) -> CardContext:
        """What the judge is told. BadInput."""
        try:
            found = read_trust(self.trust, self.crls, frozenset())
        except TrustError as problem:
            raise BadInput(f"--{problem.key} {problem}") from None
        return CardContext(
            self.at, _der(found.anchors), _der(found.intermediates), tuple(found.crls), test_pki=self.test_pki
        )


@click.command("check", context_settings={"show_default": True})
@click.option("--reader", metavar="NAME", help="The PC/SC reader with this in its name.")
@click.option("--image", "folder", metavar="FOLDER", type=click.Path(path_type=Path), help="A card image instead.")
@click.option("--at", callback=moment, metavar="ISO", help="Judge as of this moment; default: now.")
@click.option("--pin-file", metavar="FILE", help="Its first line is the PIN; default: you are asked for it.")
@click.option(
    "--trust", metavar="FOLDER", type=click.Path(path_type=Path), help="CA certificates; self-signed ones are trusted."
)
@click.option("--crls", metavar="FOLDER", type=click.Path(path_type=Path), help="CRLs to tell revocation by.")
@click.option("--test-pki", is_flag=True, help="The card was issued under the policies of the test arc.")
@click.option("--format", "form", default="table", metavar="NAME", help=f"{', '.join(FORMATS)}.")
@click.option("--all", "everything", is_flag=True, help="In the table, also what holds or does not apply.")
def check(
    reader: str | None,
    folder: Path | None,
    at: datetime | None,
    pin_file: str | None,
    trust: Path | None,
    crls: Path | None,
    test_pki: bool,
    form: str,
    everything: bool,
) -> int:
    """Say which requirements hold on a PIV Card.

    CHUID, certificates, keys, Security Object, biometrics, Discovery and CCC are read through the card's edge, and
    judged against each other; each key with a certificate answers a random challenge. Nothing is written. The PIN is
    verified once, and not at all while fewer than two tries are left; without it, what stands behind it cannot be told.
    The PIN of an image is 123456, its Global PIN 654321. No path can be told without --trust, no status in it without
    --crls.

    \b
    Examples:
      dpc card check --reader Omnikey --pin-file pin.txt --trust roots/ --crls crls/
      dpc card check --image my-card/ --at 2020-06-01 --test-pki
      dpc card check --image my-card/ --format sarif > findings.sarif

    \b
    Exit codes:
      0  nothing failed (warnings, and what could not be told, do not count)
      1  a requirement failed
      4  bad input, or no card
    """
    known("format", form, FORMATS)
    if (folder is None) == (reader is None):
        raise BadInput("name either the --image folder of a card or a --reader")
    around = _Around(at or machine_now(), trust, crls, test_pki)
    context = around.context()
    given = None if pin_file is None else pin_in(pin_file)
    with card_from(folder, reader) as source:
        pin = given or source.pin or asked_pin()
        reading = reading_of(source.card, pin, context.moment)
    judged = Judged(
        (_judged(source.name, reading, context),),
        context.moment,
        Edition.FINAL_2014.heading,
        {},
        __version__,
    )
    print_findings(judged, form, everything)
    return FAILED if judged.failed else 0


def _judged(name: str, reading: CardReading, context: CardContext) -> JudgedObject:
    rows = tuple(_row(each, context) for each in judge_card(reading, context))
    chuid = reading.before_pin.get(containers.CHUID.tag)
    fingerprint = hashlib.sha256(chuid.data if chuid else b"").hexdigest()
    notes = (WITHOUT_PIN,) if reading.after_pin is None else ()
    return JudgedObject(name, KIND, "", fingerprint, _holder(reading), rows, notes)


def _row(each: Evaluated, context: CardContext) -> Row:
    try:
        rule = check_for(each.requirement, Evidence.CARD)
    except KeyError:
        rule = check_for(each.requirement, Evidence.SIGNED_OBJECT)
    return row_of(each, rule.sentence, Edition.FINAL_2014, {}, context.moment)


def _holder(reading: CardReading) -> str:
    try:
        return str(certificate_of_key(reading, containers.PIV_AUTHENTICATION_KEY).subject)
    except (NotThere, Malformed):
        return ""


def _der(certificates: Iterable[x509.Certificate]) -> tuple[bytes, ...]:
    return tuple(each.public_bytes(Encoding.DER) for each in certificates)
