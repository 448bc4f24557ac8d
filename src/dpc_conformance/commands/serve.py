"""`dpc serve`: the reference system, to try by hand and to develop against, until it is stopped."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

import click

from dpc_conformance.adapters.adapter import SceneChange
from dpc_conformance.adapters.card_image import CardImageAdapter
from dpc_conformance.adapters.card_trust import TrustError, read_trust
from dpc_conformance.adapters.issuer_of_kind import IssuerOfKind
from dpc_conformance.adapters.pcsc import PcscUnavailable
from dpc_conformance.adapters.private_pcscd import READER, PrivatePcscd, private_pcscd
from dpc_conformance.casting_served import CONSOLE, PLACES, ClockGoesBack, serve_system
from dpc_conformance.commands import run_options
from dpc_conformance.commands.card_plug import expect_reader_name
from dpc_conformance.commands.card_source import well_formed
from dpc_conformance.commands.check_options import known
from dpc_conformance.commands.errors import BadInput, CannotGoOn
from dpc_conformance.commands.fault_option import fault_of
from dpc_conformance.commands.served_words import how_to_use, write_roots
from dpc_conformance.commands.signals import ended_by_signals
from dpc_conformance.commands.until_stopped import stay
from dpc_conformance.reference import wire_bodies
from dpc_conformance.reference.card.image import DEFAULT_PIN, CardImageError
from dpc_conformance.reference.issuer.kinds import KINDS
from dpc_conformance.reference.kept_state import StateError
from dpc_conformance.reference.serving import description
from dpc_conformance.roles.card import Card

NAMES = {"console": CONSOLE, **{f"{host}:{port}": (host, port) for host, port in PLACES}}
HIGHEST_PORT = 65535


@click.command()
@click.option("--state", metavar="DIR", type=click.Path(path_type=Path), help="Keep keys, records and time here.")
@click.option("--image", metavar="FOLDER", type=click.Path(path_type=Path), help="A card image as the cardholder's.")
@click.option("--pin", metavar="DIGITS", help=f"What its holder types; default: {DEFAULT_PIN}.")
@click.option("--trust", metavar="FOLDER", type=click.Path(path_type=Path), help="CA certificates above the image.")
@click.option("--crls", metavar="FOLDER", type=click.Path(path_type=Path), help="CRLs for its certificates.")
@click.option("--policy", "policies", multiple=True, metavar="OID", help="A policy to accept besides (repeatable).")
@click.option("--issuer", "kind", default="intercede", metavar="NAME", help=f"Whose pages: {', '.join(KINDS)}.")
@click.option("--fault", "faults", multiple=True, metavar="NAME", help="Seed a defect (repeatable), see `dpc faults`.")
@click.option("--clock", callback=run_options.moment, metavar="ISO", help="The time to start at; default: now.")
@click.option("--port", "ports", multiple=True, metavar="NAME=PORT", help="A loopback port; default: a free one.")
@click.option("--reader-name", metavar="NAME", default=READER, help=f"What programs see; default: {READER}.")
@click.option("--describe", is_flag=True, help="Print OpenAPI of the protocol instead, and end.")
def serve(
    state: Path | None,
    image: Path | None,
    pin: str | None,
    trust: Path | None,
    crls: Path | None,
    policies: tuple[str, ...],
    kind: str,
    faults: tuple[str, ...],
    clock: datetime | None,
    ports: tuple[str, ...],
    reader_name: str,
    describe: bool,
) -> None:
    """Serve the reference: identity provider, issuer with its kiosk, device manager, web application, status services.

    All of it is on 127.0.0.1, under the names that stand in addresses and certificates; what is printed tells a browser
    and curl where they are. The cardholder's card is plugged into a PC/SC reader of its own, where vpcd is there.
    The console shows what each role knows, has a phone, and moves the clock. Nothing is opened; ^C and SIGTERM stop
    everything.

    Without --state everything is new each time and nothing is left. With it, CAs, card, accounts, credentials, audit
    log, revocations and the cardholder's phone are there again; sign-ins and mail are not.

    \b
    Examples:
      dpc serve
      dpc serve --issuer entrust
      dpc serve --describe > openapi.json
      dpc serve --state system/ --port console=8000 --port issuer.dpc.example:443=8001
      dpc serve --fault "issuer accepts a revoked PIV Card"
      dpc serve --image my-card/ --trust CA/ --crls crls/ --policy 2.16.840.1.101.3.2.1.48.11 --clock 2020-06-01
    """
    if describe:
        with serve_system(None, None, {}, ()) as served:
            click.echo(json.dumps(description.describe(served.applications, wire_bodies.BODIES), indent=2))
        return
    expect_reader_name(reader_name)
    known("issuer", kind, tuple(KINDS))
    swaps: list[SceneChange] = [IssuerOfKind.named(kind), *_image(image, pin, trust, crls, policies)]
    swaps += [fault_of(name).swap for name in faults]
    with ended_by_signals(), ExitStack() as stack:
        try:
            served = stack.enter_context(serve_system(state, clock, _ports(ports), swaps))
            daemon, lost = stack.enter_context(_plugged(served.cast.card, reader_name))
            click.echo(how_to_use(served, write_roots(served), daemon, lost))
        except StateError as problem:
            raise BadInput(f"--state {problem}") from None
        except ClockGoesBack as problem:
            raise BadInput(f"--clock: {problem}") from None
        except OSError as problem:
            raise CannotGoOn(f"the system cannot be served: {problem}") from None
        stay(daemon)


def _image(
    folder: Path | None, pin: str | None, trust: Path | None, crls: Path | None, policies: tuple[str, ...]
) -> Iterator[SceneChange]:
    if folder is None:
        for option, given in {"--pin": pin, "--trust": trust, "--crls": crls, "--policy": policies}.items():
            if given:
                raise BadInput(f"{option}: only a card image (--image) needs it")
        return
    if pin is not None:
        well_formed(pin, "--pin")
    try:
        made = CardImageAdapter(folder, pin or DEFAULT_PIN, read_trust(trust, crls, frozenset(policies)))
        made.load()
    except TrustError as problem:
        raise BadInput(f"--{problem.key} {problem}") from None
    except CardImageError as problem:
        raise BadInput(f"--image {problem}") from None
    yield made


def _ports(given: tuple[str, ...]) -> dict[tuple[str, int], int]:
    chosen: dict[tuple[str, int], int] = {}
    for each in given:
        name, _, port = each.partition("=")
        if name not in NAMES or not (port.isascii() and port.isdigit() and 0 < int(port) <= HIGHEST_PORT):
            raise BadInput(f"--port {each}: expected NAME=PORT, NAME being one of {', '.join(NAMES)}")
        chosen[NAMES[name]] = int(port)
    return chosen


@contextmanager
def _plugged(card: Card, reader: str) -> Iterator[tuple[PrivatePcscd | None, str]]:
    """The daemon with the card in its reader; None where there can be none, and what is missing."""
    with ExitStack() as stack:
        try:
            daemon = stack.enter_context(private_pcscd(reader))
            stack.enter_context(daemon.holding(card))
        except PcscUnavailable as problem:
            yield None, str(problem)
            return
        yield daemon, ""
