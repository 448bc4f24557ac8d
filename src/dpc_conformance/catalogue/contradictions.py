"""Claims that cannot all be true: refused before a run, each with one sentence."""

from collections.abc import Callable

from dpc_conformance.catalogue.claims import Claims

RSA = frozenset({"RSA-2048", "RSA-3072", "RSA-4096"})
Rule = tuple[str, Callable[[Claims], bool], str]
"""The claim to look at first, whether it contradicts another one, and what to do about it."""

RULES: tuple[Rule, ...] = (
    (
        "certificates",
        lambda c: "authentication" not in c.certificates,
        "the derived credential is an authentication certificate, the others come beside it; add authentication",
    ),
    (
        "key_origin",
        lambda c: "aal3" in c.assurance_levels and "device" not in c.key_origin,
        "a key under policy .41 is generated in the device that holds it; add device, or take back aal3",
    ),
    (
        "key_places",
        lambda c: "aal3" in c.assurance_levels and "hardware" not in c.of("key_places"),
        "aal3 needs keys in hardware; add hardware, or take back aal3",
    ),
    (
        "key_places",
        lambda c: "aal2" not in c.assurance_levels and "software" in c.of("key_places"),
        "keys in software are aal2 at most; take back software, or add aal2",
    ),
    (
        "enrolment_protocols",
        lambda c: "scep" in c.enrolment_protocols and not c.key_algorithms & RSA,
        "SCEP encrypts to the key that signs the request, which needs RSA; add an RSA key to key_algorithms",
    ),
    (
        "enrolment_protocols",
        lambda c: c.enrolment_protocols == {"scep"} and not c.key_algorithms <= RSA,
        "over SCEP alone no EC key can be enrolled; add another protocol, or take the EC keys back",
    ),
    (
        "key_escrow",
        lambda c: c.key_escrow and "key-management" not in c.certificates,
        "only key management keys may be escrowed; add key-management to certificates",
    ),
    (
        "key_history",
        lambda c: c.key_history and "key-management" not in c.certificates,
        "it is made of key management keys; add key-management to certificates",
    ),
    (
        "key_history",
        lambda c: c.key_history and not c.key_escrow,
        "earlier keys come from the key escrow; claim key_escrow as well",
    ),
    (
        "secure_messaging",
        lambda c: c.secure_messaging and not c.removable_token,
        "it is the removable token's; claim removable_token as well",
    ),
    (
        "test_pki",
        lambda c: c.test_pki and c.operated_service,
        "a service for real cardholders does not assert test policies; take back test_pki or operated_service",
    ),
    (
        "secret_reset",
        lambda c: c.secret_reset and not c.activation_secret_screen,
        "there is no activation secret to reset; claim activation_secret_screen as well, or take back secret_reset",
    ),
    (
        "piv_i_cards",
        lambda c: c.piv_i_cards == "own-policy" and c.simulation,
        "the reference refuses PIV-I cards; take back own-policy or simulation",
    ),
    (
        "simulation",
        lambda c: c.simulation and c.operated_service,
        "a simulation is not operated for real cardholders; take back simulation or operated_service",
    ),
)


def contradiction(claims: Claims) -> str | None:
    """The first claim that contradicts another one, with what to do, as one sentence; None where all can be true."""
    return next((f"claims.{claim}: {sentence}" for claim, broken, sentence in RULES if broken(claims)), None)
