"""How strong a channel is, where a secret went, and that nobody passes for whom nothing was seen."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from timelines import AT, CARD, COLLEAGUE, HOLDER, certificate, credential, entry, facts, number

from dpc_conformance.checks.finding import CannotTell, Finding
from dpc_conformance.checks.flow import activation, activation_secret, card_keys, channel, key_delivery
from dpc_conformance.evidence.key_store import SecretChosen
from dpc_conformance.evidence.received_keys import KeyReceived
from dpc_conformance.evidence.recorder import ACTIVATION_SECRET_WAS_HERE
from dpc_conformance.evidence.records import (
    ActivationAttempted,
    CardKeyUsed,
    CertificateInstalled,
    HttpExchange,
    ScreenShown,
    TlsFacts,
)

P384 = certificate("P-384", curve=ec.SECP384R1())
STRONG, AES_128 = "TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"


def exchange(cipher=STRONG, bits=384, client="phone", **more):
    tls = TlsFacts("TLSv1.3", cipher, "EC", bits, "issuer") if cipher else None
    return HttpExchange(AT, client, "POST", "https://issuer.example/enrol", 200, tls, **more)


def installed(der):
    return CertificateInstalled(AT, "authentication", der, True)


@pytest.mark.parametrize("check", [channel.tls_is_strong, channel.secrets_travel_protected])
def test_who_saw_no_exchange_saw_no_protection(check):
    assert check(facts())
    assert check(facts([exchange(secrets_in=("body",))])) is None


@pytest.mark.parametrize(
    ("der", "exchanges", "holds"),
    [
        (P384, [exchange()], True),
        (P384, [exchange(cipher="ECDHE-ECDSA-AES256-GCM-SHA384")], True),
        (P384, [exchange(cipher=AES_128)], False),
        (P384, [exchange(cipher="ECDHE-ECDSA-AES128-GCM-SHA256")], False),
        (P384, [exchange(bits=256)], False),
        (certificate("phone"), [exchange(cipher=AES_128, bits=256)], True),
        (P384, [exchange(), exchange(cipher=AES_128, client="workstation")], True),
        (P384, [exchange(client="workstation")], False),
        (P384, [exchange(cipher=None)], False),
        (P384, [], False),
    ],
)
def test_a_channel_is_as_strong_as_its_weakest_part(der, exchanges, holds):
    assert (channel.channel_matches_the_certified_key(facts([installed(der), *exchanges])) is None) is holds


CHOSEN = SecretChosen(AT, "enrolment", "none", 8, True)


@pytest.mark.parametrize("field", ["request_body", "response_body", "request_headers", "response_headers"])
def test_an_activation_secret_may_travel_in_a_header_too(field):
    value = {"X-Hint": ACTIVATION_SECRET_WAS_HERE} if field.endswith("headers") else ACTIVATION_SECRET_WAS_HERE
    assert activation_secret.activation_data_keep_away_from_the_key(facts([CHOSEN, exchange()])) is None
    told = exchange(**{field: value})
    assert activation_secret.activation_data_keep_away_from_the_key(facts([CHOSEN, told]))
    made = credential(key_origin="issuer")
    delivered = [entry("deliver", number())]
    assert key_delivery.key_delivery_is_acknowledged(facts([exchange()], delivered, [made])) is None
    assert key_delivery.key_delivery_is_acknowledged(facts([told], delivered, [made]))


def test_a_choice_on_a_screen_shows_what_it_says():
    shown = ScreenShown(AT, "phone", "Keep it?", "", (f"Keep {ACTIVATION_SECRET_WAS_HERE}",))
    assert activation_secret.activation_secret_is_not_shown(facts([CHOSEN, replace(shown, choices=("Keep",))])) is None
    assert activation_secret.activation_secret_is_not_shown(facts([CHOSEN, shown]))


@pytest.mark.parametrize(("kept", "answer"), [(False, type(None)), (True, Finding), (None, CannotTell)])
def test_a_delivered_key_stays_delivered_when_it_is_revoked(kept, answer):
    ended = credential("former", key_origin="issuer", status="revoked", key_copy=kept)
    now = credential("now", key_origin="issuer", key_copy=False)
    known = facts(audit=[entry("deliver", number("former"))], credentials=[ended, now])
    assert type(key_delivery.no_copy_after_delivery(known)) is answer


@pytest.mark.parametrize("actor", [HOLDER, "phone-1", COLLEAGUE])
def test_a_colleagues_device_is_not_the_one_that_was_authenticated(actor):
    arrived = KeyReceived(AT, "issuance", "https://issuer.example/key", certificate("phone"), b"")
    known = facts([exchange(), arrived], [entry("redeem", actor=actor)], [credential()])
    expected = key_delivery.delivered_over_a_protected_channel(known).expected
    assert expected.startswith("the device") is (actor == COLLEAGUE)


def attempts(wrong, last="disabled", outcome="refused"):
    tried = [ActivationAttempted(AT, False, outcome)] * wrong
    return activation.ten_wrong_attempts_disable(facts([*tried, ActivationAttempted(AT, True, last)]))


def test_what_locks_after_fifty_attempts_does_not_lock_after_ten():
    assert attempts(10) is None
    assert attempts(10, last="accepted").expected.startswith("a disabled key")
    assert isinstance(attempts(50), CannotTell)
    assert attempts(50, outcome="disabled") is None
    assert attempts(9)


def test_a_right_secret_that_is_refused_may_only_come_too_soon():
    assert isinstance(attempts(10, last="refused"), CannotTell)
    assert attempts(10, last="refused", outcome="disabled") is None


def in_turn(*turns):
    tried = [
        ActivationAttempted(AT, right, ("accepted" if right else "refused") if outcome is None else outcome)
        for count, right, outcome in turns
        for _ in range(count)
    ]
    return activation.success_restores_the_counter(facts(tried))


def test_a_restored_counter_is_seen_by_the_right_secret_after_more_wrong_ones():
    assert in_turn((9, False, None), (1, True, None), (9, False, None), (1, True, None)) is None
    assert in_turn((9, False, None), (1, True, None), (9, False, None), (1, True, "disabled"))
    assert in_turn((9, False, None), (1, True, None), (9, False, None))
    assert in_turn((11, False, None))


def used(status, pin_verified=False):
    return CardKeyUsed(AT, 0x9A, pin_verified, CARD, b"", b"" if status != 0x9000 else b"signed", status)


def test_each_use_before_the_pin_is_refused():
    after = used(0x9000, pin_verified=True)
    assert card_keys.authentication_key_needs_the_pin(facts([used(0x6982), used(0x6982), after])) is None
    assert card_keys.authentication_key_needs_the_pin(facts([used(0x6982), used(0x9000), after]))
