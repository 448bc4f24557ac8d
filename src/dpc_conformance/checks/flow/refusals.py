"""Requirements that a refusal proves: the reasons that count, and the control that must succeed in the same run."""

from dpc_conformance.checks.registry import refusal

KIOSK_SIGN_IN = "sign-in at the kiosk with a valid card"
CARD_READING = "sign-in with a good card at a kiosk that reads it"
REDEMPTION = "redemption of a fresh QR code by the cardholder's phone"
ISSUANCE = "issuance to the cardholder's phone"
REQUEST = "request for the ID with the obligations accepted"
APPLICATION = "sign-in at the web application with a valid credential"

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
refusal("PIV-SRC-CHUID-03", {"chuid-expired"}, CARD_READING)
refusal("PIV-SRC-CHUID-04", {"uuid-mismatch"}, CARD_READING)
refusal("PIV-SRC-CHUID-05", {"chuid-signature"}, CARD_READING)
refusal("PIV-SRC-CHUID-06", {"chuid-signer"}, CARD_READING)
refusal("PIV-SRC-CHUID-07", {"fascn-mismatch"}, CARD_READING)
refusal("PIV-SRC-SO-01", {"security-object"}, CARD_READING)
refusal("PIV-SRC-SO-02", {"security-object"}, CARD_READING)
refusal("DPC-ISS-ELIG-01", {"account-terminated"}, KIOSK_SIGN_IN)
refusal("DPC-ISS-NOCHAIN-01", {"policy"}, KIOSK_SIGN_IN)
refusal("DPC-ISS-ACCEPT-01", {"obligations-not-accepted"}, REQUEST)
refusal("DPC-ISS-MULTI-01", {"secret-unknown"}, REDEMPTION)
refusal("DPC-ISS-MULTI-03", {"secret-used"}, REDEMPTION)
refusal("DPC-ISS-MULTI-04", {"secret-expired"}, REDEMPTION)
refusal("DPC-ISS-PKIAUTH-07", {"device-not-registered"}, REDEMPTION)
refusal("DPC-ISS-DEVICE-01", {"device-statement", "device-not-registered"}, REDEMPTION)
refusal("DPC-ISS-POP-01", {"request-signature"}, ISSUANCE)
refusal("DPC-ISS-POP-02", {"enrolment-token", "request-subject", "device-not-registered"}, ISSUANCE)
refusal("DPC-ISS-KEY-01", {"key-weak"}, ISSUANCE)
refusal("DPC-ISS-KEY-02", {"key-type", "key-weak"}, ISSUANCE)
refusal("DPC-ISS-KEY-03", {"key-type"}, ISSUANCE)
refusal("DPC-LC-RP-02", {"revoked"}, APPLICATION)
