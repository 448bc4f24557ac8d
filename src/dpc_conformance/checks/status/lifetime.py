"""How far nextUpdate may lie after thisUpdate, by the kind of CA (Common Policy CP 4.9.7, profile worksheet 14)."""

from datetime import datetime, timedelta
from typing import Final

from dpc_conformance.checks.finding import Answer, CannotTell, unexpected

OF_A_SHARED_PROVIDER: Final = timedelta(hours=48)
MOST_APART: Final = timedelta(hours=18)
"""Of two CRLs of a CA that is online."""
OF_OTHERS: Final = timedelta(hours=180)
BY_CLAIM: Final = {"unknown": None, "shared-service-provider": OF_A_SHARED_PROVIDER, "other": OF_OTHERS}
"""By what a product claims to be its `certification_authority`."""
OF_AN_OFFLINE_CA: Final = timedelta(days=37)
KIND_NOT_GIVEN: Final = CannotTell("whether the CA is that of a shared service provider was not given")
PURPOSE_NOT_GIVEN: Final = CannotTell("whether the CA is online was not given, nor a certificate that its CRL covers")


def lasts_at_most(begin: datetime, end: datetime, longest: timedelta | None, of_subscribers: bool = True) -> Answer:
    """Whether status from `begin` to `end` lasts no longer than `longest`, None where the kind of CA is not known.

    `of_subscribers` tells that it is known to be about subscriber certificates, whose CA is online.
    """
    lasts = end - begin
    if longest is None and OF_A_SHARED_PROVIDER < lasts <= OF_OTHERS:
        return KIND_NOT_GIVEN
    if longest is None and not of_subscribers and OF_OTHERS < lasts <= OF_AN_OFFLINE_CA:
        return PURPOSE_NOT_GIVEN
    most = OF_OTHERS if longest is None else longest
    return unexpected("nextUpdate", f"at most {most} after thisUpdate", lasts) if lasts > most else None
