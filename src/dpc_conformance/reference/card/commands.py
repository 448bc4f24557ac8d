"""What each command of the PIV application does (SP 800-73-5 part 2 §3); every refusal is a Refused."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.generation import public_key_object
from dpc_conformance.reference.card.keys import RESPONSE, card_key
from dpc_conformance.reference.card.secret_format import BLOCK
from dpc_conformance.reference.card.wire import Command, Refused, objects_in, template, tlv

if TYPE_CHECKING:
    from dpc_conformance.reference.card.application import PivApplication

DYNAMIC_AUTHENTICATION = 0x7C
LOG_OUT = 0xFF
TAG_LIST, WRAPPER = b"\x5c", b"\x53"
WHOLE_OBJECT = (0x3F, 0xFF)

Handler = Callable[["PivApplication", Command], bytes]
"""The answer's data."""


def get_data(application: "PivApplication", command: Command) -> bytes:
    """The whole object with that tag."""
    if (command.p1, command.p2) != WHOLE_OBJECT:
        raise Refused(status_words.WRONG_P1_P2)
    tag = template(command.data).get(TAG_LIST[0])
    if not tag:
        raise Refused(status_words.WRONG_DATA)
    found = application.objects.read(tag)
    application.access.reading(tag, application.pins, command.contactless)
    return found


def verify(application: "PivApplication", command: Command) -> bytes:
    """Compare a PIN; without data tell how many attempts are left; with P1 FF log out."""
    if command.p1 not in (0x00, LOG_OUT):
        raise Refused(status_words.WRONG_P1_P2)
    pin = application.pins.get(command.p2)
    if command.p1 == LOG_OUT:
        if command.data:
            raise Refused(status_words.WRONG_DATA)
        pin.forget()
    elif command.data:
        pin.verify(command.data)
    else:
        pin.query()
    return b""


def change_reference_data(application: "PivApplication", command: Command) -> bytes:
    """Old and new value of a PIN or of the unblocking key, eight bytes each."""
    pin = application.pins.changeable(_reference_of(command))
    pin.change(command.data[:BLOCK], command.data[BLOCK:])
    return b""


def reset_retry_counter(application: "PivApplication", command: Command) -> bytes:
    """Unblocking key and new PIN, eight bytes each; only for the application PIN."""
    if _reference_of(command) != containers.APPLICATION_PIN:
        raise Refused(status_words.REFERENCE_NOT_FOUND)
    application.pins.reset(command.data)
    return b""


def general_authenticate(application: "PivApplication", command: Command) -> bytes:
    """Use a private key, or take a step of the administrator's authentication."""
    try:
        if command.p2 == containers.ADMINISTRATION_KEY:
            return _administer(application, command)
        application.drop_challenge()
        key = application.keys.get(command.p2)
        if key is None or key.algorithm != command.p1:
            raise Refused(status_words.WRONG_P1_P2)
        application.access.using(command.p2, key, application.pins, command.contactless)
        result = key.use(_dynamic_authentication(command))
    finally:
        application.pins.age()
    return tlv(bytes([DYNAMIC_AUTHENTICATION]), tlv(bytes([RESPONSE]), result))


def put_data(application: "PivApplication", command: Command) -> bytes:
    """Replace the content of a container, for the authenticated administrator."""
    if (command.p1, command.p2) != WHOLE_OBJECT:
        raise Refused(status_words.WRONG_P1_P2)
    application.check_administrator()
    objects = objects_in(command.data)
    if set(objects) == {TAG_LIST, WRAPPER} and len(objects[TAG_LIST]) == 3:
        application.objects.write(objects[TAG_LIST], objects[WRAPPER])
    elif len(objects) == 1 and (own := next(iter(objects))) in OWN_TAGS:
        application.objects.write(own, objects[own])
    else:
        raise Refused(status_words.WRONG_DATA)
    return b""


def generate_key_pair(application: "PivApplication", command: Command) -> bytes:
    """Make a new key pair for that reference; the answer is the public key."""
    generator = application.generator
    if command.p1 or generator is None:
        raise Refused(status_words.WRONG_P1_P2)
    generator.check_reference(command.p2)
    application.check_administrator()
    private = generator.generate(generator.mechanism(command.data))
    application.keys[command.p2] = card_key(command.p2, private)
    return public_key_object(private.public_key())


OWN_TAGS = frozenset({containers.DISCOVERY.tag, containers.BIT_GROUP_TEMPLATE.tag})

HANDLERS: Mapping[int, Handler] = {
    containers.GET_DATA: get_data,
    containers.VERIFY: verify,
    containers.CHANGE_REFERENCE_DATA: change_reference_data,
    containers.RESET_RETRY_COUNTER: reset_retry_counter,
    containers.GENERAL_AUTHENTICATE: general_authenticate,
    containers.PUT_DATA: put_data,
    containers.GENERATE_KEY_PAIR: generate_key_pair,
}


def _reference_of(command: Command) -> int:
    if command.p1:
        raise Refused(status_words.WRONG_P1_P2)
    return command.p2


def _dynamic_authentication(command: Command) -> dict[int, bytes]:
    outer = template(command.data)
    if set(outer) != {DYNAMIC_AUTHENTICATION}:
        raise Refused(status_words.WRONG_DATA)
    return template(outer[DYNAMIC_AUTHENTICATION])


def _administer(application: "PivApplication", command: Command) -> bytes:
    key = application.administration
    if key is None or not key.answers_to(command.p1):
        raise Refused(status_words.WRONG_P1_P2)
    application.access.administering(command.contactless)
    answer = key.step(_dynamic_authentication(command))
    return tlv(bytes([DYNAMIC_AUTHENTICATION]), answer) if answer else b""
