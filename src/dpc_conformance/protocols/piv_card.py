"""The client's side of a PIV Card: reads containers, verifies the PIN, uses keys (SP 800-73-5 part 2 §3)."""

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.formats import ber, containers, status_words
from dpc_conformance.formats.apdu import SHORT_ANSWER, CommandApdu, ResponseApdu
from dpc_conformance.formats.ber import Malformed, Tlv
from dpc_conformance.formats.certificate_object import CertificateObject
from dpc_conformance.formats.discovery import DiscoveryObject
from dpc_conformance.protocols.card_edge import CardEdge, CardError
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.errors import PinBlocked, WrongPin

__all__ = ["CardError", "ContainerNotFound", "PivCard", "SecurityStatusNotSatisfied"]

_DYNAMIC_AUTHENTICATION, _CHALLENGE, _RESPONSE, _EXPONENTIATION = b"\x7c", b"\x81", b"\x82", b"\x85"
_LOG_OUT = 0xFF
_PIN_BYTES = 8
_ALGORITHM_OF_BLOCK = {size: algorithm for algorithm, size in containers.BLOCK_BYTES.items()}
_APPLICATIONS = {containers.PIV_AID: "PIV", containers.DERIVED_PIV_AID: "derived PIV"}


class ContainerNotFound(CardError):
    """The card has no such container, or it is empty (6A82)."""


class SecurityStatusNotSatisfied(CardError):
    """The card wants a PIN first (6982)."""


