"""Holds: put on the CRL, taken off again, and never without an end."""

from datetime import timedelta

import pytest

from dpc_conformance.reference.issuer.suspension import cannot_hold
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.roles.reasons import Reason


@pytest.fixture
def held(stage, card, phone):
    """An enrolled person's credential on hold."""
    certificate = stage.enrolled(card, phone)
    stage.issuer.suspend(stage.ALEX)
    assert stage.parts.renewal_judge.judge(certificate).reason is Reason.REVOKED
    return certificate


def test_a_hold_ends_with_the_card(stage, held):
    assert stage.parts.maintenance.suspensions.restore(stage.ALEX.account) == 1
    assert stage.parts.renewal_judge.judge(held) is None
    stage.clock.advance(timedelta(days=31))
    assert stage.issuer.credentials_of(stage.ALEX)[0].status == "delivered"
    assert stage.parts.maintenance.suspensions.restore(stage.ALEX.account) == 0


def test_a_hold_becomes_a_revocation_after_a_restart_too(stage, held):
    stage.restart()
    stage.clock.advance(timedelta(days=29))
    assert stage.issuer.credentials_of(stage.ALEX)[0].status == "delivered"
    stage.clock.advance(timedelta(days=1))
    assert stage.issuer.credentials_of(stage.ALEX)[0].status == "revoked"
    assert stage.parts.renewal_judge.judge(held).reason is Reason.REVOKED


def test_a_second_hold_has_its_own_end(stage, held):
    stage.clock.advance(timedelta(days=20))
    stage.parts.maintenance.suspensions.restore(stage.ALEX.account)
    stage.issuer.suspend(stage.ALEX)
    stage.clock.advance(timedelta(days=11))
    assert stage.issuer.credentials_of(stage.ALEX)[0].status == "delivered"
    stage.clock.advance(timedelta(days=20))
    assert stage.issuer.credentials_of(stage.ALEX)[0].status == "revoked"
    assert held is not None


def test_an_account_that_ends_takes_what_is_on_hold_with_it(stage, held):
    stage.issuer.terminate_account(stage.ALEX)
    assert stage.parts.maintenance.suspensions.restore(stage.ALEX.account) == 0
    assert stage.parts.renewal_judge.judge(held).reason is Reason.REVOKED


def test_an_authority_without_holds_says_so(held):
    with pytest.raises(NotSupported):
        cannot_hold(held)
