"""The dates of a certificate (RFC 5280 4.1.2.5, Common Policy CP 6.3.2)."""

from datetime import MAXYEAR, timedelta
from typing import Final

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, unexpected
from dpc_conformance.checks.profiles.versions import version_of
from dpc_conformance.checks.registry import check
from dpc_conformance.formats import der
from dpc_conformance.formats.certificate import CertificateView
from dpc_conformance.formats.fields import TIME_FORMS, Time

FIRST_GENERALIZED_YEAR: Final = 2050
LONGEST: Final = timedelta(days=1096)
"""Three calendar years hold at most one leap day."""
LONGEST_CONTENT_SIGNING: Final = timedelta(days=9 * 365 + 3)
"""Nine calendar years hold at most three leap days."""
LONGEST_RESPONDER: Final = timedelta(days=120)
CA_KEY_YEARS: Final = 10
_OWN_FINDING: Final = "a date cannot be read, which the rule on its form reports"


def wrong_type(time: Time) -> bool:
    """Whether a date through 2049 is no UTCTime or a later one no GeneralizedTime. Shared with CRLs."""
    if time.moment is None:
        return time.tag not in TIME_FORMS
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
        if not time.is_complete:
            return unexpected(where, "YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ", time)
    return None


def lives_at_most(certificate: CertificateView, longest: timedelta) -> Answer:
    """Whether the certificate lives no longer than `longest`."""
    begin, end = certificate.not_before.moment, certificate.not_after.moment
    if begin is None or end is None:
        return CannotTell(_OWN_FINDING)
    return unexpected("validity", f"at most {longest.days} days", end - begin) if end - begin > longest else None


@check("DPC-CERT-VALID-03")
def lives_at_most_three_years(certificate: CertificateView) -> Answer:
    """The certificate lives at most three years."""
    return lives_at_most(certificate, LONGEST)


@check("DPC-SIG-VALID-01")
def signs_at_most_three_years(certificate: CertificateView) -> Answer:
    """A signature certificate and its key live at most three years."""
    return lives_at_most(certificate, LONGEST)


@check("DPC-KM-VALID-01")
def encrypts_at_most_three_years(certificate: CertificateView) -> Answer:
    """A key management certificate lives at most three years, however long its key is used to decrypt."""
    return lives_at_most(certificate, LONGEST)


@check("DPC-OCSP-CERT-01")
def responds_at_most_120_days(certificate: CertificateView) -> Answer:
    """The certificate of an OCSP responder lives at most 120 days."""
    return lives_at_most(certificate, LONGEST_RESPONDER)


@check("DPC-CS-VALID-01")
def signs_objects_for_three_of_nine_years(certificate: CertificateView, context: CertificateContext) -> Answer:
    """A content signing certificate lives at most nine years, and its key signs in the first three."""
    answer = lives_at_most(certificate, LONGEST_CONTENT_SIGNING)
    begin = certificate.not_before.moment
    if answer is not None or begin is None or context.signed_at is None:
        return answer
    if context.signed_at - begin <= LONGEST:
        return None
    return unexpected("signing time", f"at most {LONGEST.days} days after notBefore", context.signed_at - begin)


@check("DPC-CS-VALID-02")
def outlives_what_it_vouches_for(certificate: CertificateView, context: CertificateContext) -> Answer:
    """A content signing certificate outlives the certificates on the same card or token."""
    end = certificate.not_after.moment
    ends = [view.not_after.moment for view in context.covered_views]
    latest = max((one for one in ends if one is not None), default=None)
    if end is None or latest is None:
        return CannotTell("the certificates on the card or token were not given or have no readable dates")
    return None if end > latest else unexpected("notAfter", f"later than {latest}", end)


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
    same = [one for one in context.authority_views if _same_ca(one, issuer)]
    begins, lasts = [one.not_before.moment for one in same], [one.not_after.moment for one in same]
    begin = min((one for one in begins if one is not None), default=None)
    last = max((one for one in lasts if one is not None), default=None)
    end = certificate.not_after.moment
    if end is None or begin is None or last is None:
        return CannotTell(_OWN_FINDING)
    if begin.year + CA_KEY_YEARS <= MAXYEAR:
        # 29 February has no namesake ten years on: the day after it is the first that lies beyond.
        day = begin.replace(month=3, day=1) if (begin.month, begin.day) == (2, 29) else begin
        last = min(last, day.replace(year=day.year + CA_KEY_YEARS))
    return unexpected("notAfter", f"at the latest {last}", end) if end > last else None


def _same_ca(one: CertificateView, other: CertificateView) -> bool:
    """Whether both certify the same key of the same CA, of which there may be several certificates."""
    return one.subject.der == other.subject.der and one.public_key.der == other.public_key.der


@check("DPC-CERT-VALID-06")
def ended_with_the_card(certificate: CertificateView, context: CertificateContext) -> Answer:
    """Under profiles 1.7 to 1.9 a derived certificate did not outlive the PIV Card."""
    begin, end = certificate.not_before.moment, certificate.not_after.moment
    if begin is None or end is None:
        return CannotTell(_OWN_FINDING)
    if not version_of(certificate, context).caps_at_the_card:
        return DoesNotApply("not issued under profiles 1.7 to 1.9")
    if context.card_expiry is None:
        return CannotTell("the card's expiration date was not given")
    return unexpected("notAfter", f"at the latest {context.card_expiry}", end) if end > context.card_expiry else None
