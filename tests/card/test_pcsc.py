"""The PC/SC adapter with a stand-in for pyscard: what it says when something is missing, and what it forwards."""

import sys
from types import ModuleType, SimpleNamespace

import pytest
from click.testing import CliRunner

from dpc_conformance.adapters.pcsc import PcscCard, PcscUnavailable, readers
from dpc_conformance.commands.card import card as command
from dpc_conformance.roles.errors import CardRemoved


class BaseSCardException(Exception):
    pass


class SmartcardException(Exception):
    pass


class NoCardException(SmartcardException):
    pass


class CardConnectionException(SmartcardException):
    pass


class Connection:
    def __init__(self, reader):
        self.reader, self.connected, self.disposition = reader, False, None

    def connect(self):
        if not self.reader.inserted:
            raise NoCardException
        self.connected = True

    def reconnect(self, disposition):
        self.connect()
        self.disposition = disposition

    def transmit(self, command):
        if not self.reader.inserted:
            raise CardConnectionException
        return command[:2], 0x90, 0x00


class Reader:
    def __init__(self, name, inserted=True):
        self.name, self.inserted = name, inserted

    def __str__(self):
        return self.name

    def createConnection(self):  # noqa: N802  pyscard's name
        self.connection = Connection(self)
        return self.connection


@pytest.fixture
def pyscard(monkeypatch):
    """A pyscard whose readers a test decides."""
    state = SimpleNamespace(readers=[], service=True)

    def list_readers():
        if not state.service:
            raise BaseSCardException
        return state.readers

    modules = {
        "smartcard": {},
        "smartcard.System": {"readers": list_readers},
        "smartcard.Exceptions": {
            "SmartcardException": SmartcardException,
            "NoCardException": NoCardException,
            "CardConnectionException": CardConnectionException,
        },
        "smartcard.pcsc": {},
        "smartcard.pcsc.PCSCExceptions": {"BaseSCardException": BaseSCardException},
        "smartcard.scard": {"SCARD_UNPOWER_CARD": 2},
    }
    for name, contents in modules.items():
        module = ModuleType(name)
        vars(module).update(contents)
        monkeypatch.setitem(sys.modules, name, module)
    return state


def test_without_pyscard_a_sentence_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "smartcard.System", None)
    with pytest.raises(PcscUnavailable, match=r"extra \[card\]"):
        readers()
    result = CliRunner().invoke(command, ["show", "--reader", "any"])
    assert result.exit_code == 4
    assert "extra [card]" in result.stderr


def test_without_a_service_a_sentence_names_it(pyscard):
    pyscard.service = False
    result = CliRunner().invoke(command, ["readers"])
    assert result.exit_code == 4
    assert "no PC/SC service" in result.stderr


def test_readers_are_listed(pyscard):
    assert CliRunner().invoke(command, ["readers"]).output == "no reader is connected\n"
    pyscard.readers = [Reader("Lab PIV 00 00"), Reader("Lab PIV 00 01")]
    assert CliRunner().invoke(command, ["readers"]).output == "Lab PIV 00 00\nLab PIV 00 01\n"


def test_a_reader_is_chosen_by_a_part_of_its_name_that_fits_one(pyscard):
    pyscard.readers = [Reader("Lab PIV 00 00"), Reader("Lab PIV 00 01")]
    assert PcscCard("00 01").transmit(b"\x00\xa4\x04\x00") == b"\x00\xa4\x90\x00"
    for name, count in (("lab", "2 readers"), ("desk", "0 readers")):
        with pytest.raises(PcscUnavailable, match=f"{count} have .*Lab PIV 00 00, Lab PIV 00 01"):
            PcscCard(name)


def test_a_card_that_is_not_there_or_was_pulled_out_is_removed(pyscard):
    reader = Reader("Lab")
    pyscard.readers = [reader]
    card = PcscCard("Lab")
    card.reset()
    assert reader.connection.disposition == 2
    reader.inserted = False
    with pytest.raises(CardRemoved):
        card.transmit(b"\x00")
    with pytest.raises(CardRemoved):
        card.reset()
    result = CliRunner().invoke(command, ["show", "--reader", "Lab"])
    assert (result.exit_code, result.stderr) == (4, "Error: there is no card in the reader\n")
