"""An issuer that is deleted takes with it what came from it, also when the same one is added again."""

import pytest
from example_tenant import ALEX, BOTH, FIRST, ISSUER, SETUP, certificate, told

from dpc_conformance.roles.profiles import WifiProfile

WIFI = WifiProfile("Office Wi-Fi", "office")


def test_a_deleted_issuer_ends_what_came_from_it(manager, holding):
    manager.deploy(WIFI, ALEX)
    manager.delete_issuer()
    answer = holding.check_in(FIRST)
    assert (answer.credential_stands, answer.profiles) == (False, ())
    assert holding.configuration().issuer_address is None
    assert holding.check_in({}).credential_stands
    with pytest.raises(LookupError):
        manager.delete_issuer()


def test_the_same_issuer_again_is_another_issuer(manager, holding):
    manager.deploy(WIFI, ALEX)
    before = len(told(holding))
    manager.delete_issuer()
    manager.configure_issuer(BOTH)
    assert told(holding)[before:] == [SETUP]
    assert not holding.check_in(FIRST).credential_stands
    holding.check_in({})
    holding.statement(ISSUER)
    new = {"authentication": certificate(9)}
    answer = holding.check_in(new)
    assert (answer.credential_stands, answer.profiles) == (True, ())
    manager.deploy(WifiProfile("Office Wi-Fi", "office", description="edited"), ALEX)
    assert len(holding.check_in(new).profiles) == 1


def test_a_credential_that_arrives_after_its_issuer_was_deleted_does_not_stand(manager, enrolled):
    manager.target(ALEX)
    enrolled.statement(ISSUER)
    manager.delete_issuer()
    manager.configure_issuer(BOTH)
    assert not enrolled.check_in(FIRST).credential_stands


def test_a_credential_for_which_no_statement_was_made_does_not_stand(enrolled):
    assert not enrolled.check_in(FIRST).credential_stands
