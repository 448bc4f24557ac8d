"""The features of memory with card or token in a PC/SC reader: a good one fails nothing, and defects are found.

The features run in a process of their own, as a vendor runs them; card and token are plugged in by this one.
"""

import os
import subprocess
import sys
from contextlib import contextmanager

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance import HOME
from dpc_conformance.adapters.real_card import serial_of_card, serial_of_token
from dpc_conformance.adapters.vpcd_plug import plug
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.faults.matrix import row_of
from dpc_conformance.faults.registry import Fault, faults
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.reference.card.image import load

scard = pytest.importorskip("smartcard.scard")
MARKED = (
    "data objects can be written without contacts",
    "an object that is too large wipes out the one before",
    "authentication key can still be used after a reset",
    "token goes on with a chain after another command",
    "fingerprints can be read without the PIN",
)
"""Defects whose finding depends on what a reader may change: power, chains, long commands, two interfaces."""
FAULTS = {fault.name: fault for fault in faults()}
NONE = Fault("none", lambda _: None, frozenset())
WHOLE = {
    "token": ("01_selection", "03_verify", "06_general_authenticate", "08_put_data"),
    "card": ("chuid", "certificates_and_keys", "biometrics", "security_object", "pin"),
}
"""What a good one meets, by kind: features full of commands."""
FEWEST = {"token": 20, "card": 15}
"""Scenarios that they hold at least; with a card, those about its issuer are left out."""
ANY_PATH = "not DPC-APP-AUTHMECH-01"
"""The run has authorities of its own that have the names of those above the token: no path can be found."""
SECONDS = 120
TOKEN = """
name = "A token in a reader"
scope = "removable-token"
[roles.token]
adapter = "pcsc"
reader = "{reader}"
contactless_reader = "{contactless}"
secrets_file = "secrets.toml"
expendable = true
[claims]
removable_token = true
"""
SECRETS = """
activation_secret = "{0.activation_secret}"
unblocking_key = "{1}"
administration_key = "{2}"
administration_algorithm = {0.administration_algorithm}
"""
CARD = """
name = "A card in a reader"
scope = "card"
[roles.card]
adapter = "pcsc"
reader = "{reader}"
pin_variable = "PIN_OF_THE_CARD"
trust = "{trust}"
"""
STRANGE, STRANGE_DAY = "46_Golden_FIPS_201-2_PIV", "2020-06-01"
"""A card that nobody here made, and a day on which it was good."""


class InTheField:
    """The contactless interface of a card that is in another reader too: pcscd cuts the power of this one alone."""

    def __init__(self, card):
        self._card = card

    def transmit(self, command):
        return self._card.transmit(command, contactless=True)

    def reset(self):
        self._card.contactless_session.end()


def wait_for_card(reader):
    """Until pcscd shows a card in that reader, at most ten seconds."""
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    state = scard.SCARD_STATE_EMPTY
    while not state & scard.SCARD_STATE_PRESENT:
        result, [(_, state, _)] = scard.SCardGetStatusChange(context, 10_000, [(reader, state)])
        assert result == scard.SCARD_S_SUCCESS, scard.SCardGetErrorMessage(result)
    scard.SCardReleaseContext(context)


@pytest.fixture
def features(daemon, tmp_path):
    """Runs features against a target; returns what came of it beside what a defect has to turn red."""

    def run(chosen, target, fault, only, *options, **environment):
        (tmp_path / "target.toml").write_text(target)
        command = [
            *(sys.executable, "-m", "pytest", f"--config-file={HOME / 'pytest.ini'}", f"--rootdir={HOME}", "-q"),
            *("-o", "addopts=--strict-markers --strict-config", "-o", f"cache_dir={tmp_path / 'cache'}"),
            *("-p", "pytest_bdd.plugin", "-p", "dpc_conformance.suite.plugin", "-m", only),
            *(f"--target={tmp_path / 'target.toml'}", f"--journal={tmp_path / 'journal'}"),
            *options,
            *(str(HOME / "features" / name) for name in chosen),
        ]
        answer = subprocess.run(
            command,
            cwd=HOME,
            env=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"} | environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert answer.returncode in (0, 1), answer.stdout + answer.stderr
        return row_of(fault, tmp_path / "journal")

    return run


@pytest.fixture
def over_pcsc(stage, daemon, tmp_path, features):
    """Plugs in a card or token with that defect, and runs those features, `only` some of their scenarios."""

    @contextmanager
    def token_in_reader(fault):
        with stage.token(Recorder(), f"token: {fault.name}", [fault.swap]) as cast:
            token, contactless = cast.token, daemon.reader.replace("00 00", "00 01")
            held = token.secrets
            keys = held.unblocking_key.hex(), held.administration_key.hex()
            (tmp_path / "secrets.toml").write_text(SECRETS.format(held, *keys))
            edge = PivCard(token.card, Recorder(), RunClock(machine_now()))
            edge.select(token.aid)
            serial = serial_of_token(edge)
            with daemon.holding(token.card), plug(InTheField(token.card), daemon.port + 1):
                wait_for_card(contactless)
                yield TOKEN.format(reader=daemon.reader, contactless=contactless), serial, {}

    @contextmanager
    def card_in_reader(fault):
        trust = tmp_path / "authorities"
        trust.mkdir()
        for number, authority in enumerate(stage._reference.pki.authorities):
            (trust / f"{number}.pem").write_bytes(authority.certificate.public_bytes(Encoding.PEM))
        with stage.scene(Recorder(), f"card: {fault.name}", [fault.swap]) as cast:
            edge = PivCard(cast.card, Recorder(), RunClock(machine_now()))
            edge.select()
            serial = serial_of_card(edge)
            with daemon.holding(cast.card):
                yield CARD.format(reader=daemon.reader, trust=trust), serial, {"PIN_OF_THE_CARD": cast.pin}

    def run(kind, fault, chosen, only):
        with {"token": token_in_reader, "card": card_in_reader}[kind](fault) as (target, serial, environment):
            return features(chosen, target, fault, only, f"--allow-destructive={serial}", **environment)

    return run


@pytest.mark.parametrize("kind", ["token", "card"])
def test_a_good_one_fails_nothing(over_pcsc, kind):
    row = over_pcsc(kind, NONE, [f"{kind}/{name}.feature" for name in WHOLE[kind]], ANY_PATH)
    assert row.scenarios >= FEWEST[kind]
    assert row.caught, str(row)


@pytest.mark.parametrize("name", MARKED)
def test_a_defect_turns_red_exactly_what_it_names(over_pcsc, name):
    fault = FAULTS[name]
    row = over_pcsc(fault.folder, fault, [fault.folder], " or ".join(fault.trips))
    assert row.caught, str(row)


def test_a_card_that_nobody_here_made_walks_the_journey_from_a_reader(features, daemon, icam_cards):
    image = load(icam_cards / STRANGE)
    more = f'crls = "{icam_cards / "crls"}"\npolicies = ["2.16.840.1.101.3.2.1.48.11"]\n'
    with daemon.holding(image.card):
        target = CARD.format(reader=daemon.reader, trust=icam_cards / "CA") + more
        clock = f"--clock={STRANGE_DAY}"
        row = features(["sanity.feature"], target, NONE, "sanity-opens", clock, PIN_OF_THE_CARD=image.pin)
    assert row.scenarios == 1
    assert row.caught, str(row)
