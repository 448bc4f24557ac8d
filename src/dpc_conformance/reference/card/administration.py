"""The card administration key 9B: external and mutual authentication (SP 800-73-5 part 2 Appendix A.1, A.2)."""

import hmac
from dataclasses import dataclass, field

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES

from dpc_conformance.entropy import Entropy
from dpc_conformance.formats import containers, status_words
from dpc_conformance.reference.card.wire import Refused, tlv

WITNESS, CHALLENGE, RESPONSE = 0x80, 0x81, 0x82
KEY_BYTES = {
    containers.TRIPLE_DES: 24,
    containers.AES_128: 16,
    containers.AES_192: 24,
    containers.AES_256: 32,
}


@dataclass
class AdministrationKey:
    """A symmetric key; ValueError when the secret does not fit the algorithm. Challenges come from `entropy`."""

    algorithm: int
    secret: bytes = field(repr=False)
    entropy: Entropy = field(repr=False)
    authenticated: bool = False
    expected: bytes = field(default=b"", init=False, repr=False)
    """What the administrator has to answer to the challenge or witness that is open; empty when none is."""

    def __post_init__(self) -> None:
        if KEY_BYTES.get(self.algorithm) != len(self.secret):
            raise ValueError("the administration key does not fit its algorithm")

    def answers_to(self, algorithm: int) -> bool:
        """Whether P1 means this key; 3TDEA has two identifiers (SP 800-78-5 Table 9)."""
        same = algorithm == self.algorithm
        return same or (algorithm == containers.TRIPLE_DES_TOO and self.algorithm == containers.TRIPLE_DES)

    def step(self, asked: dict[int, bytes]) -> bytes:
        """One step of the protocol: the objects of the template in, what stands in the answer's template out.

        Refused with 6982 for a wrong answer, 6A80 for what is no step. A challenge is open for one answer only.
        """
        expected, self.expected = self.expected, b""
        if asked == {CHALLENGE: b""}:
            return tlv(bytes([CHALLENGE]), self._challenge())
        if asked == {WITNESS: b""}:
            return tlv(bytes([WITNESS]), self._witness())
        tags = set(asked)
        if tags == {RESPONSE}:
            self._authenticate(expected, asked[RESPONSE])
            return b""
        if tags - {RESPONSE} == {WITNESS, CHALLENGE} and asked.get(RESPONSE, b"") == b"":
            self._authenticate(expected, asked[WITNESS], asked[CHALLENGE])
            return tlv(bytes([RESPONSE]), self._encrypt(asked[CHALLENGE]))
        self.authenticated = False
        raise Refused(status_words.WRONG_DATA)

    def drop_challenge(self) -> None:
        """Another command came in between: the open challenge is no longer good."""
        self.expected = b""

    def forget(self) -> None:
        """Nobody is authenticated any more."""
        self.authenticated, self.expected = False, b""

    @property
    def block(self) -> int:
        """Bytes of a block of the cipher."""
        return 8 if self.algorithm == containers.TRIPLE_DES else 16

    def _challenge(self) -> bytes:
        challenge = self.entropy.bytes(self.block)
        self.expected = self._encrypt(challenge)
        return challenge

    def _witness(self) -> bytes:
        self.expected = self.entropy.bytes(self.block)
        return self._encrypt(self.expected)

    def _authenticate(self, expected: bytes, answer: bytes, challenge: bytes | None = None) -> None:
        self.authenticated = False
        if len(answer) != self.block or (challenge is not None and len(challenge) != self.block):
            raise Refused(status_words.WRONG_DATA)
        if not expected or not hmac.compare_digest(expected, answer):
            raise Refused(status_words.SECURITY_STATUS_NOT_SATISFIED)
        self.authenticated = True

    def _encrypt(self, block: bytes) -> bytes:
        cipher = TripleDES(self.secret) if self.algorithm == containers.TRIPLE_DES else AES(self.secret)
        # One block: the protocol of the standard is defined on ECB.
        encryptor = Cipher(cipher, modes.ECB()).encryptor()
        return encryptor.update(block) + encryptor.finalize()
