"""The dates of a certificate (RFC 5280 4.1.2.5, Common Policy CP 6.3.2)."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, unexpected
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import der
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.fields import Time

FIRST_GENERALIZED_YEAR: Final = 2050
LONGEST: Final = timedelta(days=1096)
"""Three calendar years hold at most one leap day."""
CA_KEY_YEARS: Final = 10
CARD_CAP_FROM: Final = datetime(2015, 5, 5, tzinfo=UTC)
CARD_CAP_UNTIL: Final = datetime(2020, 9, 1, tzinfo=UTC)
"""Profiles 1.7 to 1.9 were in force between these days."""
_FORMS: Final = {der.UTC_TIME: re.compile(rb"\d{12}Z"), der.GENERALIZED_TIME: re.compile(rb"\d{14}Z")}
_OWN_FINDING: Final = "a date cannot be read, which the rule on its form reports"


def wrong_type(time: Time) -> bool:
    """Whether a date through 2049 is no UTCTime or a later one no GeneralizedTime. Shared with CRLs."""
    if time.moment is None:
        return time.tag not in _FORMS
    late = time.moment.year >= FIRST_GENERALIZED_YEAR
    return time.tag != (der.GENERALIZED_TIME if late else der.UTC_TIME)


@check("DPC-CERT-VALID-01")
def types_follow_the_year(certificate: CertificateView) -> Answer:
    """Dates through 2049 are UTCTime, later ones GeneralizedTime."""
    for where, time in (("notBefore", certificate.not_before), ("notAfter", certificate.not_after)):
        if wrong_type(time):
            return unexpected(where, "UTCTime through 2049, GeneralizedTime after", f"{der.tag_name(time.tag)} {time}")
    return None


@check("DPC-CERT-VALID-02")
def forms_are_complete(certificate: CertificateView) -> Answer:
    """Dates name seconds, end in Z and have no fractions."""
    for where, time in (("notBefore", certificate.not_before), ("notAfter", certificate.not_after)):
        form = _FORMS.get(time.tag)
        if form is None or not form.fullmatch(time.text) or time.moment is None:
            return unexpected(where, "YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ", time)
    return None


@check("DPC-CERT-VALID-03")
def lives_at_most_three_years(certificate: CertificateView) -> Answer:
    """The certificate lives at most three years."""
    begin, end = certificate.not_before.moment, certificate.not_after.moment
    if begin is None or end is None:
        return CannotTell(_OWN_FINDING)
    return unexpected("validity", "at most 1096 days", end - begin) if end - begin > LONGEST else None


@check("DPC-CERT-VALID-04")
def begins_before_it_ends(certificate: CertificateView) -> Answer:
    """notBefore is earlier than notAfter."""
    begin, end = certificate.not_before.moment, certificate.not_after.moment
    if begin is None or end is None:
        return CannotTell(_OWN_FINDING)
    return None if begin < end else unexpected("validity", "notBefore earlier than notAfter", f"{begin} and {end}")


@check("DPC-CERT-VALID-05")
def ends_with_its_issuer(certificate: CertificateView, context: CertificateContext) -> Answer:
    """The certificate expires no later than the issuing CA's certificate and ten years of use of its key."""
    issuer = context.issuer_view
    if issuer is None:
        return CannotTell("the issuing CA's certificate was not given")
    end, begin, last = certificate.not_after.moment, issuer.not_before.moment, issuer.not_after.moment
    if end is None or begin is None or last is None:
        return CannotTell(_OWN_FINDING)
    # 29 February has no namesake ten years on: the day after it is the first that lies beyond.
    day = begin.replace(month=3, day=1) if (begin.month, begin.day) == (2, 29) else begin
    last = min(last, day.replace(year=day.year + CA_KEY_YEARS))
    return unexpected("notAfter", f"at the latest {last}", end) if end > last else None


@check("DPC-CERT-VALID-06")
def ended_with_the_card(certificate: CertificateView, context: CertificateContext) -> Answer:
    """Under profiles 1.7 to 1.9 a derived certificate did not outlive the PIV Card."""
    begin, end = certificate.not_before.moment, certificate.not_after.moment
    if begin is None or end is None:
        return CannotTell(_OWN_FINDING)
    if not CARD_CAP_FROM <= begin < CARD_CAP_UNTIL:
        return DoesNotApply("not issued under profiles 1.7 to 1.9")
    if context.card_expiry is None:
        return CannotTell("the card's expiration date was not given")
    return unexpected("notAfter", f"at the latest {context.card_expiry}", end) if end > context.card_expiry else None
