"""The subject of a certificate of a person (Common Policy CP 3.1.1)."""

import re
from itertools import chain
from typing import Final
from unicodedata import normalize

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, missing, unexpected, warning
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import der, oids
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.names import Attribute

DISAMBIGUATING: Final = frozenset({oids.DN_QUALIFIER, oids.SERIAL_NUMBER, oids.USER_ID})
AFFILIATE: Final = " (affiliate)"
DIRECTORY_STRINGS: Final = frozenset({der.PRINTABLE_STRING, der.UTF8_STRING})
IA5_ATTRIBUTES: Final = frozenset({oids.DOMAIN_COMPONENT, oids.EMAIL_ADDRESS})
PRINTABLE_ATTRIBUTES: Final = frozenset({oids.COUNTRY, oids.SERIAL_NUMBER, oids.DN_QUALIFIER})
_COUNTRY: Final = re.compile(rb"[A-Za-z]{2}")
_QUALIFIER: Final = re.compile(r" -\S.*$")
_PART: Final = r"[^\W\d_][^\W_]*(?:['’-][^\W_]+)*"
_SPOKEN: Final = re.compile(rf"{_PART}\.?(?: {_PART}\.?)* {_PART}(?:,? (?:Jr|Sr|I{{1,3}}|IV|V)\.?)?")
_DOTTED: Final = re.compile(rf"{_PART}(?:\.[^\W_][^\W_]*(?:['’-][^\W_]+)*)+")


def person_of(common_name: str) -> str:
    """A common name without affiliate marker and qualifier."""
    return _QUALIFIER.sub("", common_name).removesuffix(AFFILIATE).strip()


def names_like_a_person(common_name: str) -> bool:
    """Whether a common name follows one of the patterns of a person's names."""
    person = normalize("NFC", person_of(common_name))
    return bool(_SPOKEN.fullmatch(person) or _DOTTED.fullmatch(person))


def _naming(rdn: tuple[Attribute, ...]) -> tuple[Attribute, ...]:
    return tuple(one for one in rdn if one.oid not in DISAMBIGUATING)


def _is_geographic(attributes: tuple[Attribute, ...]) -> bool:
    kinds = [one.oid for one in attributes]
    return (
        len(kinds) >= 4
        and kinds[:2] == [oids.COUNTRY, oids.ORGANIZATION]
        and attributes[0].text == "US"
        and attributes[1].text == "U.S. Government"
        and all(kind == oids.ORGANIZATIONAL_UNIT for kind in kinds[2:-1])
    )


def _is_domain(attributes: tuple[Attribute, ...]) -> bool:
    kinds = [one.oid for one in attributes[:-1]]
    components = kinds.count(oids.DOMAIN_COMPONENT)
    rest = kinds[components:]
    return (
        components >= 2
        and kinds[:components] == [oids.DOMAIN_COMPONENT] * components
        and (attributes[0].text or "").lower() in ("gov", "mil")
        and all(kind == oids.ORGANIZATIONAL_UNIT for kind in rest)
    )


@check("DPC-CERT-SUBJ-01")
def names_a_person(certificate: CertificateView) -> Answer:
    """The subject has the name form of a human subscriber: agency, then a common name with a person's names."""
    parts = [_naming(rdn) for rdn in certificate.subject.rdns]
    attributes = tuple(chain.from_iterable(parts))
    if not attributes:
        return DoesNotApply("the subject is empty, which its own rule reports")
    if (
        any(len(part) > 1 for part in parts)
        or attributes[-1].oid != oids.COMMON_NAME
        or not (_is_geographic(attributes) or _is_domain(attributes))
    ):
        return unexpected(
            "subject", "C=US, O=U.S. Government, OU=..., CN=... or DC=gov, DC=..., CN=...", certificate.subject
        )
    if names_like_a_person(attributes[-1].text or ""):
        return None
    return unexpected("subject CN", "a given name and a surname in one of the five patterns", attributes[-1])


@check("DPC-CERT-SUBJ-02")
def strings_have_the_right_type(certificate: CertificateView) -> Answer:
    """Names are PrintableString or UTF8String, countries two letters of PrintableString, components IA5String."""
    for attribute in certificate.subject.attributes():
        if attribute.oid in IA5_ATTRIBUTES:
            right = attribute.tag == der.IA5_STRING
        elif attribute.oid in PRINTABLE_ATTRIBUTES:
            country = attribute.oid == oids.COUNTRY
            right = attribute.tag == der.PRINTABLE_STRING and (not country or bool(_COUNTRY.fullmatch(attribute.value)))
        else:
            right = attribute.tag in DIRECTORY_STRINGS
        if not right or attribute.text is None:
            label = oids.ATTRIBUTE_LABELS.get(attribute.oid, attribute.oid)
            return unexpected(
                f"subject {label}", "the string type of its attribute", f"{der.tag_name(attribute.tag)} {attribute}"
            )
    return None


@check("DPC-CERT-SUBJ-03")
def marks_affiliates(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The common name of a contractor or affiliate ends with the affiliate marker."""
    if context.affiliate is None:
        return CannotTell("whether the holder is an affiliate was not given")
    if not context.affiliate:
        return DoesNotApply("the holder is an employee")
    names = certificate.subject.texts(oids.COMMON_NAME)
    if any(_QUALIFIER.sub("", name).endswith(AFFILIATE) for name in names):
        return None
    return missing("subject CN", 'the marker "(affiliate)" at its end', names)


@check("DPC-CERT-SUBJ-04")
def is_not_empty(certificate: CertificateView) -> Answer:
    """The subject is not empty."""
    return None if certificate.subject.rdns else missing("subject", "at least one relative distinguished name")


@check("DPC-CERT-SUBJ-05")
def disambiguates_at_the_end(certificate: CertificateView) -> Answer:
    """dnQualifier, serialNumber and UID stand in the relative distinguished name of the CN or directly after it."""
    rdns = certificate.subject.rdns
    places = [place for place, rdn in enumerate(rdns) if any(one.oid == oids.COMMON_NAME for one in rdn)]
    for place, rdn in enumerate(rdns):
        for attribute in rdn:
            if attribute.oid in DISAMBIGUATING and not {place, place - 1} & set(places):
                return warning(f"subject {attribute}", "a place with the CN or directly after it", certificate.subject)
    return None


@check("DPC-CERT-SUBJ-06")
def names_the_account_holder(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The subject names the person, and where it is known the agency, of the PIV identity account."""
    if context.person is None:
        return CannotTell("the name in the PIV identity account was not given")
    names = certificate.subject.texts(oids.COMMON_NAME)
    expected = context.person.casefold().split()
    if not any(person_of(name).casefold().split() == expected for name in names):
        return unexpected("subject CN", context.person, names)
    units = certificate.subject.texts(oids.ORGANIZATIONAL_UNIT) + certificate.subject.texts(oids.DOMAIN_COMPONENT)
    if context.agency is not None and context.agency not in units:
        return unexpected("subject OU", context.agency, units)
    return None
