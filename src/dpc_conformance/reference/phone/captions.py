"""Titles and captions on the phone beside those of the enrolment; no document prints them, every platform has them."""

DO_NOT_ALLOW = "Don’t Allow"
CHOOSE_NEW_SECRET = "Choose a new activation secret"
SECRET_CHANGED = "Your activation secret was changed"
ACTIVATED = "Your mobile smart card is activated"
SIGNED = "The document is signed"
FINGER_ADDED = "Your finger was added"
ACTIVATE = "Enter your activation secret"
APPS = "Apps"
INSTALL = "Install"
REMOVE = "Remove"
REMOVE_DEVICE = "Remove device"
NOT_ALLOWED = "Your mobile smart card is not available here"
ALLOW = "Allow"


def wants_access(app: str) -> str:
    """The question that comes before an app uses the credential."""
    return f"“{app}” would like to use your mobile smart card"
