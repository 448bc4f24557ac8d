"""How the issuer says no: a reason for the auditor, a sentence for the person, a status for the program."""

from dataclasses import dataclass

from dpc_conformance.roles.reasons import Reason


@dataclass(frozen=True)
class Refusal:
    """`reason` is for the audit record, `detail` says more to the auditor and never holds a secret."""

    reason: Reason
    detail: str = ""

    @property
    def message(self) -> str:
        """What the person is told."""
        return MESSAGES[self.reason]

    @property
    def status(self) -> int:
        """The HTTP status that goes with it."""
        return STATUSES.get(self.reason, 403)


class Refused(Exception):
    """A refusal on its way out of the depth; `actor` and `subject` as in an audit record."""

    def __init__(self, refusal: Refusal, actor: str = "unknown", subject: str = "") -> None:
        super().__init__(f"refused: {refusal.reason.value} {refusal.detail}".rstrip())
        self.refusal, self.actor, self.subject = refusal, actor, subject


STATUSES = {
    Reason.TOKEN: 401,
    Reason.REQUESTER_UNKNOWN: 401,
    Reason.REQUEST_INCOMPLETE: 400,
    Reason.REQUEST_MALFORMED: 400,
    Reason.REQUEST_SIGNATURE: 400,
    Reason.REQUEST_SUBJECT: 400,
    Reason.KEY_TYPE: 400,
    Reason.KEY_WEAK: 400,
    Reason.KEY_REUSED: 400,
    Reason.STATUS_UNAVAILABLE: 503,
    Reason.TOO_MANY_ATTEMPTS: 429,
    Reason.ESCROW_UNAVAILABLE: 503,
    Reason.AUTHORITY_UNAVAILABLE: 503,
    Reason.RECORDS_FULL: 503,
    Reason.KEY_OWNER: 404,
    Reason.IDENTITY_NAME: 400,
}

