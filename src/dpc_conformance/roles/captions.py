"""Titles and captions of the enrolment on a phone: those that the documents print, and ours where they print none."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Captions:
    """What a phone of one platform shows. Scenarios, the reference phone and people go by the same words."""

    platform: str
    """As a target claims it: ios or android."""
    app: str
    sign_in: str
    sign_in_failed: str
    try_again: str
    enrolled: str
    not_available: str
    set_up: str
    instructions: str
    begin: str
    get_qr_code: str
    go_on: str
    """The control that leads from the screen on the QR code to the camera."""
    use_camera: str
    """The control that comes before the question for the camera; empty where that is asked at once."""
    camera_prompt: str
    allow_camera: str
    refuse_camera: str
    camera_declined: str
    camera_blocked: str
    scanner: str
    code_not_accepted: str
    scan_again: str
    password_required: str
    """The title of the screen that asks for the password under the code."""
    choose_secret: str
    installing: str
    finished: str
    failed: str
    start_over: str


IOS = Captions(
    platform="ios",
    app="Company Portal",
    sign_in="Sign in",
    sign_in_failed="Sign-in did not succeed",
    try_again="Try again",
    enrolled="This device is managed",
    not_available="Smart card setup is not available",
    set_up="Setup mobile smart card access",
    instructions="Instructions from your organization",
    begin="Begin",
    get_qr_code="Get QR code",
    go_on="Continue",
    use_camera="Use Camera",
    camera_prompt="“Company Portal” would like to access the camera",
    allow_camera="OK",
    refuse_camera="Don’t Allow",
    camera_declined="Camera access is needed",
    camera_blocked="The camera is blocked on this device",
    scanner="Scan QR code",
    code_not_accepted="This QR code cannot be used",
    scan_again="Scan again",
    password_required="Password Required",
    choose_secret="Choose an activation secret",
    installing="Installing your smart card",
    finished="Your mobile smart card is ready",
    failed="Smart card setup did not succeed",
    start_over="Start over",
)
ANDROID = replace(
    IOS,
    platform="android",
    app="Microsoft Intune",
    set_up="Set up smart card",
    begin="BEGIN",
    go_on="NEXT",
    use_camera="",
    camera_prompt="Allow “Microsoft Intune” to use the camera?",
    allow_camera="Allow",
    password_required="Password required",
    installing="Downloading and installing certificates",
    finished="You’re all set!",
)
CAPTIONS = {each.platform: each for each in (IOS, ANDROID)}


def captions_for(platforms: frozenset[str]) -> Captions:
    """Those of a product that claims these platforms: iOS's wherever it has them, or has neither."""
    return ANDROID if ANDROID.platform in platforms and IOS.platform not in platforms else IOS
