"""The line from a scenario to whoever sits at the terminal of `dpc run`."""

import json
import os
from multiprocessing.connection import Client, Connection

from dpc_conformance.evidence.questions import DESK, Answer, How, Question
from dpc_conformance.roles.errors import NotSupported


class AskedAgain(KeyboardInterrupt):
    """The person goes back: the scenario ends here and begins anew with the answers before the last one."""


class Line:
    """Carries questions to the desk of the run, one at a time."""

    def __init__(self) -> None:
        self._connection: Connection[bytes, bytes] | None = None

    def ask(self, question: Question) -> Answer:
        """The answer, whenever it comes.

        Raises NotSupported where nobody sits at a desk, AskedAgain where the scenario is to begin anew.
        """
        if self._connection is None:
            self._connection = self._open(question)
        self._connection.send_bytes(question.to_json())
        answer = Answer.from_json(self._connection.recv_bytes())
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
