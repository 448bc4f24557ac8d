"""The inventory of devices: to whom a phone was issued, and what a device statement says of it."""

import pytest
from example_tenant import ALEX, BOTH, ISSUER
from joserfc import jwt
from joserfc.jwk import ECKey

from dpc_conformance.roles.people import Person

BLAKE = Person("acct-blake", "Blake", "Baker", "blake@agency.example", "blake.baker@agency.example")


def test_a_statement_says_to_whom_the_inventory_has_issued_the_device(manager, phone, id_token):
    device = phone(module="SE-1")
    device.enrol(id_token(), "Model 1")
    manager.configure_issuer(BOTH)
    manager.target(ALEX)
    manager.issue_device(device.device_id, BLAKE)
    claims = jwt.decode(device.statement(ISSUER), ECKey.import_key(manager.statement_key)).claims
    assert (claims["sub"], claims["module"], claims["issued_to"]) == (ALEX.account, "SE-1", BLAKE.account)
    asset = manager.asset_of(device.device_id)
    assert (asset.module, asset.issued_to) == ("SE-1", BLAKE.account)


def test_a_device_outside_the_inventory_was_issued_to_nobody(manager, phone, id_token):
    device = phone(module="SE-2")
    device.enrol(id_token(), "Model 1")
    assert manager.asset_of(device.device_id) is None
    assert manager.asset_of("unknown") is None
    with pytest.raises(LookupError, match="there is no phone"):
        manager.issue_device("unknown", ALEX)