class PivCard:
    """A card whose PIV application the caller drives. Every verb raises CardRemoved, and CardError for a refusal."""

    def __init__(self, card: Card, recorder: Recorder, clock: RunClock, extended_length: bool = False) -> None:
        """`extended_length`: send long commands in one extended APDU instead of a chain of short ones."""
        self._card = card
        self._edge = CardEdge(card, recorder, clock, extended_length)
        self._pin_reference: int | None = None

    def reset(self) -> None:
        """Cut and restore power: the PIN is no longer verified, nothing is selected."""
        self._card.reset()
        self._pin_reference = None

    def select(self, aid: bytes = containers.PIV_AID) -> bytes:
        """Select the application; returns its property template (tag 61)."""
        name = f"SELECT {_APPLICATIONS.get(aid, aid.hex().upper())}"
        self._pin_reference = None
        return self._ask(name, CommandApdu(0, containers.SELECT, 4, 0, aid, le=SHORT_ANSWER)).data

    def read(self, tag: bytes) -> bytes:
        """The content of a container: what stands in 53; for 7E and 7F61 the whole object. b"" for an empty 53.

        Raises ContainerNotFound, SecurityStatusNotSatisfied.
        """
        container = containers.by_tag(tag)
        name = f"GET DATA {container.name if container else tag.hex().upper()}"
        command = CommandApdu(0, containers.GET_DATA, 0x3F, 0xFF, ber.write(b"\x5c", tag), le=SHORT_ANSWER)
        # What the card guards with a PIN, such as a fingerprint, has no place in a report.
        answer = self._ask(name, command, hide_answer=container is not None and container.pin).data
        try:
            outer = Tlv.from_bytes(answer)
        except Malformed as problem:
            raise CardError(name, 0, f"the answer is not a data object: {problem}") from problem
        expected = tag if len(tag) < 3 else containers.WRAPPER
        if outer.tag != expected:
            raise CardError(name, 0, f"expected tag {expected.hex().upper()}, got {outer.tag.hex().upper()}")
        return answer if len(tag) < 3 else outer.value

    def certificate(self, key_reference: int) -> bytes:
        """The certificate (DER) of that key, unpacked. KeyError for a key that has none by definition."""
        container = containers.CERTIFICATE_OF_KEY[key_reference]
        content, name = self.read(container.tag), f"GET DATA {container.name}"
        if not content:
            raise ContainerNotFound(name, status_words.NOT_FOUND, "the container is empty")
        try:
            return CertificateObject.from_bytes(content).certificate
        except Malformed as problem:
            raise CardError(name, 0, str(problem)) from problem

    def pin_reference(self) -> int:
        """The PIN that the cardholder knows as the PIN: 00 where Discovery prefers the Global PIN, else 80."""
        if self._pin_reference is None:
            try:
                discovery = DiscoveryObject.from_bytes(self.read(containers.DISCOVERY.tag))
                first = discovery.global_pin_first or not discovery.application_pin
            except (CardError, Malformed):
                first = False
            self._pin_reference = containers.GLOBAL_PIN if first else containers.APPLICATION_PIN
        return self._pin_reference

    def verify_pin(self, pin: str, key_reference: int | None = None) -> None:
        """Verify a PIN, by default the one that Discovery prefers. Raises WrongPin, PinBlocked.

        A PIN that no card can have goes out as typed, the card refuses it (CardError with 6A80, or WrongPin).
        """
        reference = self.pin_reference() if key_reference is None else key_reference
        block = pin.encode("ascii", errors="replace").ljust(_PIN_BYTES, b"\xff")
        command = CommandApdu(0, containers.VERIFY, 0, reference, block)
        name = "VERIFY (redacted)"
        answer = self._edge.send(name, command, hide_command=True)
        left = status_words.attempts_left(answer.status)
        if left is not None:
            raise WrongPin(left)
        if answer.status == status_words.METHOD_BLOCKED:
            raise PinBlocked
        _check(name, answer)

    def attempts_left(self, key_reference: int | None = None) -> int | None:
        """How many attempts the PIN has left, 0 when blocked; None when it is verified and the card does not tell."""
        reference = self.pin_reference() if key_reference is None else key_reference
        answer = self._edge.send("VERIFY (query)", CommandApdu(0, containers.VERIFY, 0, reference))
        if answer.status == status_words.METHOD_BLOCKED:
            return 0
        left = status_words.attempts_left(answer.status)
        if left is None:
            _check("VERIFY (query)", answer)
        return left

    def log_out(self, key_reference: int | None = None) -> None:
        """Make the PIN unverified again (VERIFY with P1 FF)."""
        reference = self.pin_reference() if key_reference is None else key_reference
        self._ask("VERIFY (log out)", CommandApdu(0, containers.VERIFY, _LOG_OUT, reference))

    def sign_raw(self, key_reference: int, block: bytes) -> bytes:
        """RSA: the raw private operation on a padded block of the key's size; ECDSA: DER signature over a digest.

        The length of `block` tells the algorithm. ValueError for a length that belongs to none.
        """
        algorithm = _ALGORITHM_OF_BLOCK.get(len(block))
        if algorithm is None:
            raise ValueError(f"{len(block)} bytes are neither an RSA block nor a digest for P-256 or P-384")
        return self.general_authenticate(key_reference, algorithm, block)

    def general_authenticate(self, key_reference: int, algorithm: int, challenge: bytes) -> bytes:
        """The response to a challenge (tag 81). Raises SecurityStatusNotSatisfied before the PIN."""
        return self._authenticate(key_reference, algorithm, _CHALLENGE, challenge)

    def agree(self, key_reference: int, algorithm: int, point: bytes) -> bytes:
        """ECDH: the shared secret with an uncompressed point (tag 85); it never reaches the recorder."""
        return self._authenticate(key_reference, algorithm, _EXPONENTIATION, point)

    def _authenticate(self, key_reference: int, algorithm: int, tag: bytes, data: bytes) -> bytes:
        name = f"GENERAL AUTHENTICATE {key_reference:02X}"
        template = ber.write(_DYNAMIC_AUTHENTICATION, ber.write(_RESPONSE, b"") + ber.write(tag, data))
        command = CommandApdu(0, containers.GENERAL_AUTHENTICATE, algorithm, key_reference, template, le=SHORT_ANSWER)
        # What a key management key gives back is somebody's secret key.
        secret = key_reference not in (0x9A, 0x9C, 0x9E)
        answer = self._ask(name, command, hide_answer=secret).data
        try:
            outer = Tlv.from_bytes(answer)
            if outer.tag != _DYNAMIC_AUTHENTICATION:
                raise Malformed("expected tag 7C")
            return ber.require(outer.children(), _RESPONSE, "the response")
        except Malformed as problem:
            raise CardError(name, 0, f"not a dynamic authentication template: {problem}") from problem

    def _ask(self, name: str, command: CommandApdu, hide_answer: bool = False) -> ResponseApdu:
        answer = self._edge.send(name, command, hide_answer=hide_answer)
        _check(name, answer)
        return answer


def _check(name: str, answer: ResponseApdu) -> None:
    if answer.status == status_words.SUCCESS:
        return
    if answer.status == status_words.NOT_FOUND and name.startswith("GET DATA"):
        raise ContainerNotFound(name, answer.status)
    if answer.status == status_words.SECURITY_STATUS_NOT_SATISFIED:
        raise SecurityStatusNotSatisfied(name, answer.status)
    raise CardError(name, answer.status)
