"""Requirements that a refusal proves: the reasons that count, and the control that must succeed in the same run."""

from dpc_conformance.checks.registry import refusal

KIOSK_SIGN_IN = "sign-in at the kiosk with a valid card"
CARD_READING = "sign-in with a good card at a kiosk that reads it"
REDEMPTION = "redemption of a fresh QR code by the cardholder's phone"
ISSUANCE = "issuance to the cardholder's phone"
RECOVERY = "recovery of an own key by the subscriber"
RELEASE = "release of a key that two agents approved"
REQUEST = "request for the ID with the obligations accepted"
REKEY = "re-key with the current derived credential"
RESTORATION = "end of a suspension by PKI-AUTH with the PIV Card"
RESET = "reset of the activation secret with a code of the kiosk"
APPLICATION = "sign-in at the web application with a valid credential"
NETWORK = "joining the wireless network with a valid credential"
TUNNEL = "a tunnel with a valid credential"
AT_WORK = (APPLICATION, NETWORK, TUNNEL)
"""Where a credential is used: a scenario says which of them it is about, and on whose server."""
NO_CARD = "issuance at the desk to an applicant without the card, with everything on record"
BINDING = "binding of an approved authenticator with two factors"
VERIFICATION = "sign-in at the identity provider with a bound authenticator"
PASSWORD_CHANGE = "change of a password with the current one, signed in with the card"
REVOCATION = "revocation at the request of an authenticated officer"
LOG_ON = "log-on of a registration operator with a hardware certificate"
VISIT = "registration of an applicant who was compared with the card"
NO_MATCH_POSSIBLE = "registration with a second document where no match is possible"
SECOND_VISIT = "second visit with a biometric comparison"
HARDWARE_REQUEST = "request for a hardware credential after the visit"
HARDWARE_ISSUANCE = "issuance of a hardware credential to the cardholder's phone"
HARDWARE_REDEMPTION = "redemption of a code for a hardware credential by a phone that was issued to the cardholder"
HARDWARE_REKEY = "re-key in the module of the current hardware credential"
HARDWARE_RECOVERY = "recovery of an own key into the module"
SIGNED_MAIL = "verification of a mail that the signature credential signed"
ENCRYPTED_MAIL = "encryption of mail to a key management certificate"

