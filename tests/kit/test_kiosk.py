"""The reference's issuer, which believes the kit's root about cards and no other, takes and refuses what it must."""

import pytest
from cryptography import x509

from dpc_conformance.adapters.registry import adapters_of
from dpc_conformance.casting import Stage
from dpc_conformance.clock import machine_now
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.reference.card.personalise import certificate_on
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.target import load_target

BY_A_KIOSK_THAT_READS = '[roles.issuer]\nadapter = "reference"\nreads_card = true\n'


@pytest.fixture(scope="module")
def stage():
    """One for all cards."""
    opened = Stage(load_target(), machine_now(), "a lab")
    yield opened
    opened.close()


@pytest.fixture
def opened(stage, target):
    """The cast of a scenario with the kit's cards."""

    def opens(more="", before=()):
        target.write_text(target.read_text() + more)
        return stage.scene(Recorder(), "a lab", (*before, *adapters_of(load_target(target))))

    return opens


def tried(cast, take) -> tuple[str, ...]:
    """The reasons on record after a sign-in with that card; none where the kiosk let its holder in."""
    # Not before: other tests register this module with pytest, which has to see it first.
    from dpc_conformance.fixtures.outcome import attempted

    before, (card, pin) = len(cast.issuer.audit()), take()
    cast.workstation.insert_card(card)
    cast.workstation.browse(cast.issuer.kiosk_address)
    outcome = attempted(lambda: cast.workstation.sign_in_with_card(pin))
    reasons = tuple(each.reason for each in cast.issuer.audit()[before:] if each.outcome == "refused")
    assert outcome.refused is bool(reasons)
    return reasons


def test_each_card_ends_at_the_kiosk_as_the_table_says(lab, opened) -> None:
    with opened(BY_A_KIOSK_THAT_READS) as cast:
        ends = {kind: tried(cast, lambda kind=kind: cast.card_stock.take(kind)) for kind in lab.kit.cards}
    assert {kind: bool(reasons) for kind, reasons in ends.items()} == {
        kind: each.must_be == "refused" for kind, each in lab.kit.cards.items()
    }
    assert {kind: ends[kind][0] in each.reasons for kind, each in lab.kit.cards.items() if each.reasons} == {
        kind: True for kind, each in lab.kit.cards.items() if each.reasons
    }


def test_what_only_the_data_show_is_not_seen_where_the_kiosk_does_not_read(lab, opened) -> None:
    unseen = [kind for kind, each in lab.kit.cards.items() if each.seen_in == "card data"]
    assert len(unseen) > 8
    with opened() as cast:
        assert {kind: tried(cast, lambda kind=kind: cast.card_stock.take(kind)) for kind in unseen} == dict.fromkeys(
            unseen, ()
        )


def test_a_good_card_of_another_pki_is_refused(opened) -> None:
    own = []
    with opened(before=[lambda scene: own.append(scene.stock)]) as cast:
        assert tried(cast, lambda: cast.card_stock.take("good")) == ()
        assert tried(cast, lambda: own[0].take("good")) == ("path",)


def test_the_kit_stays_as_it_is_during_a_run(opened) -> None:
    with opened() as cast:
        for change in (lambda: cast.card_stock.revoke("good"), cast.card_stock.silence_status_services):
            with pytest.raises(NotSupported, match="the kit cannot"):
                change()
        with pytest.raises(NotSupported, match="supply a card of kind 'golden'"):
            cast.card_stock.take("golden")


def test_operators_log_on_with_a_card_of_the_kit(opened) -> None:
    with opened() as cast:
        card, _ = cast.card_stock.take("operator")
        certificate = x509.load_der_x509_certificate(certificate_on(card))
        assert cast.issuer.parts.hardware.operator_judge.judge(certificate) is None
