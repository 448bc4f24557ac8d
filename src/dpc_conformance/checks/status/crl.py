"""Rules on CRLs (RFC 5280 5, profile worksheet 14, Common Policy CP 4.9.7)."""

from typing import Final

from dpc_conformance.checks.certificate.signature_algorithm import suits_status
from dpc_conformance.checks.certificate.validity import wrong_type
from dpc_conformance.checks.clocks import CLOCKS_DIFFER_BY
from dpc_conformance.checks.finding import Answer, CannotTell, DoesNotApply, missing, unexpected, warning
from dpc_conformance.checks.registry import crl_check
from dpc_conformance.checks.signature import verifies
from dpc_conformance.checks.status.context import StatusContext
from dpc_conformance.checks.status.lifetime import MOST_APART, lasts_at_most
from dpc_conformance.checks.status.strength import hash_bits
from dpc_conformance.formats import oids
from dpc_conformance.formats.crl import CrlView

VERSION_2: Final = 1
REASONS: Final = frozenset({None, 1, 2, 3, 4, 5, 6, 9, 10})
"""The reason codes of a full CRL: 0 is left out instead, 7 does not exist, 8 is for delta CRLs (RFC 5280 5.3.1)."""
REMOVE_FROM_CRL: Final = 8
MAY_BE_CRITICAL: Final = frozenset({oids.ISSUING_DISTRIBUTION_POINT})
OF_ENTRIES_WITH_A_RULE: Final = frozenset({oids.REASON_CODE, oids.CERTIFICATE_ISSUER})
MOST_NUMBER_BITS: Final = 159
NO_ISSUER: Final = CannotTell("the CA's certificate was not given or cannot be read")
NO_KEY_IDENTIFIER: Final = CannotTell("no certificate of the CA was given that names its key identifier")


@crl_check("DPC-CRL-VER-01")
def is_version_2(crl: CrlView) -> Answer:
    """The CRL is of version 2."""
    return None if crl.version == VERSION_2 else unexpected("version", "1, which means v2", crl.version or "omitted")


@crl_check("DPC-CRL-SIG-01")
def is_signed_by_the_ca(crl: CrlView, context: StatusContext) -> Answer:
    """The signature algorithm is one of the seven, the same inside and outside, and the signature verifies."""
    finding = suits_status(crl.inner_algorithm)
    if finding is not None:
        return finding
    if crl.inner_algorithm.der != crl.outer_algorithm.der:
        return unexpected("signatureAlgorithm", crl.inner_algorithm.der, crl.outer_algorithm.der)
    if context.issuer_view is None:
        return NO_ISSUER
    key = context.issuer_view.public_key
    result = verifies(key, crl.outer_algorithm, crl.tbs, crl.signature, crl.signature_unused_bits)
    if isinstance(result, CannotTell):
        return result
    return None if result else unexpected("signatureValue", "a signature of the CA", "one that does not verify")


@crl_check("DPC-CRL-STRENGTH-01")
def hash_is_as_long_as_the_certificates(crl: CrlView, context: StatusContext) -> Answer:
    """The CRL is signed with a hash at least as long as that of the certificates it covers."""
    if context.certificate_view is None:
        return CannotTell("no certificate that the CRL covers was given")
    needed, found = hash_bits(context.certificate_view.inner_algorithm), hash_bits(crl.inner_algorithm)
    return None if found >= needed else unexpected("signature", f"a hash of {needed} bits", f"{found} bits")


@crl_check("DPC-CRL-ISSUER-01")
def issuer_is_the_ca(crl: CrlView, context: StatusContext) -> Answer:
    """The issuer is the subject of the CA's certificate, octet for octet."""
    if context.issuer_view is None:
        return NO_ISSUER
    expected = context.issuer_view.subject
    return None if crl.issuer.der == expected.der else unexpected("issuer", expected.der, crl.issuer.der)


