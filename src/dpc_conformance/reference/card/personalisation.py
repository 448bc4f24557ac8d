"""How a card is to be made, as data: a deviation from the good card replaces a field."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from dpc_conformance.clock import RunClock
from dpc_conformance.formats import oids
from dpc_conformance.reference.pki import profiles
from dpc_conformance.reference.pki.authority import Authority, Identity
from dpc_conformance.reference.pki.hierarchy import TestPki
from dpc_conformance.reference.pki.naming import Places
from dpc_conformance.roles.people import Person

CARD_LIFE = timedelta(days=4 * 365)
AGENCY, AUTHORISING_AGENCY, OTHER_AGENCY, PIV_I_AGENCY = "4700", "7008", "1900", "9999"
MONTH, YEAR = timedelta(days=30), timedelta(days=365)


@dataclass(frozen=True)
class Personalisation:
    """How a card is made; a deviation replaces a field. `issued` is the moment of issue of the certificates."""

    person: Person
    authority: Authority
    issued: datetime
    made: datetime
    expires: datetime
    agency: str = AGENCY
    authentication_policy: str = oids.COMMON_AUTHENTICATION
    own_key: bool = True
    """Whether key 9A belongs to the PIV Authentication certificate."""
    signer: Identity | None = None
    """Who signs the data on the card, where it is not the content signer of the PKI."""


def plan(pki: TestPki, person: Person, clock: RunClock) -> Personalisation:
    """A good card for that person, made now; it lives four years, or as long as the content signer's certificate."""
    last_day = min(clock.now() + CARD_LIFE, pki.content_signer.certificate.not_valid_after_utc - timedelta(days=1))
    expires = datetime.combine(last_day.date(), time(23, 59, 59), UTC)
    return Personalisation(person, pki.piv_authority, clock.now(), clock.now(), expires)


def deviate(good: Personalisation, deviation: str, pki: TestPki) -> Personalisation:
    """The plan with one thing wrong; `none` leaves it as it is. KeyError for an unknown deviation."""
    piv = pki.piv_authority
    deviations: dict[str, Callable[[], Personalisation]] = {
        "none": lambda: good,
        "expired": lambda: replace(good, issued=good.issued - profiles.PIV_AUTHENTICATION.lifetime - MONTH),
        "not-yet-valid": lambda: replace(good, issued=good.issued + YEAR),
        "unknown-ca": lambda: replace(good, authority=pki.foreign_authority),
        "key-mismatch": lambda: replace(good, own_key=False),
        "piv-i": lambda: replace(good, authentication_policy=oids.PIVI_AUTHENTICATION, agency=PIV_I_AGENCY),
        "wrong-policy": lambda: replace(good, authentication_policy=oids.COMMON_HARDWARE),
        "content-signer-ends-first": lambda: replace(good, signer=pki.content_signer_until(good.issued + YEAR)),
        "no-status": lambda: replace(good, authority=replace(piv, places=_unpublished(piv.places))),
        "served-agency": lambda: replace(good, agency=AUTHORISING_AGENCY),
        "other-agency": lambda: replace(good, agency=OTHER_AGENCY),
    }
    return deviations[deviation]()


def _unpublished(places: Places) -> Places:
    """The same repository beside status services that nobody runs."""
    return replace(places, crls=places.nowhere, ocsp=places.nowhere)
