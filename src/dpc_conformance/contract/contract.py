"""The contract of adapters, clause by clause, on one adapter; with a target on what it does in a scenario, too."""

from datetime import datetime

from dpc_conformance.adapters.adapter import Adapter
from dpc_conformance.casting import Stage
from dpc_conformance.casting_players import INTERFACES
from dpc_conformance.contract.clause import Clause, Standing, broken, kept
from dpc_conformance.contract.leaks import secret_clauses, watched
from dpc_conformance.contract.settings import hidden_values, refusal, settings_clauses
from dpc_conformance.contract.verbs import verb_clauses
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.roles.card import Card
from dpc_conformance.roles.token import Token
from dpc_conformance.target import Target

SEED = "the contract of adapters"


def clauses_of(adapter: Adapter, target: Target | None, at: datetime) -> list[Clause]:
    """Every clause. `target` has settings for the adapter; without one only what stands in its model can be seen.

    `at` is where the scenario's clock starts. Raises nothing for a broken adapter: that is a clause.
    """
    found = list(settings_clauses(adapter, target))
    if target is None:
        words = "give a target whose table names this adapter, and it is played in a scenario"
        return [*found, Clause("verbs", Standing.NOT_SEEN, words)]
    said = refusal(adapter, target, target.roles[adapter.role].settings)
    if said is not None:
        return [*found, broken("settings", str(said))]
    try:
        with watched() as leaks:
            found += _played(adapter, target, at)
    except Exception as problem:
        return [*found, broken("scenario", f"raised {type(problem).__name__}: {problem}")]
    return [*found, leaks.clause()]


def keeps_contract(adapter: Adapter, target: Target, at: datetime) -> bool:
    """Whether no clause is broken, for the tests of an adapter's author."""
    return all(each.standing is not Standing.BROKEN for each in clauses_of(adapter, target, at))


def _played(adapter: Adapter, target: Target, at: datetime) -> list[Clause]:
    role, recorder = adapter.role, Recorder()
    texts = {"adapter": repr(adapter.read(target.roles[role].settings, target))}
    stage = Stage(target, at, SEED)
    try:
        if role == "token":
            with stage.token(recorder, SEED) as token_cast:
                return [*_token(token_cast.token), *_secrets(adapter, target, texts, token_cast.token, recorder)]
        with stage.scene(recorder, SEED) as cast:
            player = getattr(cast, role)
            interface = Card if role == "card" else INTERFACES[role]
            clauses = list(verb_clauses(role, interface, player, cast))
            inner = getattr(player, "_player", player)
            return [*clauses, *_secrets(adapter, target, texts, inner, recorder)]
    finally:
        stage.close()


def _token(token: object) -> list[Clause]:
    if isinstance(token, Token) and isinstance(token.aid, bytes) and isinstance(token.spare_key, int):
        return [kept("token", "is a token with its AID and spare key")]
    return [broken("token", f"expected a roles.token.Token, not {type(token).__name__}")]


def _secrets(
    adapter: Adapter, target: Target, texts: dict[str, str], player: object, recorder: Recorder
) -> list[Clause]:
    secrets = hidden_values(adapter, target.roles[adapter.role].settings)
    return list(secret_clauses({**texts, adapter.role: repr(player)}, secrets, recorder))
