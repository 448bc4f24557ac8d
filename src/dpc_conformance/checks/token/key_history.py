"""Key History and the retired key management keys (SP 800-73-5 part 1 §3.3.3)."""

from typing import Final

from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, missing, unexpected
from dpc_conformance.checks.possession import made_by
from dpc_conformance.checks.registry import token_check
from dpc_conformance.checks.token.presence import is_there, worst
from dpc_conformance.evidence.card_reading import CardReading, KeyAnswer
from dpc_conformance.formats import ber, containers, status_words
from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.certificate import read_certificate
from dpc_conformance.formats.der import DerError
from dpc_conformance.formats.key_history import OFF_CARD, ON_CARD, URL, KeyHistory

WHERE: Final = "Key History"
FIRST, LAST = 0x82, 0x95
BEHIND_THE_LAST: Final = 0x96
MOST: Final = 20
LONGEST_URL: Final = 118
END: Final = b"\xfe"
NO_HISTORY: Final = "the token has no Key History"


def retired_answers(reading: CardReading) -> dict[int, KeyAnswer]:
    """The last answer with the PIN verified of each retired key that worked."""
    return {
        each.key_reference: each
        for each in reading.keys
        if FIRST <= each.key_reference <= LAST and each.verified and each.status == status_words.SUCCESS
    }


def tried(reading: CardReading) -> set[int]:
    """The retired key references that were used with the PIN verified, whatever they answered."""
    return {each.key_reference for each in reading.keys if each.verified and each.key_reference >= FIRST}


def read_history(reading: CardReading) -> KeyHistory | CannotTell | DoesNotApply:
    """The Key History, when there is one that can be read."""
    there = is_there(reading, containers.KEY_HISTORY)
    if isinstance(there, CannotTell):
        return there
    if not there:
        return DoesNotApply(NO_HISTORY)
    try:
        return KeyHistory.from_bytes(reading.content(containers.KEY_HISTORY) or b"")
    except Malformed as problem:
        return CannotTell(f"the Key History cannot be read, which the rule on its fields reports: {problem}")


@token_check("DPC-APP-KH-01")
def retired_keys_have_a_history(reading: CardReading) -> Answer:
    """A token with retired keys has the Key History object."""
    found = [f"{reference:02X}" for reference in retired_answers(reading)]
    if not found:
        if set(range(FIRST, LAST + 1)) <= tried(reading) - _closed(reading):
            return DoesNotApply("no retired key answers")
        return CannotTell("not every retired key could be used with the PIN verified")
    there = is_there(reading, containers.KEY_HISTORY)
    if isinstance(there, CannotTell):
        return there
    return None if there else missing("5FC10C", f"Key History, since keys {', '.join(found)} answer", "none")


@token_check("DPC-APP-KH-02")
def fields_follow_the_counts(reading: CardReading) -> Answer:
    """Key History has both counts, 20 keys at most, an empty FE, and a URL exactly when the counts ask for one."""
    there = is_there(reading, containers.KEY_HISTORY)
    if isinstance(there, CannotTell):
        return there
    if not there:
        return DoesNotApply(NO_HISTORY)
    try:
        history = KeyHistory.from_bytes(reading.content(containers.KEY_HISTORY) or b"")
    except Malformed as problem:
        return unexpected(WHERE, "C1 01 n, C2 01 m, [F3], FE 00", str(problem))
    on_token, elsewhere = history.keys_with_certificate_on_card, history.keys_with_certificate_off_card
    tags = [each.tag for each in history.elements]
    if len(set(tags)) != len(tags) or not set(tags) <= {ON_CARD, OFF_CARD, URL, END}:
        return unexpected(WHERE, "C1, C2, F3 and FE once", ", ".join(tag.hex().upper() for tag in tags))
    end = ber.find(history.elements, END)
    if end is None or end.value:
        return missing(WHERE, "an empty FE", "none" if end is None else end.value)
    if on_token + elsewhere > MOST:
        return unexpected(f"{WHERE} C1 and C2", f"at most {MOST} keys", on_token + elsewhere)
    address = ber.find(history.elements, URL)
    if elsewhere and (address is None or not address.value):
        return missing(f"{WHERE} F3", f"a URL for {elsewhere} certificates off the token")
    if address is not None and not on_token + elsewhere:
        return unexpected(f"{WHERE} F3", "no URL where there are no retired keys", history.url)
    if address is not None and len(address.value) > LONGEST_URL:
        return unexpected(f"{WHERE} F3", f"at most {LONGEST_URL} bytes", len(address.value))
    return None


