"""Seeded defects of the token management key 9B."""

from dpc_conformance.entropy import Entropy
from dpc_conformance.faults.token.declaring import token_fault
from dpc_conformance.formats import containers
from dpc_conformance.reference.card.administration import KEY_BYTES, RESPONSE, AdministrationKey
from dpc_conformance.reference.card.wire import Refused
from dpc_conformance.reference.token.virtual_token import VirtualToken
from dpc_conformance.roles.token import TokenSecrets


def _key(token: VirtualToken) -> AdministrationKey:
    key = token.application.administration
    if key is None:
        raise TypeError("the token has no token management key")
    return key


def _manage_with(token: VirtualToken, kind: type[AdministrationKey]) -> None:
    """The same secret in a key of that kind."""
    key = _key(token)
    token.application.administration = kind(key.algorithm, key.secret, key.entropy)


class Constant:
    """A source of randomness that ran dry."""

    def __init__(self, source: Entropy) -> None:
        self._bytes = source.bytes(64)

    def bytes(self, count: int) -> bytes:
        """The same bytes whenever it is asked."""
        return self._bytes[:count]

    def below(self, limit: int) -> int:
        """The same number."""
        return int.from_bytes(self._bytes, "big") % limit

    def branch(self, label: str) -> "Constant":  # noqa: ARG002  every branch of it is as dry as it
        """Itself."""
        return self


@token_fault("token management key always gives the same challenge", {"DPC-APDU-GA-11"})
def constant_challenge(token: VirtualToken) -> None:
    _key(token).entropy = Constant(_key(token).entropy)


class OneWitness(AdministrationKey):
    """Has one witness, and gives it again."""

    def _witness(self) -> bytes:
        source = self.entropy
        self.entropy = source.branch("witness")
        try:
            return super()._witness()
        finally:
            self.entropy = source


@token_fault("token gives the same witness each time", {"DPC-APDU-GA-11"})
def one_witness(token: VirtualToken) -> None:
    _manage_with(token, OneWitness)


class BeginsAnew(AdministrationKey):
    """Its challenges follow from a seed that it keeps, and come in the same order after each power-on."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.seed = self.entropy

    def forget(self) -> None:
        """Nobody is authenticated any more, and the seed is used again."""
        super().forget()
        self.entropy = self.seed.branch("challenges")


@token_fault("token gives the same challenges after each power-on", {"DPC-APDU-GA-11"})
def begins_anew(token: VirtualToken) -> None:
    _manage_with(token, BeginsAnew)


class ComparesHalf(AdministrationKey):
    """Compares as much as there was when a block had eight bytes."""

    def step(self, asked: dict[int, bytes]) -> bytes:
        """The step, with the rest of a response put right."""
        response = asked.get(RESPONSE, b"")
        if response and response[:8] == self.expected[:8]:
            asked = {**asked, RESPONSE: self.expected}
        return super().step(asked)


@token_fault("token compares the first eight bytes of a reply only", {"DPC-APDU-GA-12"})
def compares_half(token: VirtualToken) -> None:
    _manage_with(token, ComparesHalf)


class SurvivesFailure(AdministrationKey):
    """A wrong answer leaves the administrator of before."""

    def step(self, asked: dict[int, bytes]) -> bytes:
        """The step, without the loss of the status."""
        before = self.authenticated
        try:
            return super().step(asked)
        except Refused:
            self.authenticated = before
            raise


@token_fault("wrong answer to a challenge leaves the administrator authenticated", {"DPC-APDU-GA-12"})
def survives_failure(token: VirtualToken) -> None:
    _manage_with(token, SurvivesFailure)


@token_fault("token management key is for three-key triple DES", {"DPC-CRY-ADMIN-01"})
def triple_des(token: VirtualToken) -> None:
    entropy = _key(token).entropy
    secret = entropy.branch("triple DES").bytes(KEY_BYTES[containers.TRIPLE_DES])
    _become(token, AdministrationKey(containers.TRIPLE_DES, secret, entropy))


@token_fault("every token has the same token management key", {"DPC-CRY-ADMIN-02"})
def same_everywhere(token: VirtualToken) -> None:
    _become(token, AdministrationKey(containers.AES_128, bytes(range(1, 9)) * 2, _key(token).entropy))


def _become(token: VirtualToken, key: AdministrationKey) -> None:
    token.application.administration = key
    known = token.secrets
    token.secrets = TokenSecrets(known.activation_secret, known.unblocking_key, key.secret, key.algorithm)
