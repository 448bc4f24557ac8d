"""Activation of the derived key: Common Policy CP §6.4, SP 800-157 §3.4, SP 800-157r1 §3.1.4."""

from dpc_conformance.checks.finding import Answer, CannotTell, Finding, unexpected
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.records import ActivationAttempted

MOST_ATTEMPTS = 10
KEY_STORE = "the phone's key store"


def _attempts(facts: ScenarioFacts) -> list[ActivationAttempted]:
    return list(facts.of(ActivationAttempted))


def _disabled_after_ten(facts: ScenarioFacts) -> Answer:
    attempts = _attempts(facts)
    wrong = [attempt for attempt in attempts if not attempt.right_secret]
    after = attempts[-1] if attempts else None
    if len(wrong) < MOST_ATTEMPTS or after is None or not after.right_secret:
        return unexpected(KEY_STORE, "ten wrong attempts and then the right secret", f"{len(wrong)} wrong ones")
    if after.outcome == "accepted":
        return unexpected(KEY_STORE, "a disabled key after ten wrong attempts", "the right secret was accepted")
    disabled = "disabled" in {each.outcome for each in wrong[: MOST_ATTEMPTS + 1]}
    if not disabled and after.outcome != "disabled":
        return CannotTell("the right secret was refused, and nobody said that the key is disabled, and not only slow")
    if len(wrong) > MOST_ATTEMPTS and not disabled:
        return CannotTell(f"the key was disabled by {len(wrong)} wrong attempts, perhaps not by the tenth")
    return None


@flow_check("DPC-ACT-RETRY-01")
def ten_wrong_attempts_disable(facts: ScenarioFacts) -> Answer:
    """After ten consecutive wrong activation attempts the right secret is not accepted either."""
    return _disabled_after_ten(facts)


@flow_check("DPC-ACT-RETRY-02")
def the_counter_survives_a_restart(facts: ScenarioFacts) -> Answer:
    """Wrong attempts before and after a restart count together."""
    return _disabled_after_ten(facts)


@flow_check("DPC-ACT-RETRY-03")
def success_restores_the_counter(facts: ScenarioFacts) -> Finding | None:
    """After a success, wrong attempts count from zero again."""
    attempts = _attempts(facts)
    if len([attempt for attempt in attempts if not attempt.right_secret]) <= MOST_ATTEMPTS:
        return unexpected(KEY_STORE, "more than ten wrong attempts in all", f"{len(attempts)} attempts")
    if not attempts[-1].right_secret or not any(each.right_secret for each in attempts[:-1]):
        return unexpected(KEY_STORE, "the right secret in between and at the end", "none in one of the places")
    refused = [attempt for attempt in attempts if attempt.right_secret and attempt.outcome != "accepted"]
    return unexpected(KEY_STORE, "the right secret accepted", refused[0].outcome) if refused else None


@flow_check("DPC-ACT-UNLOCK-01")
def unlocking_is_not_activation(facts: ScenarioFacts) -> Finding | None:
    """An unlocked phone does not use the key until the activation secret is given."""
    return _used_without_secret(_attempts(facts))


@flow_check("DPC-ACT-EACH-01")
def each_use_needs_activation(facts: ScenarioFacts) -> Finding | None:
    """A use after an activated use needs the activation secret again."""
    attempts = _attempts(facts)
    activated = [at for at, each in enumerate(attempts) if each.right_secret and each.outcome == "accepted"]
    if not activated:
        return unexpected(KEY_STORE, "an activated use before the one without", "none")
    return _used_without_secret(attempts[activated[0] + 1 :])


def _used_without_secret(attempts: list[ActivationAttempted]) -> Finding | None:
    without = [attempt for attempt in attempts if not attempt.right_secret]
    if not without:
        return unexpected(KEY_STORE, "an attempt without the secret", "none")
    used = [attempt for attempt in without if attempt.outcome == "accepted"]
    return unexpected(KEY_STORE, "no use of the key without the activation secret", "a use") if used else None
