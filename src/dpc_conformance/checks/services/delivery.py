"""How CRLs and OCSP responses are delivered over HTTP, and how fast (profile section 5, Common Policy CP 4.9.9)."""

import re
from datetime import timedelta
from typing import Final

from dpc_conformance.checks.finding import Answer, CannotTell, unexpected
from dpc_conformance.checks.registry import service_check
from dpc_conformance.checks.services.context import answered, fetched, media_type
from dpc_conformance.evidence.observations import Fetched, Observations
from dpc_conformance.formats.crl import read_crl
from dpc_conformance.formats.der import DerError

CRL_TYPE: Final = "application/pkix-crl"
OCSP_TYPE: Final = "application/ocsp-response"
LONGEST_WAIT: Final = timedelta(seconds=10)
NO_CRL: Final = CannotTell("no CRL was fetched")
NO_OCSP: Final = CannotTell("no OCSP response was fetched")
_CRL_FILE: Final = re.compile(r"http://[^?#]+\.crl", re.IGNORECASE)


def _delivered(one: Fetched) -> Answer:
    if one.status != 200:
        where = f" to {one.location}" if one.location else ""
        return unexpected(one.url, "HTTP 200", f"HTTP {one.status}{where}" if one.status else "no answer")
    return None


@service_check("DPC-CRL-HTTP-01")
def crl_comes_as_der(observations: Observations) -> Answer:
    """A CRL is fetched over plain http from a .crl file, as DER with its own media type, without detours."""
    for one in fetched(observations, "crl"):
        answer = _delivered(one)
        if answer is not None:
            return answer
        if not _CRL_FILE.fullmatch(one.url):
            return unexpected("CRL URI", "http and a file .crl", one.url)
        if media_type(one) != CRL_TYPE:
            return unexpected(f"{one.url} Content-Type", CRL_TYPE, one.media_type or "nothing")
        try:
            defects = read_crl(one.body).defects
        except DerError as error:
            return unexpected(f"{one.url} offset {error.offset}", "the DER of a CRL", error.reason)
        if defects:
            return unexpected(f"{one.url} offset {defects[0].offset}", "DER", defects[0].reason)
    return None if fetched(observations, "crl") else NO_CRL


@service_check("DPC-OCSP-HTTP-01")
def response_has_its_media_type(observations: Observations) -> Answer:
    """An OCSP response comes with its own media type."""
    for one in answered(observations, "ocsp"):
        if media_type(one) != OCSP_TYPE:
            return unexpected(f"{one.url} Content-Type", OCSP_TYPE, one.media_type or "nothing")
    return None if answered(observations, "ocsp") else NO_OCSP


def _too_slow(one: Fetched) -> bool:
    return one.status == 0 or one.status >= 500 or one.took > LONGEST_WAIT


@service_check("DPC-CRL-AVAIL-01")
def crls_come_within_ten_seconds(observations: Observations) -> Answer:
    """The CRL service answers within ten seconds."""
    for one in fetched(observations, "crl"):
        if _too_slow(one):
            actual = f"{one.took.total_seconds():.0f} s" if one.status else "no answer"
            return unexpected(one.url, "an answer within 10 s", actual)
    return None if fetched(observations, "crl") else NO_CRL


@service_check("DPC-OCSP-AVAIL-01")
def responses_come_within_ten_seconds(observations: Observations) -> Answer:
    """Of the OCSP requests observed 95 in 100 are answered within ten seconds."""
    asked = fetched(observations, "ocsp")
    if not asked:
        return NO_OCSP
    slow = [one for one in asked if _too_slow(one)]
    if len(slow) * 20 <= len(asked):
        return None
    actual = f"{len(slow)} of {len(asked)} slower or unanswered"
    return unexpected(slow[0].url, "an answer within 10 s for 95 of 100", actual)
