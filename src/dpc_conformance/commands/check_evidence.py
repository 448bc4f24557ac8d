"""What `dpc check` knows besides the objects it judges: the files that its options name, and the objects themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dpc_conformance.checks.profiles.selection import BY_KEY, profile_of
from dpc_conformance.commands.der_kind import Kind
from dpc_conformance.commands.errors import BadInput
from dpc_conformance.commands.inputs import Item, Reader
from dpc_conformance.commands.surroundings import Surroundings, certificate_view


@dataclass(frozen=True)
class Given:
    """What the options name, as DER: all of it evidence, none of it judged."""

    trust: tuple[bytes, ...]
    issuers: tuple[bytes, ...]
    crls: tuple[bytes, ...]
    ocsp_responses: tuple[bytes, ...]
    card: tuple[bytes, ...]
    others: tuple[bytes, ...]


def evidence(reader: Reader, names: Iterable[str], kind: Kind = Kind.CERTIFICATE) -> tuple[bytes, ...]:
    """The objects of one kind in files and folders. Raises BadInput for one that holds none: it would go unnoticed."""
    found: list[bytes] = []
    for name in names:
        wanted = _of(kind, reader.items([name]))
        if not wanted:
            raise BadInput(f"{name}: expected at least one {kind.value}, found none")
        found += wanted
    return tuple(dict.fromkeys(found))


def surroundings(items: list[Item], given: Given, at: datetime) -> Surroundings:
    """The evidence for every object: CA certificates, CRLs and OCSP responses among `items` serve as such too."""
    certificates = _of(Kind.CERTIFICATE, items)
    views = {der: certificate_view(der) for der in certificates}
    authorities = [der for der, view in views.items() if view is not None and view.is_authority]
    return Surroundings(
        moment=at,
        anchors=given.trust,
        sole_issuer=given.issuers[0] if len(given.issuers) == 1 else None,
        authorities=_merged(given.issuers, authorities),
        others=tuple(der for der in _merged(certificates, given.others) if der not in authorities),
        crls=_merged(given.crls, _of(Kind.CRL, items)),
        ocsp_responses=_merged(given.ocsp_responses, _of(Kind.OCSP_RESPONSE, items)),
        card=_authentication_of(given.card),
        card_certificates=given.card,
    )


def _merged(first: Iterable[bytes], second: Iterable[bytes]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _of(kind: Kind, items: Iterable[Item]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys(item.der for item in items if item.kind is kind))


def _authentication_of(card: tuple[bytes, ...]) -> bytes | None:
    """The PIV Authentication certificate among those of a card, else the first."""
    piv = BY_KEY["piv-authentication"]
    found = (der for der in card if (view := certificate_view(der)) is not None and profile_of(view) is piv)
    return next(found, card[0] if card else None)
