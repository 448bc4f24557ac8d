"""What the certificates of one CA and one kind have in common, as a view that holds nothing else.

A rule that is given a `Template` can answer from `key_of` only, since that is all a template holds: to reach for
anything else is refused and noted. Therefore its answer holds for every certificate with the same key.
"""

from collections.abc import Hashable
from operator import attrgetter
from typing import Any, Final

from dpc_conformance.checks.year import Outside, Year, year_of
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.certificate_view import Meanings
from dpc_conformance.formats.extension import Extension
from dpc_conformance.formats.fields import Time
from dpc_conformance.formats.names import Name

_SHAPE: Final = attrgetter("shape")
_OF_CERTIFICATE: Final = (
    "version",
    "inner_algorithm",
    "outer_algorithm",
    "issuer",
    "has_issuer_unique_id",
    "has_subject_unique_id",
    "defects",
)
_OF_KEY: Final = ("algorithm", "modulus_bits", "exponent", "curve")
_OF_EXTENSION: Final = ("oid", "critical", "flag", "shape")
_OF_TIME: Final = ("tag",)


def key_of(certificate: CertificateView) -> Hashable:
    """All that a `Template` of the certificate is made of. Its octets are interned, so that comparing them is cheap."""
    key, begin, end = certificate.public_key, certificate.not_before, certificate.not_after
    return (
        certificate.version,
        certificate.inner_algorithm.der,
        certificate.outer_algorithm.der,
        certificate.issuer.der,
        certificate.has_issuer_unique_id,
        certificate.has_subject_unique_id,
        certificate.defects,
        key.algorithm.der,
        key.modulus_bits,
        key.exponent,
        begin.tag,
        end.tag,
        year_of(begin.moment),
        year_of(end.moment),
        _shape(certificate.subject),
        tuple(map(_SHAPE, certificate.extensions)),
    )


def _shape(subject: Name) -> Hashable:
    """All of a subject but the text of a common name at its end; None for a subject of another form."""
    last = subject.rdns[-1] if subject.rdns else ()
    if len(last) != 1 or last[0].oid != oids.COMMON_NAME or len(last[0].value) > 117:
        return None
    encoding = subject.der
    # 31 xx 30 xx 06 03 55 04 03 and the tag and length of the value stand before the value.
    return encoding[2 if encoding[1] < 0x80 else 3 : -11 - len(last[0].value)], last[0].tag, last[0].text is None


class _Part:
    """Named attributes of a whole; everything else is outside. It is true, as the tuples are that it stands for."""

    __slots__ = ("held", "reached")

    def __init__(self, whole: object, names: tuple[str, ...], reached: list[str]) -> None:
        self.held = {name: getattr(whole, name) for name in names}
        self.reached = reached

    def __getattr__(self, name: str) -> Any:
        if name in self.held:
            return self.held[name]
        return self._refuse(name)

    def _refuse(self, *asked: object) -> Any:
        self.reached.append(str(asked[0]) if asked else "the whole")
        raise Outside

    def __bool__(self) -> bool:
        return True

    # What a whole could do without its attributes being named, a part cannot.
    __str__ = __repr__ = __format__ = __hash__ = __eq__ = __ne__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = __iter__ = __len__ = __getitem__ = __contains__ = _refuse


class _Text(_Part):
    """A text of which it is known that it can be read, and not even whether it is empty."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return bool(self._refuse("text"))


class _Subject(_Part):
    """A subject without the text of its common name."""

    __slots__ = ()

    attributes = Name.attributes
    texts = Name.texts


def _subject(subject: Name, reached: list[str]) -> _Part:
    part = _Subject(subject, (), reached)
    if _shape(subject) is not None:
        name = _Part(subject.rdns[-1][0], ("oid", "tag"), reached)
        name.held["text"] = None if subject.rdns[-1][0].text is None else _Text(None, (), reached)
        part.held["rdns"] = (*subject.rdns[:-1], (name,))
    return part


def _time(time: Time, reached: list[str]) -> _Part:
    part = _Part(time, _OF_TIME, reached)
    year = year_of(time.moment)
    part.held["moment"] = None if year is None else Year(year, reached)
    return part


class Template(_Part, Meanings):
    """The part of a certificate that `key_of` determines; the rest raises `Outside` and is listed in `reached`.

    An extension that tells certificates apart is there with its type and criticality, without its value; of dates there
    are the type and the year,
    of a subject all but the text of the common name.
    """

    __slots__ = ("by_oid", "extensions", "not_after", "not_before", "public_key", "subject")

    def __init__(self, certificate: CertificateView) -> None:
        super().__init__(certificate, _OF_CERTIFICATE, [])
        self.public_key = _Part(certificate.public_key, _OF_KEY, self.reached)
        self.not_before = _time(certificate.not_before, self.reached)
        self.not_after = _time(certificate.not_after, self.reached)
        self.subject = _subject(certificate.subject, self.reached)
        self.extensions = tuple(self._shown(one) for one in certificate.extensions)
        self.by_oid = {oid: self._shown(one) for oid, one in certificate.by_oid.items()}

    def _shown(self, extension: Extension) -> Extension:
        if extension.repeats:
            return extension
        part: Extension = _Part(extension, _OF_EXTENSION, self.reached)  # type: ignore[assignment]
        return part