refusal("DPC-ISS-PKIAUTH-01", {"no-certificate"}, KIOSK_SIGN_IN)
refusal(
    "DPC-ISS-PKIAUTH-02",
    {"expired", "not-yet-valid", "certificate-signature", "path", "path-expired"},
    KIOSK_SIGN_IN,
)
refusal("DPC-ISS-PKIAUTH-03", {"revoked", "status-unavailable"}, KIOSK_SIGN_IN)
refusal("PIV-SRC-STATUS-01", {"revoked"}, KIOSK_SIGN_IN)
refusal("DPC-ISS-PKIAUTH-04", {"policy"}, KIOSK_SIGN_IN)
refusal("DPC-ISS-PKIAUTH-06", {"challenge-response"}, KIOSK_SIGN_IN)
refusal("PIV-SRC-PIVI-01", {"policy"}, KIOSK_SIGN_IN)
refusal("PIV-SRC-CARDAUTH-02", {"policy"}, KIOSK_SIGN_IN)
refusal("PIV-SRC-CARDAUTH-01", {"revoked", "expired", "path", "certificate-signature"}, CARD_READING)
refusal("PIV-SRC-BIO-01", {"biometric-object"}, CARD_READING)
refusal("PIV-SRC-CHUID-03", {"chuid-expired"}, CARD_READING)
refusal("PIV-SRC-CHUID-04", {"uuid-mismatch"}, CARD_READING)
refusal("PIV-SRC-CHUID-05", {"chuid-signature"}, CARD_READING)
refusal("PIV-SRC-CHUID-06", {"chuid-signer"}, CARD_READING)
refusal("PIV-SRC-CHUID-07", {"fascn-mismatch"}, CARD_READING)
refusal("PIV-SRC-SO-01", {"security-object"}, CARD_READING)
refusal("PIV-SRC-SO-02", {"security-object"}, CARD_READING)
refusal("DPC-ISS-ELIG-01", {"account-terminated"}, KIOSK_SIGN_IN)
refusal("DPC-ISS-NOCHAIN-01", {"policy"}, KIOSK_SIGN_IN)
refusal("DPC-ISS-HOME-01", {"agency-not-served", "unknown-account"}, KIOSK_SIGN_IN)
refusal("DPC-ISS-ACCEPT-01", {"obligations-not-accepted"}, REQUEST)
refusal(
    "DPC-ISS-MULTI-01",
    {"secret-unknown", "binding-password", "binding-password-missing", "binding-password-attempts"},
    REDEMPTION,
)
refusal("DPC-ISS-MULTI-03", {"secret-used"}, REDEMPTION)
refusal("DPC-ISS-MULTI-04", {"secret-expired"}, REDEMPTION)
refusal("DPC-ISS-PKIAUTH-07", {"device-not-registered"}, REDEMPTION)
refusal("DPC-ISS-DEVICE-01", {"device-statement", "device-not-registered", "device-not-approved"}, REDEMPTION)
refusal("DPC-ISS-POP-01", {"request-signature", "request-malformed"}, ISSUANCE)
refusal("DPC-ISS-POP-02", {"enrolment-token", "request-subject", "device-not-registered"}, ISSUANCE)
refusal("DPC-ISS-KEY-01", {"key-weak"}, ISSUANCE)
refusal("DPC-ISS-KEY-02", {"key-type", "key-weak"}, ISSUANCE)
refusal("DPC-ISS-KEY-03", {"key-type", "key-weak", "request-malformed"}, ISSUANCE)
refusal("DPC-ISS-DUP-01", {"key-reused"}, ISSUANCE)
refusal("DPC-ISS-LIMIT-01", {"limit"}, REQUEST)
refusal("DPC-ISS-AUDIT-01", {"authority-unavailable", "records-full"}, ISSUANCE)
refusal("DPC-LC-LOST-01", {"enrolment-token"}, ISSUANCE)
refusal(
    "DPC-LC-RP-01",
    {"no-certificate", "expired", "not-yet-valid", "revoked", "status-unavailable"},
    *AT_WORK,
    SIGNED_MAIL,
)
refusal("DPC-LC-RP-02", {"revoked"}, *AT_WORK, SIGNED_MAIL)
refusal("DPC-PATH-TIME-01", {"expired", "not-yet-valid"}, *AT_WORK)
refusal("DPC-PATH-POLICY-01", {"policy"}, *AT_WORK)
refusal("DPC-PATH-EKU-01", {"purpose"}, *AT_WORK)
refusal("DPC-PATH-UNAVAIL-01", {"status-unavailable"}, *AT_WORK)
refusal("DPC-PATH-CA-02", {"revoked"}, *AT_WORK)
refusal("DPC-PATH-CRIT-01", {"critical-extension"}, *AT_WORK)
refusal("DPC-OCSP-NONCE-01", {"ocsp-nonce"}, *AT_WORK)
refusal("DPC-SIG-KU-01", {"content-changed"}, SIGNED_MAIL)  # what these two bits of the key usage promise
refusal("DPC-SIG-SAN-01", {"mail-address"}, SIGNED_MAIL)
refusal("DPC-SIG-EKU-01", {"purpose"}, SIGNED_MAIL)
refusal("DPC-SIG-KEY-02", {"purpose"}, ENCRYPTED_MAIL)
refusal("DPC-KM-USE-01", {"purpose"}, *AT_WORK, SIGNED_MAIL)
refusal("DPC-LC-REVREQ-01", {"requester-unknown", "request-incomplete"}, REVOCATION)
refusal("DPC-LC-REKEY-01", {"account-terminated"}, REKEY)
refusal("DPC-LC-REKEY-04", {"identity-proofing"}, REKEY)
refusal("DPC-LC-REKEY-05", {"revoked", "expired"}, REKEY)
refusal("DPC-LC-REMOTE-01", {"no-certificate"}, REKEY)
refusal("DPC-LC-SUSP-03", {"revoked", "policy"}, RESTORATION)
refusal("DPC-KM-ESCROW-01", {"escrow-unavailable"}, ISSUANCE)
refusal("DPC-KM-REC-01", {"assurance-too-low", "no-certificate"}, RECOVERY)
refusal("DPC-KM-REC-02", {"key-of-another-subscriber"}, RECOVERY)
refusal("DPC-KM-REC-03", {"no-address"}, RECOVERY)
refusal("DPC-KM-REC-05", {"second-agent-missing"}, RELEASE)
refusal("DPC-ISS-KEY-06", {"enrolment-token"}, ISSUANCE)
refusal("DPC-ACT-RESET-01", {"secret-used", "device-not-registered"}, RESET)
refusal("DPC-ACT-RESET-03", {"enrolment-token", "reset-not-possible"}, RESET)
refusal("DPC-ISS-RA-01", {"no-certificate", "policy"}, LOG_ON)
refusal("DPC-ISS-INPERSON-01", {"not-in-person"}, HARDWARE_REQUEST)
refusal("DPC-ISS-BIO-01", {"no-biometric-comparison", "biometric-mismatch"}, VISIT)
refusal("DPC-ISS-BIO-02", {"biometric-sample-not-kept"}, VISIT)
refusal("DPC-ISS-BIO-03", {"identity-evidence-incomplete"}, NO_MATCH_POSSIBLE)
refusal("DPC-ISS-BIO-04", {"not-re-identified"}, SECOND_VISIT)
refusal("DPC-ISS-DEVICE-02", {"device-not-issued-to-holder"}, HARDWARE_REDEMPTION)
refusal("DPC-ISS-KEY-04", {"key-attestation", "key-origin"}, HARDWARE_ISSUANCE)
refusal("DPC-LC-REKEY-02", {"no-certificate"}, HARDWARE_REKEY)
refusal("DPC-LC-REKEY-03", {"another-module"}, HARDWARE_REKEY)
refusal("DPC-KM-REC-06", {"key-attestation"}, HARDWARE_RECOVERY)
refusal("DPC-ISS-NONPKI-01", {"authenticator-attestation", "authenticator-model"}, BINDING)
refusal("DPC-ISS-NONPKI-02", {"second-factor-missing", "password"}, BINDING)
refusal("DPC-LC-NONPKI-01", {"key-reused", "enrolment-token"}, BINDING)
refusal("DPC-LC-NONPKI-02", {"verifier-not-authorised", "enrolment-token", "account-terminated"}, VERIFICATION)
refusal("DPC-LC-NONPKI-03", {"password", "enrolment-token"}, PASSWORD_CHANGE)
refusal("DPC-ISS-NOCARD-01", {"not-supervised", "issuance-conditions-open", "unknown-account"}, NO_CARD)
refusal("DPC-ISS-NOCARD-02", {"no-card-event-over"}, NO_CARD)
