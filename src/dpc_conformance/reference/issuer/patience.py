"""How often a stranger may be wrong about a secret before the issuer does not listen any more."""

from flask import request

from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.reference.issuer.settings import IssuerSettings
from dpc_conformance.reference.serving.guesses import Guesses
from dpc_conformance.roles.reasons import Reason


class Patience:
    """Looks at the address of the current request; binding secrets are counted apart from longer ones."""

    def __init__(self, clock: RunClock, settings: IssuerSettings) -> None:
        secrets = Guesses(clock, settings.most_wrong_secrets, settings.secret_lifetime)
        tokens = Guesses(clock, settings.most_wrong_tokens, settings.secret_lifetime)
        self._counted = {
            Reason.SECRET_UNKNOWN: secrets,
            Reason.BINDING_PASSWORD: secrets,
            Reason.TOKEN: tokens,
            Reason.REQUESTER_UNKNOWN: tokens,
        }

    def expect(self) -> None:
        """Raises Refused (TOO_MANY_ATTEMPTS) when there were too many from there."""
        if any(guesses.too_many(request.remote_addr or "") for guesses in self._counted.values()):
            raise Refused(Refusal(Reason.TOO_MANY_ATTEMPTS, f"from {request.remote_addr}"))

    def note(self, refused: Refused) -> None:
        """Count a refusal that may have been a guess."""
        if (guesses := self._counted.get(refused.refusal.reason)) is not None:
            guesses.note(request.remote_addr or "")