@crl_check("DPC-CRL-TIME-01")
def names_both_dates(crl: CrlView) -> Answer:
    """thisUpdate and nextUpdate are there, complete, UTCTime through 2049 and GeneralizedTime after."""
    if crl.next_update is None:
        return missing("nextUpdate", "a date")
    for where, time in (("thisUpdate", crl.this_update), ("nextUpdate", crl.next_update)):
        if wrong_type(time) or not time.is_complete:
            return unexpected(where, "YYMMDDHHMMSSZ through 2049, YYYYMMDDHHMMSSZ after", time)
    return None


@crl_check("DPC-CRL-TIME-02")
def is_replaced_in_time(crl: CrlView, context: StatusContext) -> Answer:
    """nextUpdate comes no later after thisUpdate than the CA's kind allows."""
    begin, end = crl.this_update.moment, crl.next_update.moment if crl.next_update else None
    if begin is None or end is None:
        return CannotTell("a date is missing, which its own rule reports")
    before, of_subscribers = context.previous_view, context.certificate_view is not None
    if of_subscribers and before is not None and before.this_update.moment is not None and _is_next(crl, before):
        apart = begin - before.this_update.moment
        if apart > MOST_APART:
            return unexpected("thisUpdate", f"at most {MOST_APART} after the CRL before", apart)
    return lasts_at_most(begin, end, context.longest, of_subscribers)


@crl_check("DPC-CRL-TIME-03")
def is_current(crl: CrlView, context: StatusContext) -> Answer:
    """The CRL that is published has not lapsed."""
    begin, end = crl.this_update.moment, crl.next_update.moment if crl.next_update else None
    if begin is None or end is None:
        return CannotTell("a date is missing, which its own rule reports")
    if begin - CLOCKS_DIFFER_BY <= context.moment <= end:
        return None
    return unexpected("dates", f"around {context.moment}", f"{begin} to {end}")


@crl_check("DPC-CRL-EXT-01")
def names_its_key_and_number(crl: CrlView, context: StatusContext) -> Answer:
    """The authority key identifier (keyIdentifier only) and a CRL number that grows are there."""
    aki = crl.authority_key_identifier
    if aki is None or aki.key_identifier is None:
        return missing("authorityKeyIdentifier", "keyIdentifier")
    if aki.has_issuer or aki.has_serial:
        return unexpected("authorityKeyIdentifier", "keyIdentifier only", "issuer or serial number")
    expected = context.issuer_view.subject_key_identifier if context.issuer_view else None
    if expected is not None and aki.key_identifier != expected:
        return unexpected("authorityKeyIdentifier", expected, aki.key_identifier)
    number = crl.number
    if number is None or number < 0 or number.bit_length() > MOST_NUMBER_BITS:
        return missing(
            "cRLNumber", "an INTEGER of at most 20 octets, not negative", "nothing" if number is None else number
        )
    before = context.previous_view.number if context.previous_view and _follows(crl, context.previous_view) else None
    if before is not None and number <= before:
        return unexpected("cRLNumber", f"greater than {before}", number)
    return NO_KEY_IDENTIFIER if expected is None else None


def _is_next(crl: CrlView, before: CrlView) -> bool:
    """Whether the CA made none in between."""
    return _follows(crl, before) and before.number is not None and crl.number == before.number + 1


def _follows(crl: CrlView, before: CrlView) -> bool:
    """Whether both are in one series: of one key and of one scope, within which numbers grow (RFC 5280 5.2.3)."""
    return _series(crl) == _series(before)


def _series(crl: CrlView) -> tuple[object, bytes | None]:
    point = crl.by_oid.get(oids.ISSUING_DISTRIBUTION_POINT)
    return crl.authority_key_identifier, point.value if point else None


