"""The Discovery Object of the derived application (SP 800-73-5 part 1 §3.3.2, SP 800-157r1 App. B.1.2)."""

from typing import Final

from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, missing, unexpected
from dpc_conformance.checks.registry import token_check
from dpc_conformance.checks.token.claims import VCI, pin_usage_policy, secure_messaging
from dpc_conformance.checks.token.presence import is_there
from dpc_conformance.evidence.card_reading import CardReading
from dpc_conformance.formats import ber, containers
from dpc_conformance.formats.discovery import AID, PIN_USAGE_POLICY, TAG

WHERE: Final = "Discovery"
POLICY: Final = f"{WHERE} 5F2F"
FIRST_BYTES: Final = frozenset({0x40, 0x48, 0x4C})
APPLICATION_PIN_ONLY: Final = bytes.fromhex("4000")


def _absent(reading: CardReading) -> CannotTell | DoesNotApply | None:
    there = is_there(reading, containers.DISCOVERY)
    if isinstance(there, CannotTell):
        return there
    return None if there else DoesNotApply("the token has no Discovery Object")


@token_check("DPC-APP-DISC-01")
def has_the_fixed_encoding(reading: CardReading) -> Answer:
    """Discovery is 7E 12 {4F 0B <AID>, 5F2F 02 xx yy}, and the AID is that of the application."""
    absent = _absent(reading)
    if absent is not None:
        return absent
    answer = reading.answer(containers.DISCOVERY)
    found = answer.data if answer else b""
    policy = pin_usage_policy(reading)
    fixed = ber.write(TAG, ber.write(AID, reading.aid) + ber.write(PIN_USAGE_POLICY, policy or b"\0\0"))
    if policy and found == fixed:
        return None
    wanted = f"7E 12 4F 0B {reading.aid.hex().upper()} 5F 2F 02 and two bytes"
    return unexpected(WHERE, wanted, found)


@token_check("DPC-APP-DISC-02")
def policy_names_no_other_verification(reading: CardReading) -> Answer:
    """The first policy byte is 40, 48 or 4C, the second 00: neither Global PIN nor fingerprint comparison."""
    absent = _absent(reading)
    if absent is not None:
        return absent
    policy = pin_usage_policy(reading)
    if policy and policy[0] in FIRST_BYTES and policy[1] == 0:
        return None
    return unexpected(POLICY, "40 00, 48 00 or 4C 00", policy or "no two policy bytes")


@token_check("DPC-APP-DISC-03")
def policy_is_the_application_pin_alone(reading: CardReading) -> Answer:
    """The policy bytes are 40 00: the edition of 2014 knows no virtual contact interface."""
    absent = _absent(reading)
    if absent is not None:
        return absent
    policy = pin_usage_policy(reading)
    return None if policy == APPLICATION_PIN_ONLY else unexpected(POLICY, "40 00", policy or "no two policy bytes")


@token_check("DPC-APP-DISC-04")
def tells_of_the_virtual_contact_interface(reading: CardReading) -> Answer:
    """A token with a virtual contact interface has Discovery, and bit 4 of its first policy byte is set."""
    if not secure_messaging(reading):
        return DoesNotApply("tag AC lists no secure messaging, without which there is no virtual contact interface")
    policy = pin_usage_policy(reading)
    if policy and policy[0] & VCI:
        return None
    for container in (containers.SM_CERTIFICATE_SIGNER, containers.PAIRING_CODE):
        if is_there(reading, container) is True:
            expected = "Discovery with bit 4 of the first policy byte set"
            return missing(WHERE, expected, f"{policy.hex().upper() or 'none'}, beside {container.name}")
    if policy:
        return DoesNotApply("Discovery says that there is no virtual contact interface")
    return CannotTell("there is neither Discovery nor an object that only a virtual contact interface needs")
