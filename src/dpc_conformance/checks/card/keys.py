"""The keys on the card, by what they answered (SP 800-73-5 part 1 table 5, part 2 §2.4.3, App. B.1.2)."""

from typing import Final

from dpc_conformance.checks.card.parts import certificate_of_key
from dpc_conformance.checks.finding import Answer, CannotTell, Finding, unexpected
from dpc_conformance.checks.possession import made_by
from dpc_conformance.checks.registry import card_check
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import containers, status_words

MOST_TRIES: Final = 10
NO_PIN: Final = CannotTell("no PIN was given")


def belongs(reading: CardReading, key: int, *, verified: bool = True) -> Finding | CannotTell | None:
    """Whether every answer of that key, with the PIN or without, is one of the key in its certificate."""
    certificate = certificate_of_key(reading, key)
    uses = [use for use in reading.uses_of(key) if use.verified is verified]
    if not uses:
        return NO_PIN if verified and reading.after_pin is None else CannotTell(f"key {key:02X} was not asked")
    for use in uses:
        if use.status != status_words.SUCCESS:
            return unexpected(f"key {key:02X}", "9000", f"{use.status:04X} {status_words.meaning(use.status)}")
        made = made_by(certificate.public_key, use)
        if isinstance(made, CannotTell):
            return made
        if not made:
            return unexpected(f"key {key:02X}", "the answer of its certificate's key", "that of another key")
    return None


@card_check("PIV-SRC-AUTHCERT-02")
def authentication_key_matches(reading: CardReading) -> Answer:
    """What key 9A signs after the PIN verifies under the PIV Authentication certificate."""
    return belongs(reading, containers.PIV_AUTHENTICATION_KEY)


@card_check("PIV-SRC-AUTHCERT-03")
def authentication_key_needs_the_pin(reading: CardReading) -> Answer:
    """Key 9A answers 6982 before the PIN was verified."""
    uses = [use for use in reading.uses_of(containers.PIV_AUTHENTICATION_KEY) if not use.verified]
    if not uses:
        return CannotTell("key 9A was not asked")
    for use in uses:
        if use.status != status_words.SECURITY_STATUS_NOT_SATISFIED:
            return unexpected("key 9A before the PIN", "6982", f"{use.status:04X}")
    return None


@card_check("PIV-SRC-AUTHCERT-04")
def pin_has_ten_tries_at_most(reading: CardReading) -> Answer:
    """The PIN has six to eight digits and at most ten tries; no more than the tries can be told without wrong PINs."""
    left = reading.attempts.get(containers.APPLICATION_PIN)
    if left is not None and left > MOST_TRIES:
        return unexpected("VERIFY (query)", f"at most {MOST_TRIES} tries", left)
    return CannotTell("whether letters are refused is not tried on somebody's card: it may cost a try")


@card_check("PIV-SRC-CARDAUTH-02")
def card_authentication_key_needs_no_pin(reading: CardReading) -> Answer:
    """Key 9E answers without the PIN, and its answer verifies under the Card Authentication certificate."""
    return belongs(reading, containers.CARD_AUTHENTICATION_KEY, verified=False)
