"""The stock: each kind once, each with its holder, and nothing wrong with it but what its name says."""

import pytest
from cryptography import x509

from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.protocols.piv_card import PivCard
from dpc_conformance.reference.card.personalise import certificate_on
from dpc_conformance.reference.card.stock import HOLDERS, ReferenceCardStock
from dpc_conformance.roles.errors import NotSupported


class Notebook:
    """Remembers what the stock asked the status services and the issuer for."""

    def __init__(self):
        self.revoked, self.registered, self.silent = {}, {}, []

    def revoke(self, certificate, reason="keyCompromise", hold=False):
        self.revoked[certificate.serial_number] = "hold" if hold else reason

    def silence(self, host):
        self.silent.append(host)

    def register(self, person, certificate):
        self.registered[person.account] = certificate


@pytest.fixture
def notebook():
    return Notebook()


@pytest.fixture
def stock(pki, pool, clock, notebook):
    return ReferenceCardStock(pki, notebook, clock, SeededEntropy("stock"), pool.scenario(), notebook.register)


@pytest.mark.parametrize("kind", HOLDERS)
def test_each_kind_can_be_taken_and_used_with_its_pin(stock, notebook, clock, kind):
    card, pin = stock.take(kind)
    piv = PivCard(card, Recorder(), clock)
    piv.select()
    piv.verify_pin(pin)
    assert piv.sign_raw(0x9A, bytes(32))
    account = {stock.holder_of(kind).account: certificate_on(card)}
    assert notebook.registered == (account if kind != "no-account" else {})
    serial = x509.load_der_x509_certificate(certificate_on(card)).serial_number
    card_key = x509.load_der_x509_certificate(certificate_on(card, 0x9E)).serial_number
    expected = {
        "revoked": {serial: "keyCompromise"},
        "suspended": {serial: "hold"},
        "card-authentication-revoked": {card_key: "keyCompromise"},
    }
    assert notebook.revoked == expected.get(kind, {})


def test_taking_a_kind_again_gives_the_same_card(stock, notebook):
    first, second = stock.take("revoked"), stock.take("revoked")
    assert first[0] is second[0]
    assert len(notebook.revoked) == 1


def test_holders_are_different_people_with_different_cards(stock):
    cards = [certificate_on(stock.take(kind)[0]) for kind in HOLDERS]
    assert len(set(cards)) == len(HOLDERS)
    people = {kind: stock.holder_of(kind).account for kind in HOLDERS}
    later_cards = [people.pop(kind) for kind in ("replacement", "affiliate")]
    assert later_cards == [people["good"]] * 2
    assert len(set(people.values())) == len(people)


def test_a_good_card_can_be_revoked_later(stock, notebook):
    card, _ = stock.take("good")
    assert notebook.revoked == {}
    stock.revoke("good")
    serial = x509.load_der_x509_certificate(certificate_on(card)).serial_number
    assert notebook.revoked == {serial: "keyCompromise"}


def test_status_services_can_be_silenced(stock, notebook):
    stock.silence_status_services()
    assert notebook.silent == ["crl.dpc.example", "ocsp.dpc.example"]


def test_a_kind_that_is_not_in_stock(stock):
    with pytest.raises(NotSupported, match="supply a card of kind 'cursed'"):
        stock.take("cursed")
    with pytest.raises(NotSupported):
        stock.holder_of("cursed")
