"""The words that a field of a requirement may hold."""

from enum import StrEnum


class Level(StrEnum):
    """How binding a requirement is (RFC 2119). MUST NOT is a MUST with a negative predicate."""

    MUST = "MUST"
    SHOULD = "SHOULD"
    MAY = "MAY"
    """An option that the suite has to accept and must not flag."""


class TestableBy(StrEnum):
    """How it can be found out whether a requirement holds."""

    CERTIFICATE = "cert inspection"
    PATH = "path/revocation"
    FLOW = "issuer protocol flow"
    APDU = "APDU"
    RECORD = "issuer record/audit"
    ATTESTATION = "attestation by vendor only"


class Verification(StrEnum):
    """How well the source of a requirement was read by whoever wrote it down."""

    CITED_EDITION = "read-in-cited-edition"
    R1_DRAFT = "read-in-r1-draft-source"
    WORKING_DRAFT = "read-in-NIST-2026-working-draft-carrying-the-5-series-text"
    SECONDARY = "restated-by-secondary-source"
    MEMORY = "from-memory-not-verified"
    INFERENCE = "inference-from-cited-text"


READ_BY_SOMEONE = frozenset({Verification.CITED_EDITION, Verification.R1_DRAFT, Verification.WORKING_DRAFT})
"""Marks under which a failure may decide; under any other it is a warning until somebody has read the clause."""


class Subject(StrEnum):
    """What a requirement is about."""

    AUTHENTICATION_AAL2 = "derived-auth-cert-aal2-loa3-software"
    AUTHENTICATION_AAL3 = "derived-auth-cert-aal3-loa4-hardware"
    SIGNATURE = "derived-signature-cert"
    KEY_MANAGEMENT = "derived-or-recovered-key-management-cert"
    CONTENT_SIGNING = "content-signing"
    ISSUANCE = "issuer-issuance-flow"
    LIFECYCLE = "issuer-lifecycle"
    ACTIVATION = "device-activation-secret"
    REMOVABLE = "removable-derived-piv-application"
    PIV_CARD = "piv-card-used-to-derive"


class SourceEdition(StrEnum):
    """Which edition of SP 800-157 a requirement belongs to."""

    FINAL_2014 = "SP800-157-2014"
    R1 = "r1"
    BOTH = "both"


class R1Stage(StrEnum):
    """Which draft of revision 1 a requirement stands in, where the two differ."""

    IPD = "ipd"
    FPD = "fpd"
    BOTH = "ipd+fpd"


class StatusObject(StrEnum):
    """Which object of a status service a requirement is about."""

    CRL = "crl"
    OCSP = "ocsp"
    OCSP_CERTIFICATE = "ocsp-cert"
    HTTP = "http"
    CRL_OR_OCSP = "crl|ocsp"
    OCSP_OR_CRL = "ocsp|crl"
