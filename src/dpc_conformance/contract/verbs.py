"""The clauses on the verbs of a role: there or NotSupported, their parameters, the types of what they answer."""

import inspect
from collections.abc import Iterator
from typing import Any, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError

from dpc_conformance.casting_players import PARTS
from dpc_conformance.contract.clause import Clause, Standing, broken, kept
from dpc_conformance.contract.questions import questions_of
from dpc_conformance.roles.cast import Cast
from dpc_conformance.roles.errors import NotSupported

STRICT = ConfigDict(arbitrary_types_allowed=True, strict=True, revalidate_instances="always")
PRIMITIVE = (str, int, bytes, bool, float)


def verb_clauses(role: str, interface: type, player: object, cast: Cast) -> Iterator[Clause]:
    """Every verb of the interface, in its order; questions that change nothing are asked."""
    for verb in verbs_of(interface):
        where = f"{role}.{verb}"
        try:
            found = getattr(player, verb)
        except NotSupported as problem:
            yield Clause(where, Standing.LACKING, str(problem))
        except LookupError as problem:
            yield kept(where, f"has nothing to tell yet: {problem}")
        except Exception as problem:
            yield broken(where, f"raised {type(problem).__name__}: {problem}")
        else:
            yield from _looked_at(where, interface, verb, found, cast)


def verbs_of(interface: type) -> tuple[str, ...]:
    """The verbs and properties of a role's interface."""
    return tuple(name for name in vars(interface) if not name.startswith("_"))


def _looked_at(where: str, interface: type, verb: str, found: Any, cast: Cast) -> Iterator[Clause]:
    declared = inspect.getattr_static(interface, verb)
    if isinstance(declared, property):
        if verb in PARTS:
            yield from verb_clauses(where, PARTS[verb][1], found, cast)
        else:
            yield typed(where, found, get_type_hints(declared.fget)["return"])
        return
    problem = wrong_parameters(declared, found)
    if problem:
        yield broken(where, problem)
        return
    questions = questions_of(interface, cast)
    if verb not in questions:
        yield kept(where, "is there, with its parameters")
        return
    try:
        answer = found(*questions[verb])
    except NotSupported as lacking:
        yield Clause(where, Standing.LACKING, str(lacking))
    except LookupError as nothing:
        yield kept(where, f"has nothing to tell yet: {nothing}")
    except Exception as raised:
        yield broken(where, f"raised {type(raised).__name__}: {raised}")
    else:
        yield typed(where, answer, get_type_hints(declared)["return"])


def wrong_parameters(declared: Any, found: Any) -> str:
    """What is wrong with the parameters of a verb; empty where it can be called as the interface says."""
    wanted = list(inspect.signature(declared).parameters.values())[1:]
    if not callable(found):
        return "expected a verb that can be called"
    try:
        signature = inspect.signature(found)
        positional = [each for each in wanted if each.kind is each.POSITIONAL_OR_KEYWORD]
        signature.bind(*positional, **{each.name: each for each in wanted if each not in positional})
        signature.bind(**{each.name: each for each in wanted})
    except (TypeError, ValueError):
        names = ", ".join(each.name for each in wanted) or "none"
        return f"expected the parameters of the role: {names}"
    return ""


def typed(where: str, value: Any, hint: Any) -> Clause:
    """Whether a value has the type that the interface declares, also in the fields of what it holds."""
    try:
        TypeAdapter(tuple[hint], config=STRICT).validate_python((value,))
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"][1:]))
        return broken(where, f"expected {_name(hint)}{f', at {place}' if place else ''}: {first['msg']}")
    return kept(where, f"gives {_name(hint)}")


def _name(hint: Any) -> str:
    return getattr(hint, "__name__", str(hint)) if hint in PRIMITIVE else str(hint).replace("dpc_conformance.", "")
