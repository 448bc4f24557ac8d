"""A CA has several CRLs, certificates and kinds of answers; each is compared with what it can be compared with."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dpc_conformance.checks.context import CertificateContext
from dpc_conformance.checks.finding import CannotTell, Finding, Outcome
from dpc_conformance.checks.judgement import judge_certificate
from dpc_conformance.checks.profiles.derived_authentication import DERIVED_AUTHENTICATION
from dpc_conformance.checks.registry import Evidence, check_for
from dpc_conformance.checks.revocation import judge_crl, judge_ocsp
from dpc_conformance.checks.status.context import StatusContext
from dpc_conformance.commands.surroundings import Surroundings
from dpc_conformance.faults.certificates import material, names
from dpc_conformance.faults.certificates.encoding import (
    bits,
    context,
    generalized_time,
    implicit,
    integer,
    oid,
    sequence,
    tlv,
    utc_time,
)
from dpc_conformance.faults.certificates.material import (
    CA,
    NOW,
    SERIAL,
    authority_key,
    ca_template,
    distribution_point,
    good,
    root_template,
    sister_template,
)
from dpc_conformance.faults.certificates.signers import ecdsa
from dpc_conformance.faults.certificates.template import ExtensionParts
from dpc_conformance.faults.status.material import (
    CRITICAL,
    MADE,
    RESPONDER,
    CrlTemplate,
    OcspTemplate,
    entry,
    evidence,
    reason,
    responder_template,
)
from dpc_conformance.formats import oids
from dpc_conformance.formats.certificate import read_certificate

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LEAF, HOLDS, FAILS, CANNOT_TELL = good().signed(), Outcome.HOLDS, Outcome.FAILS, Outcome.CANNOT_TELL
OF_CAS = ExtensionParts(oids.ISSUING_DISTRIBUTION_POINT, sequence(implicit(2, b"\xff")), CRITICAL)
REVOKED_SINCE = context(1, generalized_time(NOW - 10 * DAY))
ON_HOLD = context(1, generalized_time(NOW - 20 * HOUR) + context(0, tlv(0x0A, b"\x06")))


def crl(number=57, made=MADE, lasts=30 * HOUR, *more, key=CA.key_identifier, **parts):
    extensions = (
        ExtensionParts(oids.AUTHORITY_KEY_IDENTIFIER, authority_key(key)),
        ExtensionParts(oids.CRL_NUMBER, integer(number)),
        *more,
    )
    dates = {"this_update": utc_time(made), "next_update": utc_time(made + lasts)}
    return replace(CrlTemplate(), extensions=extensions, **dates, **parts)


def around(*crls, authorities=None, certificates=(LEAF,)):
    known = authorities or (ca_template().signed(),)
    anchors = (root_template().signed(),)
    return Surroundings(
        NOW, anchors=anchors, authorities=known, others=certificates, crls=crls, longest=timedelta(hours=48)
    )


def outcome(evaluated, requirement):
    return next(each for each in evaluated if each.requirement == requirement).outcome


def of_crl(requirement, judged, surroundings):
    return outcome(judge_crl(judged, surroundings.around_crl(judged)), requirement)


ARL = crl(500, MADE - HOUR, 30 * HOUR, OF_CAS).signed()
FULL = crl(entries=sequence(entry(SERIAL, reason(1)))).signed()
DELTA = CrlTemplate().adding(oids.DELTA_CRL_INDICATOR, integer(5), CRITICAL).signed()


@pytest.mark.parametrize(
    ("crls", "status", "expected"),
    [
        ((ARL, FULL), REVOKED_SINCE, HOLDS),
        ((FULL, ARL), REVOKED_SINCE, HOLDS),
        ((ARL, FULL), None, FAILS),
        ((ARL,), REVOKED_SINCE, CANNOT_TELL),
        ((DELTA,), REVOKED_SINCE, CANNOT_TELL),
    ],
)
def test_a_response_is_compared_with_the_crl_that_its_certificate_belongs_on(crls, status, expected):
    response = (OcspTemplate(status=status) if status else OcspTemplate()).signed()
    judged = judge_ocsp(response, around(*crls).around_ocsp(response))
    assert outcome(judged, "DPC-OCSP-REVOKED-01") is expected


def compared(status, *, certificate=LEAF, listed=False, crl_made=NOW - HOUR):
    parts: dict[str, Any] = {"entries": sequence(entry(SERIAL, reason(1)))} if listed else {"entries": b""}
    dates = {"produced_at": NOW - 5 * HOUR, "this_update": NOW - 5 * HOUR, "next_update": NOW + 20 * HOUR}
    told = {**evidence(), "crl": crl(57, crl_made, **parts).signed(), "certificate": certificate}
    judged = judge_ocsp(OcspTemplate(status=status, **dates).signed(), StatusContext(**told))
    return outcome(judged, "DPC-OCSP-REVOKED-01")


def test_a_hold_may_end_between_response_and_crl():
    assert compared(ON_HOLD) is CANNOT_TELL
    assert compared(ON_HOLD, crl_made=NOW - 6 * HOUR) is FAILS
    assert compared(REVOKED_SINCE) is FAILS


def test_what_has_expired_need_not_be_listed_any_more():
    expired = replace(good(), not_before=utc_time(NOW - 1000 * DAY), not_after=utc_time(NOW - DAY)).signed()
    assert compared(REVOKED_SINCE, certificate=expired) is CANNOT_TELL
    assert compared(REVOKED_SINCE, certificate=expired, crl_made=NOW - 2 * DAY) is FAILS


def test_numbers_grow_within_one_series():
    another_key = ecdsa("ca-new")
    older, newer = crl(57).signed(), crl(57, MADE + timedelta(seconds=2)).signed()
    of_another_key = crl(57, MADE + timedelta(seconds=2), key=another_key.key_identifier, signer=another_key).signed()
    authorities = (ca_template().signed(), ca_template(another_key).signed())
    assert of_crl("DPC-CRL-EXT-01", newer, around(older, newer)) is FAILS
    assert of_crl("DPC-CRL-EXT-01", older, around(ARL, older)) is HOLDS
    assert of_crl("DPC-CRL-EXT-01", of_another_key, around(older, of_another_key, authorities=authorities)) is HOLDS


@pytest.mark.parametrize(
    ("number", "apart", "expected"),
    [(8, 17 * HOUR, HOLDS), (8, 19 * HOUR, FAILS), (9, 19 * HOUR, HOLDS), (7, 19 * HOUR, HOLDS)],
)
def test_consecutive_crls_are_made_in_time(number, apart, expected):
    before, judged = crl(7, NOW - HOUR - apart).signed(), crl(number, NOW - HOUR).signed()
    told = StatusContext(**{**evidence(), "previous_crl": before})
    assert outcome(judge_crl(judged, told), "DPC-CRL-TIME-02") is expected


@pytest.mark.parametrize(("ahead", "expected"), [(90, HOLDS), (240, FAILS)])
def test_the_clock_of_a_ca_may_be_a_little_fast(ahead, expected):
    judged = crl(made=NOW + timedelta(seconds=ahead)).signed()
    assert outcome(judge_crl(judged, StatusContext(**evidence())), "DPC-CRL-TIME-03") is expected


def test_a_part_of_the_list_is_judged_beside_a_certificate_that_belongs_on_it():
    part = "http://crl.dpc.example/part2.crl"
    of_part = sister_template().with_value(oids.CRL_DISTRIBUTION_POINTS, sequence(distribution_point(names.uri(part))))
    judged = CrlTemplate().adding(
        oids.ISSUING_DISTRIBUTION_POINT, sequence(context(0, context(0, names.uri(part)))), CRITICAL
    )
    surroundings = around(judged.signed(), certificates=(LEAF, of_part.signed()))
    assert of_crl("DPC-CRL-IDP-01", judged.signed(), surroundings) is HOLDS
    assert of_crl("DPC-CRL-IDP-01", judged.signed(), around(judged.signed())) is FAILS


def of_certificate(requirement, **changes):
    told = {**material.evidence(), **changes}
    return outcome(judge_certificate(LEAF, CertificateContext(**told), DERIVED_AUTHENTICATION), requirement)


@pytest.mark.parametrize("turned", [False, True])
def test_the_certificates_of_one_ca_key_count_together(turned):
    former = replace(ca_template(), not_after=utc_time(NOW + 400 * DAY))
    renewed = replace(ca_template(), serial=integer(0x10009), not_before=utc_time(NOW - 30 * DAY))
    since_2017 = replace(former, not_before=utc_time(datetime(2017, 3, 1, tzinfo=UTC)))
    for first, expected in ((former, HOLDS), (since_2017, FAILS)):
        authorities = [first.signed(), renewed.signed()][:: -1 if turned else 1]
        surroundings = around(*material.evidence()["crls"], authorities=tuple(authorities))
        judged = judge_certificate(LEAF, surroundings.around_certificate(LEAF), DERIVED_AUTHENTICATION)
        assert outcome(judged, "DPC-CERT-VALID-05") is expected


def test_a_path_is_judged_where_the_ca_is_there():
    assert of_certificate("DPC-PATH-ANCHOR-01") is HOLDS
    assert of_certificate("DPC-PATH-ANCHOR-01", issuer=None, intermediates=()) is CANNOT_TELL
    stranger = root_template(ecdsa("other-root")).signed()
    assert of_certificate("DPC-PATH-ANCHOR-01", trust_anchors=(stranger,)) is FAILS


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_certificates_of_a_responder_the_one_that_signed_counts(turned):
    former, present = responder_template(ecdsa("former responder")).signed(), responder_template().signed()
    name = read_certificate(present).subject.der
    sent = (present, former) if turned else (former, present)
    template = OcspTemplate()
    single = sequence(
        template.cert_id,
        template.status,
        generalized_time(template.this_update),
        context(0, generalized_time(template.next_update)),
    )
    tbs = sequence(context(1, name), generalized_time(template.produced_at), sequence(single))
    for key, expected in ((RESPONDER, HOLDS), (ecdsa("somebody else"), FAILS)):
        basic = sequence(tbs, key.algorithm, bits(key.sign(tbs)), context(0, sequence(*sent)))
        response = sequence(tlv(0x0A, b"\x00"), context(0, sequence(oid(oids.OCSP_BASIC), tlv(0x04, basic))))
        assert outcome(judge_ocsp(response, StatusContext(**evidence())), "DPC-OCSP-SIG-01") is expected


def test_a_list_from_before_a_modification_does_not_show_what_it_ended():
    former = replace(good(policy=oids.DERIVED_PIV_AUTH_HARDWARE), serial=integer(0x7B7B7B7B7B7B7B7B)).signed()
    judged = replace(good(), not_before=utc_time(NOW - HOUR), not_after=utc_time(NOW + 900 * DAY)).signed()
    for made, expected in ((NOW - 6 * HOUR, CANNOT_TELL), (NOW - HOUR / 2, FAILS)):
        lists = (crl(made=made).signed(),)
        told = {**material.evidence(), "predecessor": former, "replacement": "modification", "crls": lists}
        rule = check_for("DPC-LC-MOD-02", Evidence.CERTIFICATE)
        answer = rule.judge(read_certificate(judged), CertificateContext(**told))
        assert {CannotTell: CANNOT_TELL, Finding: FAILS}[type(answer)] is expected
