"""How the identity provider words failed TLS handshakes for the auditor."""

from dpc_conformance.roles.reasons import Reason

_POSSESSION_WORDS = ("signature", "padding", "decrypt", "octet", "salt", "modulus")


def reason_of_handshake(words: str) -> Reason:
    """The reason behind a TLS library's words: a wrong signature over the handshake, or something else."""
    if any(word in words.lower() for word in _POSSESSION_WORDS):
        return Reason.PROOF_OF_POSSESSION
    return Reason.REQUEST_MALFORMED
