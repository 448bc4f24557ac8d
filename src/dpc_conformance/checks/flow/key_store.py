"""The key store behind the activation secret: Common Policy CP §6.2.4, §6.2.9, SP 800-157r1 §2.2.1, §3.1.2."""

from dpc_conformance.checks.finding import Finding, unexpected
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.key_store import (
    DeviceLocked,
    KeyActivated,
    KeyCopyAttempted,
    KeyUseAttempted,
    LockoutStated,
)
from dpc_conformance.evidence.records import ActivationAttempted, CertificateInstalled

KEY_STORE = "the phone's key store"
INTERFACES = {"authentication": "web sign-in", "signature": "document signature"}
"""Where a key of that usage can be asked for."""


@flow_check("DPC-ACT-DEACT-01")
def deactivated_when_nobody_is_there(facts: ScenarioFacts) -> Finding | None:
    """A key that was activated is not active any more after log-out, nor after the idle time that is stated."""
    activated: KeyActivated | None = None
    locked, tried = False, 0
    for record in facts.timeline:
        if isinstance(record, KeyActivated):
            activated, locked = record, False
        if isinstance(record, DeviceLocked):
            locked = True
        if not isinstance(record, ActivationAttempted) or record.right_secret or activated is None:
            continue
        if not locked and record.at - activated.at <= activated.idle_time:
            continue
        tried += 1
        if record.outcome == "accepted":
            after = "log-out" if locked else f"{record.at - activated.at} of inactivity"
            return unexpected(KEY_STORE, f"no use of the key after {after}", "a use without the activation secret")
    return None if tried else unexpected(KEY_STORE, "a try after log-out or inactivity", "none")


@flow_check("DPC-ISS-ACTSET-01")
def installed_key_needs_activation(facts: ScenarioFacts) -> Finding | None:
    """Right after issuance no interface uses a private key without the activation secret, and each does with it."""
    installed = {record.usage for record in facts.of(CertificateInstalled)}
    uses = facts.of(KeyUseAttempted)
    expected = {interface for usage, interface in INTERFACES.items() if usage in installed}
    for secret_given in (False, True):
        seen = {use.interface for use in uses if use.secret_given == secret_given}
        if not expected or expected - seen:
            missing = ", ".join(sorted(expected - seen)) or "an installed key"
            return unexpected(KEY_STORE, f"a try with{'' if secret_given else 'out'} the secret: {missing}", "none")
    for use in uses:
        if use.used != use.secret_given:
            given = "with" if use.secret_given else "without"
            said = "used" if use.used else "not used"
            return unexpected(KEY_STORE, f"use after activation only, at the {use.interface}", f"{said} {given} it")
    return None


@flow_check("DPC-ACT-EXPORT-01")
def private_key_stays(facts: ScenarioFacts) -> Finding | None:
    """Neither an export nor a backup that is restored on another device yields a private key that works."""
    copies = facts.of(KeyCopyAttempted)
    missing = {"export", "backup"} - {copy.way for copy in copies}
    if missing:
        return unexpected(KEY_STORE, f"a try by {' and '.join(sorted(missing))}", "none")
    working = [copy.way for copy in copies if copy.usable]
    return unexpected(KEY_STORE, "no private key by export or backup", f"one by {working[0]}") if working else None


@flow_check("DPC-ACT-RETRY-04")
def locks_at_the_stated_number(facts: ScenarioFacts) -> Finding | None:
    """The key is disabled at the number of wrong secrets in a row that is documented, not before and not later."""
    stated = facts.of(LockoutStated)
    attempts = facts.of(ActivationAttempted)
    wrong = [attempt for attempt in attempts if not attempt.right_secret]
    if not stated or len(wrong) < stated[-1].attempts or not attempts[-1].right_secret:
        return unexpected(KEY_STORE, "as many wrong secrets as are stated, and then the right one", len(wrong))
    most = stated[-1].attempts
    if any(attempt.outcome == "disabled" for attempt in wrong[: most - 1]):
        return unexpected(KEY_STORE, f"a key disabled by {most} wrong secrets", "it was disabled before")
    if wrong[most - 1].outcome != "disabled" or attempts[-1].outcome == "accepted":
        return unexpected(KEY_STORE, f"a key disabled by {most} wrong secrets", "it can be used")
    return None
