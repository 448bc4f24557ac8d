"""How the device manager says no."""

from dpc_conformance.roles.reasons import Reason


class Refused(Exception):
    """A request that is not granted: a reason for the auditor, an HTTP status and a sentence for the client."""

    def __init__(self, reason: Reason, message: str, status: int = 403, actor: str = "unknown") -> None:
        super().__init__(message)
        self.reason, self.message, self.status, self.actor = reason, message, status, actor
