"""The line from a scenario to whoever sits at the terminal of `dpc run`."""

import json
import os
from multiprocessing.connection import Client, Connection

from dpc_conformance.evidence.questions import DESK, Answer, How, Question
from dpc_conformance.roles.errors import NotSupported


class AskedAgain(KeyboardInterrupt):
    """The person goes back: the scenario ends here and begins anew with the answers before the last one."""


class RunGone(KeyboardInterrupt):
    """Nobody is at the other end any more: the scenario stops where it is, and begins anew when the run goes on."""


class Line:
    """Carries questions to the desk of the run, one at a time."""

    def __init__(self) -> None:
        self._connection: Connection[bytes, bytes] | None = None

    def ask(self, question: Question) -> Answer:
        """The answer, whenever it comes.

        Raises NotSupported where nobody sits at a desk, AskedAgain where the scenario is to begin anew, RunGone where
        the run has died meanwhile.
        """
        try:
            if self._connection is None:
                self._connection = self._open(question)
            self._connection.send_bytes(question.to_json())
            answer = Answer.from_json(self._connection.recv_bytes())
        except (OSError, EOFError):
            raise RunGone from None
        if answer.how is How.BACK:
            raise AskedAgain
        return answer

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @staticmethod
    def _open(question: Question) -> "Connection[bytes, bytes]":
        told = os.environ.get(DESK)
        if not told:
            raise NotSupported(question.role, f"{question.verb}: nobody sits at a terminal; `dpc run` asks there")
        desk = json.loads(told)
        return Client(desk["address"], authkey=bytes.fromhex(desk["key"]))
