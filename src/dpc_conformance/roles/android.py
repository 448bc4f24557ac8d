"""What a phone with Android Enterprise is, and the captions that the documents print for its set-up."""

from dataclasses import dataclass

WELCOME = "Welcome"
ACCEPT = "ACCEPT & CONTINUE"
NEXT = "NEXT"
INSTALL_POLICY_APP = "Install"
ENROLL = "Enroll this device"
ENROLL_NEXT = "Next"
ENTER_CODE = "Enter code"
SCAN_OR_ENTER = "Scan or enter code"
SIGN_IN_OPTIONS = "Sign-in options"
FROM_ANOTHER_DEVICE = "Sign in from another device"
SET = "SET"
INSTALL = "INSTALL"
START = "START"

IN_PLACE_OF_AN_ADDRESS = "afw#setup"
"""What is typed where an e-mail address is asked for, to enrol with a token."""
TAPS = 5
"""How often the word Welcome is tapped before the phone scans the organisation's QR code."""
OLDEST = 8
"""The version that the user's article asks for; the administrator's is content with 7 for fully managed phones."""
NEWEST_WITH_TOKEN = 10
"""The last version on which a phone with a work profile is enrolled by NFC or by a token."""


@dataclass(frozen=True)
class AndroidDevice:
    """A phone that the organisation owns, fully managed unless it has a work profile; `version` is that of Android."""

    version: int = 14
    work_profile: bool = False

    @property
    def takes_token(self) -> bool:
        """Whether NFC and a token enrol it."""
        return not self.work_profile or self.version <= NEWEST_WITH_TOKEN
