"""A part that is put in the place of another one takes effect everywhere, which is how defects are seeded."""

from dataclasses import replace

from dpc_conformance.reference.issuer.binding_secrets import BindingSecrets


class AlwaysGood:
    """A judge that is blind."""

    def judge(self, *_):
        return None


class LooksThenActs(BindingSecrets):
    """A secret store that never uses a secret up."""

    def spend(self, *_):
        return None


def test_a_blind_judge(stage, card, phone):
    stage.restart()
    stage.parts.judge = AlwaysGood()
    stage.status.revoke(card)
    assert stage.enrolled(card, phone)


def test_secrets_that_work_twice(stage, card, phone):
    parts = stage.parts
    parts.secrets = LooksThenActs(parts.store, parts.audit, parts.clock, parts.randomness, parts.settings)
    payload = stage.qr_code(card)
    assert stage.redeem(payload, phone).token != stage.redeem(payload, phone).token


def test_obligations_that_nobody_asks_for(stage):
    stage.parts.kiosk.obliged = lambda _: None
    browser = stage.browser()
    browser.sign_in(stage.enrol_person())
    assert "<img" in browser.request_id(obligations=None).text


def test_weaker_settings(stage):
    stage.parts.settings = replace(stage.parts.settings, secret_bytes=15)
    assert len(stage.qr_code(stage.enrol_person()).secret) == 15
