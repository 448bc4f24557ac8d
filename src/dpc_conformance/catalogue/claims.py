"""What a product claims to do, and which requirements therefore do not apply to it."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from dpc_conformance.catalogue.catalogue import Catalogue, load_catalogue
from dpc_conformance.catalogue.requirement import CatalogueError

RULES = Path(__file__).parent / "applicability.toml"
Word = TypeVar("Word")
Some = Annotated[frozenset[Word], Field(min_length=1)]


class Claims(BaseModel):
    """What the product does. The defaults describe the smallest product: software credentials from a self-service.

    Every claim that is true brings requirements into the plan, so a claim is never a way around a test: what a product
    does without claiming it stands in the report as not assessed. The exception is `simulation`, which only the
    embedded reference may claim.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    platforms: Some[Literal["ios", "android", "windows", "other"]] = frozenset({"other"})
    """The phones and tablets that it serves; decides which documented journey is walked."""
    issuer_type: Literal["intercede", "entrust", "purebred", "other"] = "other"
    """Whose documented journey it follows at the issuer."""
    assurance_levels: Some[Literal["aal2", "aal3"]] = frozenset({"aal2"})
    """aal2 is a software credential (policy .40), aal3 a hardware credential (policy .41)."""
    key_origin: Some[Literal["device", "issuer"]] = frozenset({"device"})
    """Who generates a key pair that is certified: the device that will hold it, or the issuer for it."""
    key_places: Some[Literal["software", "hardware"]] | None = None
    """Where derived private keys live; where nothing is said, in software under aal2 and in hardware under aal3."""
    key_algorithms: Some[Literal["P-256", "P-384", "RSA-2048", "RSA-3072", "RSA-4096"]] = frozenset({"P-256"})
    """The kinds of derived keys that it issues certificates for."""
    certificates: Some[Literal["authentication", "signature", "key-management"]] = frozenset({"authentication"})
    """The kinds of derived certificates that it issues."""
    certification_authority: Literal["unknown", "shared-service-provider", "other"] = "unknown"
    """Whose CA issues them: a shared service provider's CRLs and OCSP responses hold for 48 hours, others' for 180."""
    enrolment_protocols: Some[Literal["est", "scep", "cmp", "other"]] = frozenset({"est"})
    """How a device asks for its certificates."""
    notification_types: frozenset[Literal["app", "e-mail"]] = frozenset({"app"})
    """How the device manager asks the cardholder to set up the credential."""
    piv_i_cards: Literal["refused", "own-policy"] = "refused"
    """What it makes of PIV-I cards: refuses them, or derives under a policy of its own, neither .40 nor .41."""
    pki_only: bool = True
    """No credential other than a certificate with its key is bound, such as a FIDO authenticator."""
    issues_without_card: bool = False
    """Has the procedure for applicants who cannot have their PIV Card at hand (r1 fpd §2.2.3)."""
    operated_service: bool = False
    """Runs for real cardholders: is accredited, and tested each year in production."""
    registration_operators: bool = False
    """People log on to registration functions; a pure self-service has none."""
    removable_token: bool = False
    """Puts a derived PIV application on a removable token."""
    contactless_token: bool = True
    """The removable token has a contactless interface."""
    secure_messaging: bool = False
    """The removable token has secure messaging, the virtual contact interface and the pairing code."""
    physical_access: bool = False
    """The derived credential opens doors, too."""
    activation_secret_screen: bool = True
    """Its app asks for an activation secret while it enrols; where it does not, what unlocks the phone activates."""
    biometric_activation: bool = False
    """A biometric activates the derived key."""
    secret_reset: bool = False
    """A forgotten activation secret can be reset, so that the credential lives on."""
    rekey: bool = False
    """Replaces a credential in place by one for a new key, without a new request with the card."""
    suspension: bool = False
    """Suspends credentials and ends the suspension again."""
    key_escrow: bool = False
    """Escrows and recovers key management keys."""
    key_history: bool = False
    """Puts earlier key management keys on the device beside the current one."""
    simulation: bool = False
    """Keys live in ordinary software for the sake of testing this suite."""
    test_pki: bool = False
    """Certificates assert the policies of the test arc (2.16.840.1.101.3.2.1.48) instead of the production arc."""

    def of(self, claim: str) -> Any:
        """The value of a claim, also where it follows from another one."""
        value = getattr(self, claim)
        if claim == "key_places" and value is None:
            return frozenset(PLACES[level] for level in self.assurance_levels)
        return value


def as_walked(claims: Claims) -> Claims:
    """With the issuer that the reference plays for a target with these claims: Intercede's where they name no other."""
    walked = "entrust" if claims.issuer_type == "entrust" else "intercede"
    return claims.model_copy(update={"issuer_type": walked})


PLACES = {"aal2": "software", "aal3": "hardware"}


def holds(claims: Claims, claim: str, needed: str | bool) -> bool:
    """Whether a claim is, or has among its values, what is needed."""
    claimed = claims.of(claim)
    return needed in claimed if isinstance(claimed, frozenset) else needed == claimed


class Rule(BaseModel):
    """Requirements (ids or leading parts of ids) that apply only if a claim holds `needs`, and the reason in words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    requirements: tuple[str, ...]
    claim: str
    needs: str | bool
    reason: str

    def met_by(self, claims: Claims) -> bool:
        """Whether the claim holds what the requirements need."""
        return holds(claims, self.claim, self.needs)


def not_applicable(requirement: str, claims: Claims) -> str | None:
    """None when the requirement applies to a product with these claims, else the reason in a sentence."""
    return next((rule.reason for rule in _rules_of().get(requirement, ()) if not rule.met_by(claims)), None)


@cache
def _rules_of() -> dict[str, tuple[Rule, ...]]:
    found: dict[str, tuple[Rule, ...]] = {}
    for rule, identifiers in read_rules(RULES.read_text(encoding="utf-8"), RULES.name, load_catalogue()):
        for identifier in identifiers:
            found[identifier] = (*found.get(identifier, ()), rule)
    return found


def read_rules(text: str, file: str, catalogue: Catalogue) -> list[tuple[Rule, frozenset[str]]]:
    """The rules of a file with the ids they mean. CatalogueError names the file, the rule and what was expected."""
    return [_rule(entry, f"{file}: rule {n}", catalogue) for n, entry in enumerate(tomllib.loads(text)["rule"], 1)]


def _rule(entry: dict[str, Any], where: str, catalogue: Catalogue) -> tuple[Rule, frozenset[str]]:
    try:
        rule = Rule.model_validate(entry)
    except ValueError as error:
        raise CatalogueError(f"{where}: expected requirements, claim, needs and reason: {error}") from None
    if rule.claim not in Claims.model_fields:
        raise CatalogueError(f"{where}: {rule.claim} is not a claim; expected one of {', '.join(Claims.model_fields)}")
    return rule, catalogue.select(rule.requirements, where)
