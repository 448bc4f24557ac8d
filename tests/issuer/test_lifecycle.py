"""What the issuer does about what the agency tells it, and how soon."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.evidence.lifecycle import AgencyNotice
from dpc_conformance.roles.reasons import Reason


def tell(stage, kind, subject="", **more):
    notice = AgencyNotice(stage.clock.now(), kind, stage.ALEX.account, subject or stage.ALEX.account, **more)
    stage.issuer.agency_tells(notice)
    stage.clock.advance(timedelta(hours=18))


def statuses(stage):
    return [each.status for each in stage.issuer.credentials_of(stage.ALEX)]


def card_uuid(stage):
    return next(each for each in stage.issuer.card_links(stage.ALEX)[0].identifiers if each.startswith("urn:uuid:"))


def test_the_end_of_the_account_is_learnt_and_acted_on_within_eighteen_hours(stage, card, phone):
    stage.enrolled(card, phone)
    tell(stage, "account-terminated")
    assert statuses(stage) == ["revoked"]
    (learnt,) = stage.decisions("learn")
    assert learnt.at - stage.decisions("issue")[0].at <= timedelta(hours=12)


@pytest.mark.parametrize(
    ("reason", "after"), [("separation", "revoked"), ("death", "revoked"), ("replacement", "delivered")]
)
def test_the_end_of_a_card_counts_by_its_reason(stage, card, phone, reason, after):
    stage.enrolled(card, phone)
    tell(stage, "card-terminated", card_uuid(stage), reason=reason)
    assert statuses(stage) == [after]


def test_what_an_older_card_authorised_ends_with_the_account(stage, card, phone):
    stage.enrolled(card, phone)
    new = stage.card(label="new card")
    tell(stage, "card-replaced", card_uuid(stage), certificate=new.public_bytes(Encoding.DER))
    assert statuses(stage) == ["delivered"]
    assert stage.browser().sign_in(new).status_code == 200
    tell(stage, "account-terminated")
    assert statuses(stage) == ["revoked"]


def test_a_lost_phone_takes_nothing_else_with_it(stage, card, phone):
    stage.enrolled(card, phone)
    stage.enrolled(card, stage.Phone(stage.ALEX.account, "phone-2"))
    tell(stage, "device-lost", "phone-2")
    assert statuses(stage) == ["delivered", "revoked"]


@pytest.mark.parametrize(("days", "reviews"), [(4, 1), (8, 0)])
def test_bindings_of_the_week_before_a_loss_are_reviewed(stage, card, phone, days, reviews):
    stage.enrolled(card, phone)
    stage.clock.advance(timedelta(days=days))
    tell(stage, "card-lost", card_uuid(stage))
    assert len(stage.decisions("open-review")) == reviews
    stage.issuer.close_reviews(stage.ALEX, "security.officer", confirmed=False)
    assert statuses(stage) == ["revoked" if reviews else "delivered"]
    assert [record.actor for record in stage.decisions("close-review")] == ["security.officer"] * reviews


@pytest.mark.parametrize(("hours_before", "after"), [(1, "revoked"), (-1, "delivered")])
def test_a_compromise_reaches_back_to_its_beginning_and_no_further(stage, card, phone, hours_before, after):
    stage.enrolled(card, phone)
    since = stage.clock.now() - timedelta(hours=hours_before)
    stage.clock.advance(timedelta(hours=2))
    der = card.public_bytes(Encoding.DER)
    tell(stage, "card-compromised", card_uuid(stage), since=since, certificate=der)
    assert statuses(stage) == [after]


def test_a_notice_about_nobody_holds_up_nothing(stage, card, phone):
    stage.enrolled(card, phone)
    stage.issuer.agency_tells(AgencyNotice(stage.clock.now(), "account-terminated", "acct-nobody", "acct-nobody"))
    tell(stage, "account-terminated")
    assert stage.last_refusal().reason == Reason.UNKNOWN_ACCOUNT
    assert statuses(stage) == ["revoked"]


def test_after_a_restart_the_feed_is_read_where_it_was_left(stage, card, phone):
    stage.enrolled(card, phone)
    tell(stage, "not-needed")
    stage.restart()
    assert stage.decisions("learn")
    tell(stage, "account-terminated")
    assert [record.detail for record in stage.decisions("learn")] == ["not-needed", "account-terminated"]
