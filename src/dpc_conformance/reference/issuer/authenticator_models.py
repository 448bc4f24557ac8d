"""Which authenticators are approved: by model, shown by attestation, with FIPS 140 data (SP 800-157r1 fpd §2.2.2)."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from fido2.attestation.base import AttestationResult, AttestationType, AttestationVerifier, InvalidAttestation
from fido2.webauthn import AuthenticatorData

from dpc_conformance.evidence.non_pki import AuthenticatorModel
from dpc_conformance.reference.issuer.refusals import Refusal, Refused
from dpc_conformance.roles.reasons import Reason

Listed = Mapping[str, tuple[AuthenticatorModel, bytes]]
"""Models by AAGUID (hexadecimal), each with the root (DER) of its maker's attestation."""
Some = TypeVar("Some")
UNREADABLE = (
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    OverflowError,
)
"""What the library raises for an answer that is none."""


class NotApproved(InvalidAttestation):
    """The model is not on the list, or nobody validated its module."""


class ApprovedModels(AttestationVerifier):
    """Verifies attestations for the library; whatever shows no listed model is refused."""

    def __init__(self, listed: Listed) -> None:
        super().__init__()
        self.listed = listed

    def ca_lookup(self, attestation_result: AttestationResult, auth_data: AuthenticatorData) -> bytes | None:
        """The root that the attestation has to lead to; none for a key that attests itself."""
        self.approved(auth_data)
        if attestation_result.attestation_type is not AttestationType.BASIC or not attestation_result.trust_path:
            return None
        return self.listed[aaguid_of(auth_data)][1]

    def approved(self, auth_data: AuthenticatorData) -> AuthenticatorModel:
        """The model on the list. Raises NotApproved."""
        model, _ = self.listed.get(aaguid_of(auth_data), (None, b""))
        if model is None or not model.fips_140:
            raise NotApproved(f"model {aaguid_of(auth_data)}")
        return model


def aaguid_of(auth_data: AuthenticatorData) -> str:
    """Of the model that made the credential. ValueError where none was made."""
    if auth_data.credential_data is None:
        raise ValueError("no credential was made")
    return bytes(auth_data.credential_data.aaguid).hex()


def checked(verify: Callable[[], Some]) -> Some:
    """What the library makes of an answer; its many ways to say no become a refusal. Raises Refused."""
    try:
        return verify()
    except NotApproved as error:
        raise Refused(Refusal(Reason.AUTHENTICATOR_MODEL, str(error))) from error
    except InvalidAttestation as error:
        raise Refused(Refusal(Reason.ATTESTATION, f"{type(error).__name__} {error}".rstrip())) from error
    except UNREADABLE as error:
        raise Refused(Refusal(Reason.AUTHENTICATOR_ANSWER, f"{type(error).__name__} {error}".rstrip())) from error