@token_check("DPC-APP-KH-03")
def keys_stand_at_both_ends(reading: CardReading) -> Answer:
    """Keys with their certificate on the token have the lowest references from 82 up, the others the highest to 95."""
    history = read_history(reading)
    if not isinstance(history, KeyHistory):
        return history
    low, high = history.keys_with_certificate_on_card, history.keys_with_certificate_off_card
    if low + high > MOST:
        return CannotTell("the counts are too large, which the rule on the fields reports")
    with_certificate = set(range(FIRST, FIRST + low))
    expected = with_certificate | set(range(LAST + 1 - high, LAST + 1))
    there = {FIRST + place: is_there(reading, each) for place, each in enumerate(containers.RETIRED_CERTIFICATES)}
    if any(found is (reference not in with_certificate) for reference, found in there.items()):
        held = {reference for reference, found in there.items() if found is True}
        return unexpected("retired certificates", _names(with_certificate), _names(held))
    working, used = set(retired_answers(reading)), tried(reading)
    silent = (expected & used) - working
    if working - expected or silent - _closed(reading):
        return unexpected("retired keys that answer", _names(expected), _names(working))
    if silent:
        return CannotTell(f"keys {_names(silent)} could not be used although the PIN was verified")
    unknown = [found for found in there.values() if isinstance(found, CannotTell)]
    if unknown:
        return unknown[0]
    if set(range(FIRST, LAST + 1)) <= used:
        return None
    return CannotTell("not every retired key was used with the PIN verified")


def _closed(reading: CardReading) -> set[int]:
    """The keys that were refused for their access rule, which says nothing about whether they are there."""
    refusals = (status_words.SECURITY_STATUS_NOT_SATISFIED, status_words.METHOD_BLOCKED)
    return {each.key_reference for each in reading.keys if each.verified and each.status in refusals}


def _names(references: set[int]) -> str:
    return ", ".join(f"{each:02X}" for each in sorted(references)) or "none"


@token_check("DPC-APP-RETIRED-01")
def no_more_than_twenty_keys_in_order(reading: CardReading) -> Answer:
    """Retired keys, 20 at most, answer at 82 to 95 only, each as the key of the certificate in its own container."""
    beyond = [each for each in reading.keys if each.key_reference == BEHIND_THE_LAST and each.verified]
    stray = next((each for each in beyond if each.status == status_words.SUCCESS), None)
    if stray is not None:
        return unexpected("key 96", "no key", f"{stray.status:04X} under algorithm {stray.algorithm:02X}")
    answers = [_is_that_of_its_certificate(reading, each) for each in retired_answers(reading).values()]
    if not answers:
        return DoesNotApply("no retired key answers") if beyond else CannotTell("no retired key was used with the PIN")
    if not beyond:
        answers.append(CannotTell("key 96 was not tried"))
    return worst(answers)


def _is_that_of_its_certificate(reading: CardReading, use: KeyAnswer) -> Answer:
    name = containers.CERTIFICATE_OF_KEY[use.key_reference].name
    try:
        certificate = reading.certificate(use.key_reference)
        if certificate is None:
            return None  # its certificate is off the token: another rule compares the two
        public_key = read_certificate(certificate).public_key
    except (Malformed, DerError) as problem:
        return CannotTell(f"{name} cannot be read: {problem}")
    proved = made_by(public_key, use)
    if isinstance(proved, CannotTell):
        return proved
    return None if proved else unexpected(f"key {use.key_reference:02X}", f"that of {name}", "another key")
