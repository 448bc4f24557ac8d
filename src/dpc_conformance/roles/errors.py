"""What a role says when it cannot or will not do what a step asks."""


class NotSupported(Exception):
    """The adapter of this role has no such verb; the verdict is BLOCKED, never a pass."""

    def __init__(self, role: str, verb: str) -> None:
        super().__init__(f"{role} cannot {verb}")
        self.role, self.verb = role, verb


class CardRemoved(Exception):
    """There is no card in the reader, or it was pulled out in the middle."""

    def __init__(self) -> None:
        super().__init__("there is no card in the reader")


class WrongPin(Exception):
    """The card did not accept the PIN (SP 800-73-5 part 2, VERIFY: 63CX)."""

    def __init__(self, attempts_left: int) -> None:
        super().__init__(f"the card did not accept the PIN; {attempts_left} attempts left")
        self.attempts_left = attempts_left


class PinBlocked(Exception):
    """The retry counter of the PIN is at zero (VERIFY: 6983)."""

    def __init__(self) -> None:
        super().__init__("the PIN is blocked")


class RefusedAtTls(Exception):
    """The connection ended in or right after the TLS handshake, before the first byte of an answer."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(f"{host} ended the TLS connection: {reason}")
        self.host, self.reason = host, reason


class ServerNotTrusted(Exception):
    """The client refused the server's certificate; nothing was sent and no card key was used."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(f"the certificate of {host} was refused: {reason}")
        self.host, self.reason = host, reason


class Unreachable(Exception):
    """Nothing answers at that address: the network is down or the server died (verdict INFRASTRUCTURE)."""

    def __init__(self, host: str, reason: str) -> None:
        super().__init__(f"{host} does not answer: {reason}")
        self.host, self.reason = host, reason


class MachineLacks(Exception):
    """This machine has not, or does not allow, what a step needs: a program, a right (verdict INFRASTRUCTURE).

    The message is one sentence that says what is missing and what would bring it.
    """


class LeftToReview(Exception):
    """Only a later look can tell (verdict REVIEW); `question` is what has to be decided."""

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self.question = question
