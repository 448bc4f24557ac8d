"""The questions of `dpc target new`: which there are follows from the answers so far."""

import difflib
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from dpc_conformance.adapters.registered import adapter_of, names_for
from dpc_conformance.catalogue.claims import Claims
from dpc_conformance.catalogue.editions import HEADINGS, Edition
from dpc_conformance.catalogue.scope import load_scopes
from dpc_conformance.commands.asking import text
from dpc_conformance.target import Product
from dpc_conformance.target_roles import REFERENCE, ROLES

Answers = Mapping[str, str]
"""What was typed (or taken by default), by the key of the question."""
NOT_ASKED = frozenset({"simulation"})
ONLY_WHERE = {
    "contactless_token": ("removable_token", "yes"),
    "secure_messaging": ("removable_token", "yes"),
    "key_escrow": ("certificates", "key-management"),
    "key_history": ("key_escrow", "yes"),
}
"""Claims that make sense only after another one."""
YES_OR_NO = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}


@dataclass(frozen=True)
class Question:
    """`key` is the place in the target file, such as claims.rekey; `value` makes what stands there from an answer."""

    key: str
    words: str
    explanation: str
    default: str
    value: Callable[[str], Any]


def questions(answers: Answers) -> list[Question]:
    """All questions, as far as they follow from the answers so far."""
    return [*_about_product(), *_about_roles(answers), *_about_claims(answers), *_about_files()]


def _about_product() -> Iterator[Question]:
    yield Question("name", "Name of the product", "How reports call what is tested.", "", text("a name"))
    for field in Product.model_fields:
        if field != "name":
            yield Question(f"product.{field}", f"Its {field}", "Empty where it does not matter.", "", str.strip)
    scopes = load_scopes()
    titles = "\n".join(f"{name}: {scope.title}" for name, scope in scopes.items())
    yield Question("scope", f"Scope ({', '.join(scopes)})", titles, "enrolment", _one_of(list(scopes)))
    editions = "\n".join(f"{each.value}: {HEADINGS[each]}" for each in Edition)
    known = [each.value for each in Edition]
    yield Question("edition", f"Edition ({', '.join(known)})", editions, known[0], _one_of(known))


def _about_roles(answers: Answers) -> Iterator[Question]:
    able = [role for role in ROLES if names_for(role)]
    explanation = (
        "The roles that your product plays; the reference plays the others. There are adapters for: "
        f"{', '.join(able)} (`dpc adapter list`). Names, with commas between; empty for none."
    )
    yield Question("roles", "Roles that it plays", explanation, "", _some_of(able))
    for role in _words(answers.get("roles", "")):
        if role in able:
            yield from _about_role(role, answers)


def _about_role(role: str, answers: Answers) -> Iterator[Question]:
    names = names_for(role)
    key = f"roles.{role}.adapter"
    words = f"Adapter for the {role.replace('_', ' ')} ({', '.join(names)})"
    yield Question(key, words, f"By what the suite reaches it; `{REFERENCE}` takes it back.", names[0], _one_of(names))
    adapter = adapter_of(role, answers.get(key, ""))
    for name, field in adapter.settings.model_fields.items() if adapter else ():
        if field.repr:  # a secret has no place in a target
            yield _setting(f"roles.{role}.{name}", field)


def _setting(key: str, field: FieldInfo) -> Question:
    explanation = field.description or "See the documentation of the adapter."
    if field.is_required():
        return Question(key, key, explanation, "", _typed(field, text("a value")))
    return Question(key, f"{key} (may be empty)", explanation, "", _typed(field, str.strip))


def _about_claims(answers: Answers) -> Iterator[Question]:
    for name, field in Claims.model_fields.items():
        asked_after, needed = ONLY_WHERE.get(name, ("", ""))
        if name in NOT_ASKED or (asked_after and needed not in _words(answers.get(f"claims.{asked_after}", ""))):
            continue
        yield _claim(f"claims.{name}", name.replace("_", " "), field)


def _claim(key: str, words: str, field: FieldInfo) -> Question:
    known, several = _values_of(field.annotation)
    explanation = field.description or ""
    if not known:
        default = "yes" if field.default else "no"
        return Question(key, f"{words} (yes, no)", explanation, default, _yes_or_no)
    default = ", ".join(sorted(field.default or ())) if several else str(field.default)
    parse = _some_of(known) if several else _one_of(known)
    listed = f"{words} ({', '.join(known)}{'; with commas between' if several else ''})"
    return Question(key, listed, explanation, default, parse)


def _about_files() -> Iterator[Question]:
    for key, what in (("reviews", "reviews and attestations"), ("waivers", "waivers")):
        explanation = f"Paths from the folder of the target, with commas between; empty for none. Files of {what}."
        yield Question(key, f"Files of {what}", explanation, "", _words)


def _values_of(annotation: Any) -> tuple[list[str], bool]:
    """The words that a claim may hold, and whether it holds several; none for yes or no."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return list(inner), False
    if origin in (Union, types.UnionType):
        return _values_of(inner[0])
    if origin is frozenset:
        return _values_of(inner[0])[0], True
    if hasattr(annotation, "__metadata__"):
        return _values_of(annotation.__origin__)
    return [], False


def _typed(field: FieldInfo, parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """Settings that are lists or yes-or-no are typed as such; everything else stays text for the adapter to judge."""
    shape = str(field.annotation)
    if field.annotation is bool:
        return lambda answer: _yes_or_no(answer or "no")
    if shape.startswith(("tuple", "list", "frozenset")):
        return _words
    return parse


def _words(answer: str) -> list[str]:
    return [word.strip() for word in answer.split(",") if word.strip()]


def _yes_or_no(answer: str) -> bool:
    if answer.lower() not in YES_OR_NO:
        raise ValueError("expected yes or no")
    return YES_OR_NO[answer.lower()]


def _one_of(known: Sequence[str]) -> Callable[[str], str]:
    def parse(answer: str) -> str:
        if answer not in known:
            close = difflib.get_close_matches(answer, known, n=1)
            meant = f"; did you mean {close[0]}?" if close else ""
            raise ValueError(f"{answer}: expected one of {', '.join(known)}{meant}")
        return answer

    return parse


def _some_of(known: Sequence[str]) -> Callable[[str], list[str]]:
    one = _one_of(known)
    return lambda answer: [one(word) for word in _words(answer)]
