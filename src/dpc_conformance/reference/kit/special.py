"""What is special about each card of a kit, and what an issuer must make of it."""

from dataclasses import dataclass
from typing import Literal

from dpc_conformance.roles.reasons import Reason

Part = Literal["certificate", "key", "card data", "account", "agency"]


@dataclass(frozen=True)
class Special:
    """A sentence about the card, and why it must be refused: no reason for a card that must be accepted.

    `seen_in` is what an issuer has to look at to tell; one that does not look at that part, because its kiosk does not
    read the card, accepts the card.
    """

    sentence: str
    seen_in: Part = "certificate"
    reasons: tuple[Reason, ...] = ()


GOOD = "A good card."
SPECIAL: dict[str, Special] = {
    "good": Special(GOOD),
    "replacement": Special("A new good card of the person who has the card good."),
    "affiliate": Special("A good card of the same person, whose name says that she is an affiliate."),
    "another-person": Special("A good card of somebody else."),
    "operator": Special("A good card of somebody who works at the issuer's desk."),
    "global-pin": Special("A good card whose holder knows the Global PIN; Discovery says so."),
    "revoked": Special(
        "The PIV Authentication certificate is revoked: keyCompromise.", reasons=(Reason.REVOKED,)
    ),
    "suspended": Special(
        "The PIV Authentication certificate is on hold: certificateHold.", reasons=(Reason.REVOKED,)
    ),
    "expired": Special("The PIV Authentication certificate has expired.", reasons=(Reason.EXPIRED,)),
    "not-yet-valid": Special(
        "The PIV Authentication certificate is not valid before a year after the kit was made.",
        reasons=(Reason.NOT_YET_VALID,),
    ),
    "unknown-ca": Special(
        "Issued by a CA that has the name of the kit's PIV CA, and another key under another root.",
        reasons=(Reason.CERTIFICATE_SIGNATURE, Reason.PATH),
    ),
    "broken-signature": Special(
        "One bit of the signature of the PIV Authentication certificate is another one.",
        reasons=(Reason.CERTIFICATE_SIGNATURE,),
    ),
    "wrong-policy": Special(
        "The PIV Authentication certificate asserts id-fpki-common-hardware.", reasons=(Reason.POLICY,)
    ),
    "piv-i": Special("A PIV-I card: its policy, and a FASC-N that begins with 9999.", reasons=(Reason.POLICY,)),
    "no-status": Special(
        "Nothing is found where its certificates say that CRL and OCSP responder are.",
        reasons=(Reason.STATUS_UNAVAILABLE,),
    ),
    "key-mismatch": Special(
        "The PIV Authentication key does not belong to its certificate.", "key", (Reason.PROOF_OF_POSSESSION,)
    ),
    "served-agency": Special("Of agency 7008; accepted where the issuer derives for that agency too.", "agency"),
    "other-agency": Special(
        "Of agency 1900, for which the issuer must not derive.", "agency", (Reason.AGENCY_NOT_SERVED,)
    ),
    "no-account": Special(
        "A good card whose holder must not get an account.", "account", (Reason.UNKNOWN_ACCOUNT,)
    ),
    "chuid-expired": Special("The CHUID expired on the day before.", "card data", (Reason.CHUID_EXPIRED,)),
    "chuid-altered": Special(
        "The CHUID grants ten years more than was signed.", "card data", (Reason.CHUID_SIGNATURE,)
    ),
    "chuid-of-another-card": Special(
        "The CHUID has the FASC-N of another card.", "card data", (Reason.FASC_N_MISMATCH,)
    ),
    "chuid-with-another-uuid": Special(
        "The CHUID has another UUID than the certificate.", "card data", (Reason.UUID_MISMATCH,)
    ),
    "chuid-signed-by-cardholder": Special(
        "The card's own Digital Signature key signed the CHUID.", "card data", (Reason.CHUID_SIGNER,)
    ),
    "security-object-signed-by-cardholder": Special(
        "The card's own Digital Signature key signed the Security Object.", "card data", (Reason.SECURITY_OBJECT,)
    ),
    "object-altered": Special(
        "The Card Capability Container is another one than the Security Object lists.",
        "card data",
        (Reason.SECURITY_OBJECT,),
    ),
    "biometrics-expired": Special(
        "Fingerprints and facial image have expired.", "card data", (Reason.BIOMETRIC,)
    ),
    "biometrics-end-first": Special(
        "Fingerprints and facial image end before the card.", "card data", (Reason.BIOMETRIC,)
    ),
    "content-signer-ends-first": Special(
        "The content signer's certificate ends before the card's.", "card data", (Reason.CHUID_SIGNER,)
    ),
    "card-authentication-revoked": Special(
        "The Card Authentication certificate is revoked.", "card data", (Reason.REVOKED,)
    ),
}  # fmt: skip
