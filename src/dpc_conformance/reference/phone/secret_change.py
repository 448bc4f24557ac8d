"""Another activation secret, for whoever knows the current one (SP 800-157r1 §3.1.4)."""

from dpc_conformance.evidence.recorder import ACTIVATION_SECRET_WAS_HERE
from dpc_conformance.reference.phone import captions
from dpc_conformance.reference.phone.activation import SecretNotAllowed
from dpc_conformance.reference.phone.keystore import ActivationNeeded
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.roles.screens import Screen


def change_secret(parts: PhoneParts, usage: str, current: str | None, new: str) -> Screen:
    """The screen that follows. Raises WrongActivationSecret; LookupError without a credential of that usage."""
    parts.recorder.keep_secret(new, ACTIVATION_SECRET_WAS_HERE)
    try:
        parts.secret_rules.check(new, parts.passcode, parts.sign_in.names)
        parts.stores.change_secret(usage, current, new)
    except SecretNotAllowed as error:
        return Screen(captions.CHOOSE_NEW_SECRET, str(error))
    except ActivationNeeded:
        return Screen(captions.ACTIVATE, "Enter the activation secret that you have now.")
    return Screen(captions.SECRET_CHANGED, "Use the new one from now on.")
