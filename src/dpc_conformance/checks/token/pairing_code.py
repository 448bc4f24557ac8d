"""The Pairing Code Reference Data container (SP 800-73-5 part 1 §3.3.8, §5.1.3). No finding says what the code is."""

from typing import Final

from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, missing, unexpected
from dpc_conformance.checks.registry import token_check
from dpc_conformance.checks.token.claims import takes_pairing_code
from dpc_conformance.checks.token.presence import is_there
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import ber, containers, status_words
from dpc_conformance.formats.ber import Malformed

CONTAINER: Final = containers.PAIRING_CODE
CODE, END = b"\x99", b"\xfe"
DIGITS: Final = 8
NO_CODE: Final = "the token has no pairing code"


def _code(reading: CardReading) -> bytes:
    """The pairing code that was read. Raises Malformed, without saying what stands there."""
    try:
        elements = ber.read_all(reading.content(CONTAINER) or b"")
    except Malformed:
        raise Malformed("not BER-TLV") from None
    if [each.tag for each in elements] != [CODE, END] or elements[-1].value:
        raise Malformed("other elements than 99 and an empty FE")
    code = elements[0].value
    if len(code) != DIGITS or not code.isdigit():
        raise Malformed(f"{len(code)} bytes that are not {DIGITS} decimal digits")
    return code


@token_check("DPC-APP-PAIR-01")
def pairing_code_is_kept_behind_the_pin(reading: CardReading) -> Answer:
    """5FC123 is there when the virtual contact interface takes a pairing code; it is 99 08, FE and takes the PIN."""
    needed, there = takes_pairing_code(reading), is_there(reading, CONTAINER)
    before = reading.before_pin.get(CONTAINER.tag)
    if before is not None and before.status == status_words.SUCCESS and there is True:
        return unexpected("5FC123 before the PIN", "6982", "9000")
    if there is False:
        if needed is True:
            return missing("5FC123", "99 08 <pairing code>, FE", "none")
        return needed or DoesNotApply(NO_CODE)
    if isinstance(there, CannotTell):
        return there
    if before is None or before.status != status_words.SECURITY_STATUS_NOT_SATISFIED:
        found = "not asked" if before is None else f"{before.status:04X}"
        return unexpected("5FC123 before the PIN", "6982", found) if before else CannotTell(f"before the PIN: {found}")
    try:
        _code(reading)
    except Malformed as problem:
        return unexpected("5FC123", "99 08 <8 decimal digits>, FE 00", problem.reason)
    return None


@token_check("DPC-APP-PAIR-02")
def pairing_code_has_no_pattern(reading: CardReading) -> Answer:
    """The pairing code is eight digits, neither all alike nor counting: one token shows no more of how random it is."""
    there = is_there(reading, CONTAINER)
    if isinstance(there, CannotTell):
        return there
    if not there:
        return DoesNotApply(NO_CODE)
    try:
        code = _code(reading)
    except Malformed as problem:
        return unexpected("5FC123", "eight decimal digits", problem.reason)
    steps = {(later - earlier) % 10 for earlier, later in zip(code, code[1:], strict=False)}
    if len(steps) == 1:
        return unexpected("5FC123", "random digits", "digits that are all alike or count in equal steps")
    return None
