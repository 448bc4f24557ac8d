"""An authenticator that has ended signs nobody in, whether or not its account still lists it."""

import pytest
from timelines import AT, DAY, HOLDER, HOUR, MINUTE, entry, facts

from dpc_conformance.checks.flow.non_pki import ends_and_is_not_replaced
from dpc_conformance.evidence.lifecycle import AgencyNotice
from dpc_conformance.evidence.non_pki import (
    AuthenticatorRemoved,
    AuthenticatorSignIn,
    AuthenticatorsSeen,
    BoundAuthenticator,
)

LOGIN = "https://login.agency.example"
BOUND = BoundAuthenticator("c1", "k1", "a", 2, "basic", True, False, AT, AT, "bound")
ENDED = AgencyNotice(AT + DAY, "account-terminated", HOLDER, HOLDER)


def snapshot(at, *bound):
    return AuthenticatorsSeen(at, (), bound, (LOGIN,))


@pytest.mark.parametrize(
    ("tries", "holds"), [([False], True), ([True], False), ([], False)], ids=["refused", "accepted", "not tried"]
)
def test_a_reference_that_was_removed_is_tried_all_the_same(tries, holds):
    signed_in = [AuthenticatorSignIn(AT + 2 * DAY, "c1", LOGIN, accepted) for accepted in tries]
    timeline = [snapshot(AT + HOUR, BOUND), ENDED, *signed_in, snapshot(AT + 3 * DAY)]
    known = facts(timeline, [entry("sign-in", at=AT - MINUTE)])
    assert (ends_and_is_not_replaced(known) is None) is holds


def test_what_its_holder_removed_does_not_end_once_more_with_the_account():
    tried = AuthenticatorSignIn(AT + 3 * HOUR, "c1", LOGIN, False)
    timeline = [snapshot(AT + HOUR, BOUND), AuthenticatorRemoved(AT + 2 * HOUR, "c1"), tried, ENDED]
    known = facts([*timeline, snapshot(AT + 3 * DAY)], [entry("sign-in", at=AT - MINUTE)])
    assert ends_and_is_not_replaced(known) is None
