"""At four fifths of a credential's lifetime its holder is asked for a new request, once and as configured."""

from datetime import timedelta

import pytest
from example_tenant import FIRST, ISSUER, LIFE, RENEW, START, certificate, told

from dpc_conformance.roles.device_manager import DerivedCredentialSetting


@pytest.mark.parametrize(
    ("types", "in_app", "mails"),
    [({"app"}, [RENEW], []), ({"e-mail"}, [], [RENEW]), ({"app", "e-mail"}, [RENEW], [RENEW]), (set(), [], [])],
)
def test_four_fifths_of_a_lifetime_are_told_once(manager, holding, clock, sent, types, in_app, mails):
    manager.configure_issuer(DerivedCredentialSetting("Example", ISSUER, None, frozenset(types)))
    pushed, mailed = len(told(holding)), len(sent)

    def new():
        return told(holding)[pushed:], [subject for _, subject, _ in sent[mailed:]]

    clock.advance(0.79 * LIFE)
    assert new() == ([], [])
    clock.advance(0.01 * LIFE)
    assert new() == (in_app, mails)
    holding.check_in(FIRST)
    clock.advance(0.01 * LIFE)
    assert new() == (in_app, mails)


@pytest.mark.parametrize("why", ["replaced", "issuer deleted", "retired"])
def test_nobody_is_asked_to_renew_what_is_gone(manager, holding, clock, why):
    match why:
        case "replaced":
            holding.check_in({"authentication": certificate(9, START + timedelta(days=50))})
        case "issuer deleted":
            manager.delete_issuer()
        case "retired":
            manager.retire(holding.device_id)
    clock.advance(0.85 * LIFE)
    assert RENEW not in [each.title for each in manager.parts.notifier.pushed(holding.device_id)]
