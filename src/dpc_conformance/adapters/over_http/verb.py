"""A verb of a role as a request: checked when the target is read, sent when a step asks for it."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING as NO_DEFAULT
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from dpc_conformance.adapters.over_http.answer import MISSING, UnexpectedAnswer, pointed, record, single
from dpc_conformance.adapters.over_http.connection import Connection, Wrong
from dpc_conformance.adapters.over_http.settings import Answer, Request, Source
from dpc_conformance.adapters.over_http.template import NoWord, Values, names_in, names_of
from dpc_conformance.adapters.over_http.vocabulary import WORDS
from dpc_conformance.roles.errors import NotSupported
from dpc_conformance.toml_file import nearest


class Verb:
    """One verb: its parameters and result by the role's interface, its request by the target."""

    def __init__(self, role: str, name: str, declared: Callable[..., Any], request: Request) -> None:
        self.role, self.name, self.request = role, name, request
        parameters = list(inspect.signature(declared).parameters.values())[1:]
        self.signature = inspect.Signature(parameters)
        hints = get_type_hints(declared)
        self.given = {each.name: hints[each.name] for each in parameters}
        self.result = _Result(hints["return"])

    def check(self, where: str, wrong: Wrong) -> None:
        """Whether the request can stand for the verb. Raises `wrong` with the key, and the nearest right one."""
        known = {name for key, hint in self.given.items() for name in names_of(key, hint)}
        check_request(self.request, known, where, wrong)
        self.result.check(self.request.answer, f"{where}.answer", wrong)

    def on(self, connection: Connection) -> Callable[..., Any]:
        """The verb, to be called with what the interface declares."""

        def called(*args: Any, **kwargs: Any) -> Any:
            given = self.signature.bind(*args, **kwargs).arguments
            return self._ask(connection, Values(given, self.request.words))

        called.__signature__ = self.signature  # type: ignore[attr-defined]
        return called

    def _ask(self, connection: Connection, values: Values) -> Any:
        try:
            reply = connection.send(self.request, values)
        except NoWord as problem:
            raise NotSupported(self.role, f"{self.name.replace('_', ' ')} for {problem}") from None
        answer = self.request.answer
        if reply.status in answer.refused:
            raise ValueError(f"the {self.role} refuses to {self.name.replace('_', ' ')}: {reply.status}")
        if reply.status in answer.absent:
            if self.result.optional:
                return None
            raise LookupError(f"the {self.role} has nothing of the kind: {reply.status}")
        return self.result.read(answer, reply.document, values)


class _Result:
    """The type of what a verb gives, as far as an answer can hold it."""

    def __init__(self, hint: Any) -> None:
        self.hint, self.optional = _without_none(hint)
        self.many = get_origin(self.hint) is tuple
        self.inner = get_args(self.hint)[0] if self.many else self.hint
        self.shape = self.inner if isinstance(self.inner, type) and is_dataclass(self.inner) else None

    def check(self, answer: Answer, where: str, wrong: Wrong) -> None:
        if self.many and answer.items is None:
            raise wrong(f"{where}.items: expected this key, which is missing: the result is a list")
        if self.shape is None:
            wanted = self.inner is not NoneType
            if answer.fields or (answer.value is not None) != wanted:
                raise wrong(f"{where}: expected {'value, and nothing else' if wanted else 'no value and no fields'}")
            return
        check_fields(self.shape, answer.fields, f"{where}.fields", wrong)

    def read(self, answer: Answer, document: Any, values: Values) -> Any:
        if self.inner is NoneType:
            return None
        if not self.many:
            return self._one(answer, document, values)
        items = pointed(document, answer.items or "")
        if not isinstance(items, list):
            raise UnexpectedAnswer(f"expected a list at {answer.items!r}")
        return tuple(self._one(answer, item, values) for item in items)

    def _one(self, answer: Answer, document: Any, values: Values) -> Any:
        if document is MISSING:
            raise UnexpectedAnswer("expected an answer in JSON")
        if self.shape is not None:
            return record(self.shape, answer.fields, document, values)
        assert answer.value is not None
        return single(answer.value, self.inner, document, values)


def check_request(request: Request, known: Iterable[str], where: str, wrong: Wrong) -> None:
    """Whether the texts of a request name only fields that there are. Raises `wrong`."""
    names = sorted(known)
    sources = {f"answer.fields.{key}": source.text for key, source in request.answer.fields.items()}
    parts = {"path": request.path, "query": request.query, "body": request.body, "form": request.form}
    for key, content in {**parts, **sources}.items():
        for name in sorted(names_in(content)):
            if name not in names:
                raise wrong(f"{where}.{key}: expected a field of the verb, not {{{name}}}{nearest(name, names)}")
    if request.body is not None and request.form:
        raise wrong(f"{where}.form: expected one of body and form")
    for name in request.words:
        if name not in names:
            raise wrong(f"{where}.words: expected a field of the verb, not {name}{nearest(name, names)}")


def check_fields(shape: type, sources: Mapping[str, Source], where: str, wrong: Wrong) -> None:
    """Whether every field has a source, and every word of ours is one. Raises `wrong`."""
    known = {each.name: each for each in fields(shape)}
    for name, source in sources.items():
        if name not in known:
            raise wrong(f"{where}.{name}: expected a field of {shape.__name__}{nearest(name, known)}")
        ours = WORDS.get((shape, name))
        for word in source.words.values():
            if ours is not None and word not in ours:
                raise wrong(f"{where}.{name}.words: expected a word of ours, not {word!r}{nearest(word, ours)}")
    for name, field in known.items():
        optional = field.default is not NO_DEFAULT or field.default_factory is not NO_DEFAULT
        if name not in sources and not optional:
            raise wrong(f"{where}.{name}: expected this key, which is missing")


def verbs_in(role: str, interface: type, requests: Mapping[str, Request], where: str, wrong: Wrong) -> dict[str, Verb]:
    """The verbs that a target describes. Raises `wrong` with the key, and the nearest right one."""
    known = {name: each for name, each in vars(interface).items() if inspect.isfunction(each) and name[0] != "_"}
    found = {}
    for name, request in requests.items():
        if name not in known:
            raise wrong(f"{where}.{name}: expected a verb of the {role}{nearest(name, known)}")
        found[name] = Verb(role, name, known[name], request)
        found[name].check(f"{where}.{name}", wrong)
    return found


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) not in (Union, UnionType):
        return hint, False
    others = [each for each in get_args(hint) if each is not NoneType]
    return (others[0] if len(others) == 1 else hint), len(others) < len(get_args(hint))
