"""The activation secret: its length, its change, and where it goes: SP 800-157r1 §3.1.4, Common Policy CP §6.4.1."""

from dpc_conformance.checks.finding import Finding, unexpected, warning
from dpc_conformance.checks.registry import flow_check
from dpc_conformance.evidence.facts import ScenarioFacts
from dpc_conformance.evidence.key_store import SecretChosen
from dpc_conformance.evidence.recorder import ACTIVATION_SECRET_WAS_HERE
from dpc_conformance.evidence.records import (
    ActivationAttempted,
    HttpExchange,
    MailReceived,
    Note,
    NotificationShown,
    ScreenShown,
)

KEY_STORE = "the phone's key store"
LEAST, PREFERRED = 4, 6
"""Characters of an activation secret (SP 800-63B-4 §3.2.10)."""


def _chosen(facts: ScenarioFacts, occasion: str) -> list[SecretChosen]:
    return [record for record in facts.of(SecretChosen) if record.occasion == occasion]


@flow_check("DPC-ACT-LEN-02")
def four_characters_at_least(facts: ScenarioFacts) -> Finding | None:
    """An activation secret of three characters is refused, and one of less than six is not taken either."""
    chosen = _chosen(facts, "enrolment")
    taken = [record.characters for record in chosen if record.accepted]
    if not any(record.characters < LEAST for record in chosen):
        return unexpected(KEY_STORE, f"a try with less than {LEAST} characters", "none")
    if not taken:
        return unexpected(KEY_STORE, "a long secret accepted", "none")
    if min(taken) < LEAST:
        return unexpected(KEY_STORE, f"at least {LEAST} characters", f"a secret of {min(taken)} was accepted")
    if min(taken) < PREFERRED:
        return warning(KEY_STORE, f"{PREFERRED} characters or more", f"a secret of {min(taken)} was accepted")
    return None


@flow_check("DPC-ACT-CHANGE-01")
def change_needs_the_current_secret(facts: ScenarioFacts) -> Finding | None:
    """Only the current activation secret allows a change, after which it activates nothing any more."""
    changes = _chosen(facts, "change")
    if not changes:
        return unexpected(KEY_STORE, "a try to change the activation secret", "none")
    for change in changes:
        right = change.authority == "right-secret"
        if change.accepted != right:
            said = "was accepted" if change.accepted else "was refused"
            return unexpected(KEY_STORE, "a change with the current secret only", f"{change.authority}: it {said}")
    later = [attempt for attempt in facts.of(ActivationAttempted) if attempt.at >= changes[-1].at]
    for attempt in later:
        if attempt.right_secret != (attempt.outcome == "accepted"):
            secret = "secret that counts" if attempt.right_secret else "secret that does not count"
            return unexpected(KEY_STORE, "activation by the secret that counts only", f"{secret}: {attempt.outcome}")
    return None if later else unexpected(KEY_STORE, "an activation after the change", "none")


@flow_check("DPC-ACT-CHANNEL-01")
def activation_data_keep_away_from_the_key(facts: ScenarioFacts) -> Finding | None:
    """The cardholder chooses the activation secret on the device; it travels neither with the key nor by mail."""
    if not any(record.accepted for record in _chosen(facts, "enrolment")):
        return unexpected(KEY_STORE, "an activation secret that the cardholder chose", "none")
    for exchange in facts.of(HttpExchange):
        if shows_secret(exchange):
            place = f"{exchange.client}: {exchange.method} {exchange.url}"
            return unexpected(place, "no activation secret in the channel of the key", "the activation secret")
    for mail in facts.of(MailReceived):
        if _shows(mail.subject, mail.body):
            return unexpected(f"the mail of {mail.sender}", "no activation secret", "the activation secret")
    return None


@flow_check("DPC-ACT-DISPLAY-01")
def activation_secret_is_not_shown(facts: ScenarioFacts) -> Finding | None:
    """No screen, notification or note that followed from an entry shows the activation secret."""
    if not facts.of(SecretChosen):
        return unexpected(KEY_STORE, "an entry of an activation secret", "none")
    seen = [(each.title, " ".join((each.text, *each.choices))) for each in facts.of(ScreenShown)]
    seen += [(each.title, each.text) for each in facts.of(NotificationShown)]
    for title, text in seen:
        if _shows(title, text):
            return unexpected(f"the screen {title!r}", "no activation secret", "the activation secret")
    noted = [note for note in facts.of(Note) if _shows(note.text)]
    return unexpected("the device's log", "no activation secret", "the activation secret") if noted else None


def shows_secret(exchange: HttpExchange) -> bool:
    """Whether an activation secret stood in the address, a header or a body."""
    headers = (*exchange.request_headers.values(), *exchange.response_headers.values())
    return _shows(exchange.url, exchange.request_body, exchange.response_body, *headers)


def _shows(*texts: str) -> bool:
    return any(ACTIVATION_SECRET_WAS_HERE in text for text in texts)
