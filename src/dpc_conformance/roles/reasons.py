"""Why somebody was refused: one vocabulary for all issuers; an adapter maps its product's reasons to it."""

from enum import StrEnum


class Reason(StrEnum):
    """Reason of a refusal as it stands in an audit record."""

    NO_CERTIFICATE = "no-certificate"
    PROOF_OF_POSSESSION = "challenge-response"
    CERTIFICATE_SIGNATURE = "certificate-signature"
    PATH = "path"
    PATH_EXPIRED = "path-expired"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    REVOKED = "revoked"
    STATUS_UNAVAILABLE = "status-unavailable"
    POLICY = "policy"
    UNKNOWN_ACCOUNT = "unknown-account"
    ACCOUNT_TERMINATED = "account-terminated"
    CARD_DATA_MISSING = "card-data-missing"
    CARD_CERTIFICATE = "card-certificate"
    CHUID_MALFORMED = "chuid-malformed"
    CHUID_SIGNATURE = "chuid-signature"
    CHUID_SIGNER = "chuid-signer"
    CHUID_EXPIRED = "chuid-expired"
    OUTLIVES_CARD = "certificate-outlives-card"
    FASC_N_MISMATCH = "fascn-mismatch"
    UUID_MISMATCH = "uuid-mismatch"
    SECURITY_OBJECT = "security-object"
    BIOMETRIC = "biometric-object"
    NOT_APPROVED = "not-approved"
    OBLIGATIONS = "obligations-not-accepted"
    SECRET_UNKNOWN = "secret-unknown"  # noqa: S105  a reason, not a secret
    SECRET_EXPIRED = "secret-expired"  # noqa: S105
    SECRET_USED = "secret-used"  # noqa: S105
    DEVICE_STATEMENT = "device-statement"
    DEVICE_NOT_REGISTERED = "device-not-registered"
    TOKEN = "enrolment-token"  # noqa: S105
    REQUEST_MALFORMED = "request-malformed"
    REQUEST_SIGNATURE = "request-signature"
    REQUEST_SUBJECT = "request-subject"
    KEY_TYPE = "key-type"
    KEY_WEAK = "key-weak"
    KEY_REUSED = "key-reused"
    LIMIT = "limit"
