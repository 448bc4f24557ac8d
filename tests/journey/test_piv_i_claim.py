"""Where a product claims a policy of its own for PIV-I cards, only a person can tell what it issues for them."""

from types import SimpleNamespace

import pytest

from dpc_conformance.catalogue.claims import Claims
from dpc_conformance.roles.errors import LeftToReview, RefusedAtTls
from dpc_conformance.roles.screens import Screen

OWN_POLICY = Claims(piv_i_cards="own-policy")


@pytest.fixture
def sign_in():
    """How a sign-in ended with a card of that kind, at a kiosk that lets its holder in or does not."""

    def tried(kind: str, claims: Claims, *, let_in: bool):
        from dpc_conformance.fixtures.kiosk import Kiosk

        def page(*_) -> Screen:
            if let_in:
                return Screen("Home", "", ("Request my ID",))
            raise RefusedAtTls("issuer", "bad certificate")

        workstation = SimpleNamespace(browse=lambda _: None, sign_in_with_card=page)
        cast = SimpleNamespace(workstation=workstation, issuer=SimpleNamespace(kiosk_address=""))
        judge = SimpleNamespace(control=lambda *_, **__: None)
        return Kiosk(cast, SimpleNamespace(kind=kind, pin=""), judge, claims).sign_in()

    return tried


def test_a_kiosk_that_lets_a_piv_i_card_in_is_left_to_a_person_where_that_is_claimed(sign_in) -> None:
    with pytest.raises(LeftToReview, match=r"neither \.40 nor \.41"):
        sign_in("piv-i", OWN_POLICY, let_in=True)


def test_nothing_else_is_left_to_a_person(sign_in) -> None:
    assert not sign_in("piv-i", Claims(), let_in=True).refused  # which the step takes for a failure
    assert sign_in("piv-i", OWN_POLICY, let_in=False).refused
    assert not sign_in("good", OWN_POLICY, let_in=True).refused
    assert not sign_in("wrong-policy", OWN_POLICY, let_in=True).refused
