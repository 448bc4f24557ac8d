"""What `dpc check` knows besides the objects it judges: the files that its options name, and the objects themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dpc_conformance.checks.profiles.selection import BY_KEY, profile_of
from dpc_conformance.commands.der_kind import Kind
from dpc_conformance.commands.inputs import Item
from dpc_conformance.commands.surroundings import Surroundings, certificate_view


@dataclass(frozen=True)
class Given:
    """What the options name, read: all of it evidence, none of it judged."""

    trust: list[Item]
    issuers: list[Item]
    crls: list[Item]
    ocsp_responses: list[Item]
    card: list[Item]
    others: list[Item]


def surroundings(items: list[Item], given: Given, at: datetime) -> Surroundings:
    """The evidence for every object: CA certificates, CRLs and OCSP responses among `items` serve as such too."""
    certificates = _of(Kind.CERTIFICATE, items)
    views = {der: certificate_view(der) for der in certificates}
    authorities = [der for der, view in views.items() if view is not None and view.is_authority]
    card, named = _of(Kind.CERTIFICATE, given.card), _of(Kind.CERTIFICATE, given.issuers)
    return Surroundings(
        moment=at,
        anchors=_of(Kind.CERTIFICATE, given.trust),
        sole_issuer=named[0] if len(named) == 1 else None,
        authorities=tuple(dict.fromkeys((*named, *authorities))),
        others=tuple(der for der in (*certificates, *_of(Kind.CERTIFICATE, given.others)) if der not in authorities),
        crls=_of(Kind.CRL, [*given.crls, *items]),
        ocsp_responses=_of(Kind.OCSP_RESPONSE, [*given.ocsp_responses, *items]),
        card=_authentication_of(card),
        card_certificates=card,
    )


def _of(kind: Kind, items: Iterable[Item]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(item.der for item in items if item.kind is kind))


def _authentication_of(card: tuple[bytes, ...]) -> bytes | None:
    """The PIV Authentication certificate among those of a card, else the first."""
    piv = BY_KEY["piv-authentication"]
    found = (der for der in card if (view := certificate_view(der)) is not None and profile_of(view) is piv)
    return next(found, card[0] if card else None)
