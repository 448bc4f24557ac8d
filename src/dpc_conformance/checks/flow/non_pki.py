"""Derived credentials that are no certificates: SP 800-157r1 fpd §2.1, §2.2.2, §2.3.2, §2.4.2, §3.2."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from dpc_conformance.checks.clocks import CLOCKS_DIFFER_BY
from dpc_conformance.checks.finding import Finding, missing, unexpected
from dpc_conformance.checks.flow.lifecycle import BOUND as WITHIN
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.lifecycle import AgencyNotice
from dpc_conformance.evidence.non_pki import (
    AuthenticatorRemoved,
    AuthenticatorSignIn,
    AuthenticatorsSeen,
    AuthenticatorUsed,
    BoundAuthenticator,
    PasswordChanged,
)

ACCOUNT = "the authenticators in the PIV identity account"
AUDIT = "the issuer's audit record"
BOUND = "bound"
SESSION = timedelta(minutes=15)
"""From PKI-AUTH to a binding, at most: a session at the kiosk, and not a day."""
AAL3 = 3


def _seen(facts: ScenarioFacts) -> AuthenticatorsSeen | None:
    seen = facts.of(AuthenticatorsSeen)
    return seen[-1] if seen else None


def _bound(facts: ScenarioFacts) -> tuple[BoundAuthenticator, ...]:
    seen = _seen(facts)
    return tuple(each for each in seen.bound if each.status == BOUND) if seen else ()


@flow_check("DPC-ISS-NONPKI-01")
def of_an_approved_model(facts: ScenarioFacts) -> Finding | None:
    """Each bound authenticator is of a listed model with FIPS 140 data, for its level, as an attestation shows."""
    seen, bound = _seen(facts), _bound(facts)
    if seen is None or not bound:
        return missing(ACCOUNT, "a bound authenticator")
    models = {model.aaguid: model for model in seen.models}
    for each in bound:
        model = models.get(each.aaguid)
        if model is None or not model.fips_140 or model.aal < each.aal:
            return unexpected(ACCOUNT, f"a listed model with FIPS 140 data for AAL{each.aal}", f"model {each.aaguid}")
        if each.aal >= AAL3 and each.attestation != "basic":
            return unexpected(ACCOUNT, "a model that its maker attests", f"attestation: {each.attestation}")
    return None


@flow_check("DPC-ISS-NONPKI-02")
def two_factors_and_one_use(facts: ScenarioFacts) -> Finding | None:
    """Each bound authenticator has an activation factor of its own or a password, and was used before it counted."""
    bound = _bound(facts)
    for each in bound:
        if not (each.user_verified or each.password):
            return unexpected(ACCOUNT, "an activation factor, or a password", "neither")
        if each.authenticated_at is None or each.authenticated_at > each.bound_at:
            return missing(ACCOUNT, "an authentication that ended the issuance", each.authenticated_at or "none")
        if not _used_for_issuance(facts, each):
            return missing("the authenticator", "a use of it between registration and binding")
    return None if bound else missing(ACCOUNT, "a bound authenticator")


def _used_for_issuance(facts: ScenarioFacts, bound: BoundAuthenticator) -> bool:
    """Whether it signed after it made the credential, and no later than the credential counted."""
    uses = [each for each in facts.of(AuthenticatorUsed) if each.credential_id == bound.credential_id]
    operations = [each.operation for each in uses if each.at <= bound.bound_at + CLOCKS_DIFFER_BY]
    return "create" in operations and "get" in operations[operations.index("create") :]


@flow_check("DPC-LC-NONPKI-01")
def ends_and_is_not_replaced(facts: ScenarioFacts) -> Finding | None:
    """No key changes under an identifier; what was removed signs in nobody; PKI-AUTH comes before each binding."""
    snapshots = facts.of(AuthenticatorsSeen)
    if not any(snapshot.bound for snapshot in snapshots):
        return missing(ACCOUNT, "a bound authenticator")
    keys: dict[str, str] = {}
    for each in (each for snapshot in snapshots for each in snapshot.bound):
        if keys.setdefault(each.credential_id, each.public_key) != each.public_key:
            return unexpected(f"{ACCOUNT}: {each.credential_id}", "the key that was bound", "another key")
        if not _authorised(facts, each):
            return missing(AUDIT, f"a sign-in with the card within {SESSION} before {each.credential_id} was bound")
    known = {each.credential_id: each for snapshot in snapshots for each in snapshot.bound}.values()
    return next(filter(None, (_still_there(facts, snapshots[-1], *end) for end in _ends(facts, known))), None)


def _authorised(facts: ScenarioFacts, bound: BoundAuthenticator) -> bool:
    sign_ins = [record for record in facts.decided("sign-in") if record.actor == facts.account]
    return any(timedelta() <= bound.bound_at - record.at <= SESSION for record in sign_ins)


def _ends(facts: ScenarioFacts, known: Iterable[BoundAuthenticator]) -> Iterator[tuple[str, int, timedelta]]:
    """What has ended, by its holder's wish or with the account: identifier, place in the timeline, time it may take."""
    removed: set[str] = set()
    for place, record in enumerate(facts.timeline):
        if isinstance(record, AuthenticatorRemoved):
            removed.add(record.credential_id)
            yield record.credential_id, place, timedelta()
        if isinstance(record, AgencyNotice) and record.kind == "account-terminated":
            for each in known:
                if each.bound_at <= record.at and each.credential_id not in removed:
                    yield each.credential_id, place, WITHIN


def _still_there(
    facts: ScenarioFacts, last: AuthenticatorsSeen, identifier: str, place: int, within: timedelta
) -> Finding | None:
    """Whether something counts although it has ended."""
    if any(each.credential_id == identifier and each.status == BOUND for each in last.bound):
        return unexpected(f"{ACCOUNT}: {identifier}", "removed", BOUND)
    due = facts.timeline[place].at + within
    later = [each for each in facts.timeline[place:] if isinstance(each, AuthenticatorSignIn) and each.at >= due]
    tried = [each for each in later if each.credential_id == identifier]
    if any(each.accepted for each in tried):
        return unexpected(f"a sign-in with {identifier}", "refused after its end", "accepted")
    return None if tried else missing(f"a sign-in with {identifier}", "a try after its end")


@flow_check("DPC-LC-NONPKI-02")
def verified_where_allowed(facts: ScenarioFacts) -> Finding | None:
    """An authenticator signs its holder in at verifiers that the home agency has authorised, and at no other."""
    seen, sign_ins = _seen(facts), facts.of(AuthenticatorSignIn)
    if seen is None or not any(each.accepted for each in sign_ins):
        return missing(ACCOUNT, "a sign-in at an authorised verifier")
    authorised = {urlsplit(verifier)[:2] for verifier in seen.verifiers}
    for each in sign_ins:
        if each.accepted and urlsplit(each.verifier)[:2] not in authorised:
            return unexpected(each.verifier, f"a verifier among {', '.join(seen.verifiers)}", "it was told whose it is")
    return None


@flow_check("DPC-LC-NONPKI-03")
def password_by_its_holder(facts: ScenarioFacts) -> Finding | None:
    """A password is changed in a session that the holder's card opened, with the current one, and not otherwise."""
    changes = facts.of(PasswordChanged)
    for each in changes:
        allowed = each.session == "client-authenticated" and each.current == "right"
        if each.accepted != allowed:
            how = f"session: {each.session}, current password: {each.current}"
            return unexpected(f"a change of the password ({how})", "a change" if allowed else "none", "the contrary")
    return None if changes else missing(ACCOUNT, "a try to change the password")
