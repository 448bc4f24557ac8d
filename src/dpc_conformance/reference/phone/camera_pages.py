"""From the screen on the QR code to the scanner: the policy on the camera, and whether the app may use it."""

from dpc_conformance.evidence.records import Note
from dpc_conformance.reference.phone.camera import DECLINED, GRANTED
from dpc_conformance.reference.phone.home import Action, Show
from dpc_conformance.reference.phone.parts import PhoneParts
from dpc_conformance.roles.screens import Screen


class CameraPages:
    """`show` puts a screen with its controls on display, `scanner` opens the scanner."""

    def __init__(self, parts: PhoneParts, show: Show, scanner: Action) -> None:
        self._parts, self._show, self._scanner = parts, show, scanner
        self._words = parts.captions

    def first(self) -> Screen:
        """What comes after the screen on the QR code."""
        if not self._parts.management.configuration().camera_allowed:
            text = "Your organization's policy blocks the camera, which is needed to scan the QR code."
            return self._show(self._words.camera_blocked, text, {})
        if not self._words.use_camera:
            return self._use_camera()
        text = f"{self._words.app} uses the camera to scan the QR code."
        return self._show(self._words.scanner, text, {self._words.use_camera: self._use_camera})

    def _use_camera(self) -> Screen:
        if self._parts.camera.permission == GRANTED:
            return self._scanner()
        actions: dict[str, Action] = {self._words.refuse_camera: self._decline, self._words.allow_camera: self._allow}
        return self._show(self._words.camera_prompt, "It is needed to scan the QR code.", actions)

    def _allow(self) -> Screen:
        self._note(GRANTED)
        return self._scanner()

    def _decline(self) -> Screen:
        self._note(DECLINED)
        text = "Without the camera the QR code cannot be scanned. Nothing was set up."
        again = self._words.use_camera or self._words.try_again
        return self._show(self._words.camera_declined, text, {again: self._use_camera})

    def _note(self, answer: str) -> None:
        self._parts.camera.permission = answer
        self._parts.recorder.record(Note(self._parts.clock.now(), f"camera permission {answer}"))
