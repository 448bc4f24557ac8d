"""Reads everything that a card or token gives away: objects, tries left and answers of keys, before and after the PIN.

It only reads. With a PIN there is one VERIFY, and none while the card says that fewer than two tries are left.
"""

from collections.abc import Sequence

from dpc_conformance.clock import RunClock
from dpc_conformance.entropy import Entropy
from dpc_conformance.evidence.card_reading import CardReading, KeyAnswer, ObjectAnswer
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.formats import ber, containers, status_words
from dpc_conformance.formats.apdu import SHORT_ANSWER, CommandApdu, ResponseApdu
from dpc_conformance.formats.ber import Malformed, Tlv
from dpc_conformance.formats.discovery import DiscoveryObject
from dpc_conformance.protocols.card_edge import CardEdge, CardError
from dpc_conformance.protocols.key_challenge import SIGNING_KEYS, KeyChallenge, challenge_for, challenges_for_unknown
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.errors import PinBlocked, WrongPin

LEAST_TRIES = 2
PIN_REFERENCES = (containers.APPLICATION_PIN, containers.GLOBAL_PIN)
AFTER_PIN = tuple(
    sorted(
        set(containers.CERTIFICATE_OF_KEY) - {containers.CARD_AUTHENTICATION_KEY},
        # 9C wants the PIN in the very command before it.
        key=lambda key: (key != containers.SIGNATURE_KEY, key not in SIGNING_KEYS, key),
    )
)
_TEMPLATE, _RESPONSE = b"\x7c", b"\x82"
_NO_ANSWER = 0


class TooFewTries(Exception):
    """A wrong PIN could block the card, so it was not verified. `left` is None when the card does not tell."""

    def __init__(self, left: int | None) -> None:
        tells = "does not tell how many" if left is None else f"says that {left}"
        super().__init__(f"the card {tells} tries of the PIN are left; it is not tried with fewer than {LEAST_TRIES}")
        self.left = left


def read_everything(
    card: Card,
    recorder: Recorder,
    clock: RunClock,
    entropy: Entropy,
    *,
    aid: bytes = containers.PIV_AID,
    other_aids: Sequence[bytes] = (),
    pin: str | None = None,
    pin_reference: int | None = None,
    contactless: Card | None = None,
    keys_without_certificate: Sequence[int] = (),
    ask_keys: bool = True,
) -> CardReading:
    """What is on the card, which is reset first, and afterwards when the PIN was verified.

    `pin_reference` is the PIN that `pin` is the value of; where it is not named, Discovery says which one it prefers.
    `keys_without_certificate` are key management keys to be tried after the PIN with one algorithm after the other:
    of each there is one answer, the first that succeeded or else the last. Without `ask_keys` no key is used.
    A card without that application gives a reading with nothing but the status words of SELECT. What stands behind
    the PIN never reaches the recorder. Raises TooFewTries, WrongPin, PinBlocked, CardRemoved; CardError when the card
    answers nonsense to SELECT or VERIFY.
    """
    card.reset()
    reader = _Reader(card, recorder, clock, entropy)
    selects = {each: reader.select(each).status for each in other_aids}
    selected = reader.select(aid)
    selects[aid] = selected.status
    if selected.status != status_words.SUCCESS:
        return CardReading(clock.now(), aid, b"", {}, selects=selects)
    attempts = {reference: reader.tries_left(reference) for reference in PIN_REFERENCES}
    before_pin = reader.objects()
    read = CardReading(clock.now(), aid, selected.data, before_pin, selects=selects, attempts=attempts)
    challenges = reader.challenges(read) if ask_keys else {}
    keys = [reader.use(key, challenge, verified=False) for key, challenge in challenges.items()]
    after_pin = None
    if pin is not None:
        try:
            reader.verify(pin, _preferred_pin(read) if pin_reference is None else pin_reference, attempts)
            keys += [reader.use(key, challenges[key], verified=True) for key in AFTER_PIN if key in challenges]
            hidden = [key for key in keys_without_certificate if key not in challenges]
            keys += [reader.use_somehow(key) for key in hidden]
            after_pin = reader.objects()
        finally:
            card.reset()
    outside = None
    if contactless is not None:
        contactless.reset()
        reader = _Reader(contactless, recorder, clock, entropy)
        outside = reader.objects() if reader.select(aid).status == status_words.SUCCESS else {}
    return CardReading(clock.now(), aid, selected.data, before_pin, after_pin, outside, selects, attempts, tuple(keys))


