"""A product in a role: the verbs that its target describes, and no others."""

from collections.abc import Mapping
from typing import Any

from dpc_conformance.adapters.over_http.connection import Connection
from dpc_conformance.adapters.over_http.verb import Verb


class Player:
    """Has a verb for each described request, and the role's addresses; everything else it lacks."""

    def __init__(self, role: str, connection: Connection, verbs: Mapping[str, Verb], more: Mapping[str, Any]) -> None:
        """`more` holds what is known without asking: addresses, and verbs that are more than one request."""
        self._role = role
        self._known = {**{name: verb.on(connection) for name, verb in verbs.items()}, **more}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._known:
            raise AttributeError(name)
        return self._known[name]

    def __repr__(self) -> str:
        return f"the {self._role} behind described requests"