@crl_check("DPC-CRL-IDP-01")
def narrows_nothing(crl: CrlView, context: StatusContext) -> Answer:
    """An issuing distribution point is critical, names a location of the certificates covered, and excludes none."""
    extension = crl.by_oid.get(oids.ISSUING_DISTRIBUTION_POINT)
    if extension is None:
        return DoesNotApply("there is no issuing distribution point")
    where, point = "issuingDistributionPoint", crl.issuing_distribution_point
    count = sum(one.oid == oids.ISSUING_DISTRIBUTION_POINT for one in crl.extensions)
    if count > 1:
        return unexpected(where, "one", count)
    if point is None:
        return unexpected(where, "a SEQUENCE", extension.unreadable)
    if not extension.critical:
        return unexpected(f"{where} critical", "TRUE", "FALSE")
    if point.has_reasons or point.indirect or point.only_ca or point.only_attribute:
        return unexpected(where, "no reasons, not indirect, covering certificates of subscribers", point)
    if not point.has_point:
        return None
    if context.certificate_view is None:
        return CannotTell("no certificate that the CRL covers was given, which has to name the same location")
    known = {str(name) for one in context.certificate_view.distribution_points for name in one.names}
    shown = [str(name) for name in point.names]
    return unexpected(where, "a location in the certificate", shown) if known.isdisjoint(shown) else None


@crl_check("DPC-CRL-FULL-01")
def is_full(crl: CrlView) -> Answer:
    """The CRL is full: no delta, no entries of another issuer."""
    if oids.DELTA_CRL_INDICATOR in crl.by_oid:
        return unexpected("extensions", "no deltaCRLIndicator", oids.DELTA_CRL_INDICATOR)
    if any(one.oid == oids.CERTIFICATE_ISSUER for entry in crl.entries or () for one in entry.extensions):
        return unexpected("revokedCertificates", "no certificateIssuer", oids.CERTIFICATE_ISSUER)
    return None


@crl_check("DPC-CRL-ENTRY-01")
def reasons_are_in_use(crl: CrlView) -> Answer:
    """Reason codes are not critical; unspecified is left out, 7 does not exist, 8 is for delta CRLs."""
    reasons = REASONS | {REMOVE_FROM_CRL} if oids.DELTA_CRL_INDICATOR in crl.by_oid else REASONS
    for entry in crl.entries or ():
        if entry.reason not in reasons:
            return unexpected(f"entry {entry.serial} reasonCode", "1 to 6, 9, 10 or absent", entry.reason)
        if any(one.critical for one in entry.extensions if one.oid == oids.REASON_CODE):
            return unexpected(f"entry {entry.serial} reasonCode", "not critical", "critical")
    return None


@crl_check("DPC-CRL-ENTRY-02")
def omits_an_empty_list(crl: CrlView) -> Answer:
    """A CRL without revocations omits the list of them."""
    return unexpected("revokedCertificates", "absent when empty", "an empty SEQUENCE") if crl.entries == () else None


@crl_check("DPC-CRL-CRIT-01")
def nothing_else_is_critical(crl: CrlView) -> Answer:
    """No extension of the CRL or of its entries is critical but the issuing distribution point."""
    strays = {one.oid for one in crl.extensions if one.critical} - MAY_BE_CRITICAL
    if strays:
        return unexpected("extensions", "none critical but issuingDistributionPoint", strays)
    for entry in crl.entries or ():
        strays = {one.oid for one in entry.extensions if one.critical} - OF_ENTRIES_WITH_A_RULE
        if strays:
            return unexpected(f"entry {entry.serial} extensions", "none critical", strays)
    return None


@crl_check("DPC-CRL-HTTP-01")
def is_der(crl: CrlView) -> Answer:
    """What is delivered is the strict DER of one CRL."""
    if not crl.defects:
        return None
    return unexpected(f"offset {crl.defects[0].offset}", "DER", crl.defects[0].reason)


@crl_check("DPC-LC-LOST-03")
def lists_what_was_collected(crl: CrlView, context: StatusContext) -> Answer:
    """The certificate of a token that was collected and wiped is revoked, or somebody recorded why not."""
    if not context.token_collected:
        return DoesNotApply("the token was not collected")
    certificate = context.certificate_view
    if certificate is None:
        return CannotTell("the certificate in question was not given or cannot be read")
    if certificate.serial in crl.serials or context.justified:
        return None
    return warning("revokedCertificates", f"serial {certificate.serial}, or a recorded reason", "neither")