def _response_in(answer: bytes) -> bytes:
    outer = Tlv.from_bytes(answer)
    if outer.tag != _TEMPLATE:
        raise Malformed("expected tag 7C")
    return ber.require(outer.children(), _RESPONSE, "the response")


def _preferred_pin(read: CardReading) -> int:
    """The PIN that the cardholder knows as the PIN: 00 where Discovery prefers the Global PIN, else 80."""
    answer = read.answer(containers.DISCOVERY)
    try:
        discovery = DiscoveryObject.from_bytes(answer.data if answer else b"")
    except Malformed:
        return containers.APPLICATION_PIN
    first = discovery.global_pin_first or not discovery.application_pin
    return containers.GLOBAL_PIN if first else containers.APPLICATION_PIN


class _Reader:
    """One interface of the card."""

    def __init__(self, card: Card, recorder: Recorder, clock: RunClock, entropy: Entropy) -> None:
        self._edge, self._entropy = CardEdge(card, recorder, clock), entropy

    def select(self, aid: bytes) -> ResponseApdu:
        command = CommandApdu(0, containers.SELECT, 4, 0, aid, SHORT_ANSWER)
        return self._edge.send(f"SELECT {aid.hex().upper()}", command)

    def tries_left(self, reference: int) -> int | None:
        """0 when blocked, None when the card does not tell."""
        try:
            answer = self._edge.send("VERIFY (query)", CommandApdu(0, containers.VERIFY, 0, reference))
        except CardError:
            return None
        return 0 if answer.status == status_words.METHOD_BLOCKED else status_words.attempts_left(answer.status)

    def objects(self) -> dict[bytes, ObjectAnswer]:
        return {container.tag: self._object(container) for container in containers.CONTAINERS}

    def _object(self, container: containers.Container) -> ObjectAnswer:
        data = ber.write(b"\x5c", container.tag)
        command = CommandApdu(0, containers.GET_DATA, 0x3F, 0xFF, data, SHORT_ANSWER)
        try:
            answer = self._edge.send(f"GET DATA {container.name}", command, hide_answer=container.pin)
        except CardError:
            return ObjectAnswer(_NO_ANSWER)
        return ObjectAnswer(answer.status, answer.data)

    def challenges(self, read: CardReading) -> dict[int, KeyChallenge]:
        """For each key that has a certificate which can be read."""
        found = {}
        for key in containers.CERTIFICATE_OF_KEY:
            try:
                certificate = read.certificate(key)
            except Malformed:
                continue
            challenge = certificate and challenge_for(certificate, key, self._entropy)
            if challenge:
                found[key] = challenge
        return found

    def use(self, key: int, challenge: KeyChallenge, *, verified: bool) -> KeyAnswer:
        template = ber.write(_TEMPLATE, ber.write(_RESPONSE, b"") + ber.write(challenge.tag, challenge.block))
        command = CommandApdu(0, containers.GENERAL_AUTHENTICATE, challenge.algorithm, key, template, SHORT_ANSWER)
        name, status, response = f"GENERAL AUTHENTICATE {key:02X}", _NO_ANSWER, b""
        try:
            # What a key management key gives back is somebody's secret key.
            answer = self._edge.send(name, command, hide_answer=key not in SIGNING_KEYS)
            status = answer.status
            if status == status_words.SUCCESS:
                response = _response_in(answer.data)
        except (CardError, Malformed):
            pass  # an answer without sense proves no possession: the judge sees that there was no response
        return KeyAnswer(key, challenge.algorithm, verified, challenge.block, status, response)

    def use_somehow(self, key: int) -> KeyAnswer:
        for challenge in challenges_for_unknown(self._entropy):
            answer = self.use(key, challenge, verified=True)
            if answer.status == status_words.SUCCESS:
                break
        return answer

    def verify(self, pin: str, reference: int, attempts: dict[int, int | None]) -> None:
        left = attempts.get(reference)
        if left is None or left < LEAST_TRIES:
            raise TooFewTries(left)
        block = pin.encode("ascii", errors="replace").ljust(8, b"\xff")
        name = "VERIFY (redacted)"
        answer = self._edge.send(name, CommandApdu(0, containers.VERIFY, 0, reference, block), hide_command=True)
        if answer.status == status_words.METHOD_BLOCKED:
            raise PinBlocked
        tries = status_words.attempts_left(answer.status)
        if tries is not None:
            raise WrongPin(tries)
        if answer.status != status_words.SUCCESS:
            raise CardError(name, answer.status)
