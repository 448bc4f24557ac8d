"""What a person types, read and refused in one sentence each; the paths of files become absolute."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from PIL import Image

from dpc_conformance.adapters.operator.files import certificates_of, mail_in
from dpc_conformance.adapters.operator.servers import ACTIONS, OUTCOMES
from dpc_conformance.evidence.questions import NONE, Kind, Question
from dpc_conformance.formats.qr_symbols import qr_symbols
from dpc_conformance.roles.reasons import Reason


def expect_without_secret(typed: str, secrets: Collection[str]) -> None:
    """ValueError for an answer that holds what has no place on record."""
    if any(secret in typed for secret in secrets):
        raise ValueError("a secret stands in this answer; expected one without it")


def secret_in(path: Path) -> str:
    """What stands behind the # in the QR code of a picture; empty where there is none."""
    texts = _codes(path)
    return urlsplit(texts[0]).fragment if texts else ""


def read_screenshot(typed: str) -> str:
    """The path of a picture that may stand in a report. ValueError."""
    path = _file(typed)
    if _codes(path):
        raise ValueError(f"{path}: it shows a QR code, whose secret has no place in a report; expected one without")
    return str(path)


def _choice(typed: str, question: Question) -> str:
    if typed.isdecimal() and 1 <= int(typed) <= len(question.choices):
        return question.choices[int(typed) - 1]
    for choice in question.choices:
        if choice.casefold() == typed.casefold():
            return choice
    if question.free and not typed.isdecimal():
        return typed
    raise ValueError(f"expected a number from 1 to {len(question.choices)}, or the words beside one")


def _picture(typed: str, _: Question) -> str:
    if typed.lower() == NONE:
        return NONE
    path = _file(typed)
    found = len(_codes(path))
    if found != 1:
        raise ValueError(f"{path}: expected a picture in which one QR code can be read, not {found}; take another")
    return str(path)


def _certificates(typed: str, _: Question) -> str:
    return _paths(typed, certificates_of, "a certificate in PEM or DER")


def _mails(typed: str, _: Question) -> str:
    return _paths(typed, mail_in, "a saved e-mail with From, To and Date")


def _decisions(typed: str, _: Question) -> str:
    if typed.lower() == NONE:
        return NONE
    for entry in (each.split() for each in typed.split(";")):
        if not 2 <= len(entry) <= 3 or entry[1] not in OUTCOMES:
            raise ValueError(
                f"{' '.join(entry)}: expected ACTION, accepted or refused, and a reason where there is one"
            )
        if entry[0] not in ACTIONS:
            raise ValueError(f"{entry[0]}: expected an action, one of {', '.join(ACTIONS)}")
        if entry[2:] and entry[2] not in {str(each) for each in Reason}:
            raise ValueError(f"{entry[2]}: expected a reason, one of {', '.join(Reason)}")
    return typed


PARSERS: Mapping[Kind, Callable[[str, Question], str]] = {
    Kind.CHOICE: _choice,
    Kind.LINE: lambda typed, _: NONE if typed.lower() == NONE else typed,
    Kind.PICTURE: _picture,
    Kind.CERTIFICATES: _certificates,
    Kind.MAILS: _mails,
    Kind.DECISIONS: _decisions,
}
"""By the kind of a question what reads its answer; ValueError with a sentence."""


def _paths(typed: str, read: Callable[[Path], object], what: str) -> str:
    if typed.lower() == NONE:
        return NONE
    found = [_file(each) for each in typed.split(",") if each.strip()]
    if not found:
        raise ValueError(f"{typed}: expected the paths of files, or none")
    for path in found:
        try:
            read(path)
        except (OSError, ValueError):
            raise ValueError(f"{path}: expected {what}") from None
    return ",".join(map(str, found))


def _file(typed: str) -> Path:
    path = Path(typed.strip()).expanduser().absolute()
    if not path.is_file():
        raise ValueError(f"{path}: expected a file that is there")
    return path


def _codes(path: Path) -> list[str]:
    try:
        with Image.open(path) as image:
            symbols = qr_symbols(image.convert("L"))
    except Image.DecompressionBombError:
        raise ValueError(f"{path}: expected a picture with fewer pixels; take it at a lower resolution") from None
    except (OSError, ValueError):
        raise ValueError(f"{path}: expected a picture") from None
    return [symbol.text for symbol in symbols]
