"""From "Continue" to the open scanner: the policy on the camera, and the question whether the app may use it."""

from dpc_conformance.evidence.records import Note
from dpc_conformance.reference.phone import captions
from dpc_conformance.reference.phone.camera import DECLINED, GRANTED
from dpc_conformance.reference.phone.home import Action, Show
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.roles.screens import Screen


class CameraPages:
    """`show` puts a screen with its controls on display, `scanner` opens the scanner."""

    def __init__(self, parts: PhoneParts, show: Show, scanner: Action) -> None:
        self._parts, self._show, self._scanner = parts, show, scanner

    def first(self) -> Screen:
        """What comes after the screen on the QR code."""
        if not self._parts.management.configuration().camera_allowed:
            text = "Your organization's policy blocks the camera, which is needed to scan the QR code."
            return self._show(captions.CAMERA_BLOCKED, text, {})
        text = "Company Portal uses the camera to scan the QR code."
        return self._show(captions.SCANNER, text, {captions.USE_CAMERA: self._use_camera})

    def _use_camera(self) -> Screen:
        if self._parts.camera.permission == GRANTED:
            return self._scanner()
        actions: dict[str, Action] = {captions.DO_NOT_ALLOW: self._decline, captions.OK: self._allow}
        return self._show(captions.CAMERA_PROMPT, "It is needed to scan the QR code.", actions)

    def _allow(self) -> Screen:
        self._note(GRANTED)
        return self._scanner()

    def _decline(self) -> Screen:
        self._note(DECLINED)
        text = "Without the camera the QR code cannot be scanned. Nothing was set up."
        return self._show(captions.CAMERA_DECLINED, text, {captions.USE_CAMERA: self._use_camera})

    def _note(self, answer: str) -> None:
        self._parts.camera.permission = answer
        self._parts.recorder.record(Note(self._parts.clock.now(), f"camera permission {answer}"))