MESSAGES = {
    Reason.NO_CERTIFICATE: "No smart card certificate was presented. Insert your card and sign in again.",
    Reason.PROOF_OF_POSSESSION: "The card did not prove that it holds the private key of its certificate.",
    Reason.CERTIFICATE_SIGNATURE: "The certificate on your card has been altered: its signature does not verify.",
    Reason.PATH: "The certificate on your card was not issued by an authority that is trusted here.",
    Reason.PATH_EXPIRED: "An authority above the certificate on your card has expired.",
    Reason.EXPIRED: "The certificate on your card has expired. Ask for a new card.",
    Reason.NOT_YET_VALID: "The certificate on your card is not valid yet.",
    Reason.REVOKED: "The certificate on your card has been revoked or suspended.",
    Reason.STATUS_UNAVAILABLE: "It cannot be found out now whether your card is still valid. Try again later.",
    Reason.POLICY: "This certificate is not a PIV Authentication certificate. Sign in with your PIV Card.",
    Reason.UNKNOWN_ACCOUNT: "There is no PIV identity account for this card.",
    Reason.ACCOUNT_TERMINATED: "The PIV identity account of this card has been terminated.",
    Reason.CARD_DATA_MISSING: "Your card could not be read completely. Leave it in the reader and sign in again.",
    Reason.CARD_CERTIFICATE: "The card in the reader is not the one that you signed in with.",
    Reason.CHUID_MALFORMED: "The identifier on your card (CHUID) cannot be read. Ask for a new card.",
    Reason.CHUID_SIGNATURE: "The identifier on your card (CHUID) has been altered: its signature does not verify.",
    Reason.CHUID_SIGNER: "The data on your card were not signed by a content signer that is trusted here.",
    Reason.CHUID_EXPIRED: "Your card has expired. Ask for a new card.",
    Reason.OUTLIVES_CARD: "A certificate on your card is valid for longer than the card. Ask for a new card.",
    Reason.FASC_N_MISMATCH: "The objects on your card belong to different cards: their FASC-Ns differ.",
    Reason.UUID_MISMATCH: "The objects on your card belong to different cards: their UUIDs differ.",
    Reason.SECURITY_OBJECT: "The data on your card have been altered: its Security Object does not hold.",
    Reason.BIOMETRIC: "A fingerprint or facial image on your card has expired, or has been altered.",
    Reason.NOT_APPROVED: "Nobody has approved a derived credential for you yet. Ask your sponsor.",
    Reason.OBLIGATIONS: "You have to accept the subscriber obligations first.",
    Reason.SECRET_UNKNOWN: "This code is not known here. Scan the code on the kiosk's screen again.",
    Reason.SECRET_EXPIRED: "This code has expired. Ask for a new one at the kiosk.",
    Reason.SECRET_USED: "This code has been used already. Ask for a new one at the kiosk.",
    Reason.BINDING_PASSWORD: "This is not the password under the code. Type it again.",
    Reason.BINDING_PASSWORD_MISSING: "This code can only be used with the password under it.",
    Reason.BINDING_PASSWORD_ATTEMPTS: "There were too many wrong passwords for this code. Ask for a new one.",
    Reason.IDENTITY_NAME: "Give your credential a name of at most 64 characters.",
    Reason.DEVICE_STATEMENT: "Your phone could not show that it is managed by your organisation.",
    Reason.DEVICE_NOT_REGISTERED: "This phone is not registered to the person who signed in at the kiosk.",
    Reason.DEVICE_NOT_APPROVED: "This phone does not comply with the policy of your organisation.",
    Reason.TOKEN: "Your sign-in has ended or was used already. Start again at the kiosk.",
    Reason.REQUEST_MALFORMED: "The request could not be read.",
    Reason.REQUEST_SIGNATURE: "The certificate request does not prove possession of its private key.",
    Reason.REQUEST_SUBJECT: "The certificate request names somebody else.",
    Reason.KEY_TYPE: "A key of this type or size is not accepted.",
    Reason.KEY_WEAK: "This key is known to be weak.",
    Reason.KEY_REUSED: "This key belongs to another credential already.",
    Reason.IDENTITY_PROOFING: "Your identity was verified in person too long ago. Visit your credential office.",
    Reason.REQUESTER_UNKNOWN: "Authenticate first: who asks for this is not known.",
    Reason.REQUEST_INCOMPLETE: "The request has to name a certificate by its serial number, and a reason.",
    Reason.RESET_NOT_POSSIBLE: "The activation secret cannot be reset. Give the credential up and ask for a new one.",
    Reason.TOO_MANY_ATTEMPTS: "There were too many codes that are not known here. Try again later.",
    Reason.LIMIT: "You have as many derived credentials as you may have.",
    Reason.ESCROW_UNAVAILABLE: "Your encryption key cannot be kept safe for you now. Try again later.",
    Reason.AUTHORITY_UNAVAILABLE: "No certificate can be made for you now. Try again later.",
    Reason.RECORDS_FULL: "Nothing can be put on record for you now. Try again later.",
    Reason.KEY_OWNER: "There is no such key of yours.",
    Reason.ASSURANCE: "This key can only be recovered with a credential of the same assurance.",
    Reason.NO_ADDRESS: "Your account has no e-mail address at which you could be told of the recovery.",
    Reason.SECOND_AGENT: "A second key recovery agent has to approve.",
    Reason.NOT_IN_PERSON: "A hardware credential needs a visit to the registration desk, or to a supervised station.",
    Reason.NO_COMPARISON: "The applicant has to be compared with the biometric on the card first.",
    Reason.NO_MATCH: "The applicant does not match the biometric on the card.",
    Reason.NO_SAMPLE: "The biometric sample of the applicant is missing; it has to be kept.",
    Reason.IDENTITY_EVIDENCE: "Without a match a second identity document and the verifier's declaration are needed.",
    Reason.NOT_REIDENTIFIED: "The applicant has to be identified by a biometric in this visit, too.",
    Reason.DEVICE_NOT_ISSUED: "This device was not issued to you by your agency.",
    Reason.KEY_ATTESTATION: "The key was not shown to be in the hardware of this device.",
    Reason.KEY_ORIGIN: "The key of a hardware credential is made in the device and nowhere else.",
    Reason.ANOTHER_MODULE: "For another device the whole request has to be made anew.",
    Reason.ATTESTATION: "Your authenticator does not show what model it is.",
    Reason.AUTHENTICATOR_MODEL: "Authenticators of this model are not approved.",
    Reason.AUTHENTICATOR_UNKNOWN: "This authenticator is not bound to an account, or not any more.",
    Reason.AUTHENTICATOR_ANSWER: "The answer of your authenticator does not fit.",
    Reason.SECOND_FACTOR: "An authenticator that is only touched needs a password besides.",
    Reason.PASSWORD: "The password is not right.",
    Reason.VERIFIER: "Nobody has authorised you to have authenticators verified here.",
    Reason.NOT_SUPERVISED: "Without the card the applicant has to come in person, or to a supervised station.",
    Reason.NO_CARD_CONDITIONS: "Not everything is on record that has to be there before a credential is issued.",
    Reason.NO_CARD_EVENT: "That decision was about an earlier visit. A new one is needed, with a reason of its own.",
    Reason.AGENCY_NOT_SERVED: "Your agency has its derived credentials from somebody else. Ask your sponsor.",
}
