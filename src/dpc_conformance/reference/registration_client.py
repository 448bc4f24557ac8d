"""The station of a registration operator in the reference: the client of the issuer's registration desk.

Nothing is compared here: the operator says how the comparison came out, and a made-up sample stands for the one that
a sensor would capture.
"""

import base64

import httpx

from dpc_conformance.entropy import Entropy
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.reference.operator_credentials import OperatorCredentials
from dpc_conformance.roles.people import Person
from dpc_conformance.roles.registration_desk import HARDWARE_CERTIFICATE, Appearance
from dpc_conformance.roles.screens import Screen

MATCHER = "Reference station, comparison as the operator reports it"
DECLARATION = "declaration {number} under penalty of perjury (28 USC 1746), filed at the desk"
SAMPLE_BYTES = 600


class ReferenceRegistrationDesk:
    """Implements roles.registration_desk.RegistrationDesk."""

    def __init__(
        self,
        address: str,
        credentials: OperatorCredentials,
        recorder: Recorder,
        entropy: Entropy,
    ) -> None:
        """`address` is the service's."""
        self._address, self._credentials = address, credentials
        self._recorder, self._entropy = recorder, entropy
        self._means = HARDWARE_CERTIFICATE

    def log_on(self, means: str = HARDWARE_CERTIFICATE) -> Screen:
        """The operator logs on; the screen lists who may be registered."""
        self._means = means
        return self._screen(self._visits())

    def register(self, applicant: Person, appearance: Appearance) -> Screen:
        """Register an applicant who is signed in. LookupError when nobody of that account is."""
        answer = self._visits()
        if not answer.is_success:
            return self._screen(answer)
        visits = [each["visit"] for each in answer.json()["visits"] if each["account"] == applicant.account]
        if not visits:
            raise LookupError(f"{applicant.account} is not signed in at the desk")
        with self._open() as http:
            return self._screen(http.post(self._address, json={"visit": visits[-1], **self._report(appearance)}))

    def _report(self, appearance: Appearance) -> dict[str, str]:
        sample = base64.b64encode(self._entropy.bytes(SAMPLE_BYTES)).decode() if appearance.sample else ""
        self._recorder.keep_secret(sample)
        return {
            "channel": appearance.channel,
            "application": appearance.application,
            "result": appearance.result,
            "matcher": MATCHER if appearance.result else "",
            "source": appearance.source if appearance.result else "",
            "document": appearance.document,
            "declaration": DECLARATION.format(number=self._entropy.below(10**6)) if appearance.declared else "",
            "sample": sample,
        }

    def _visits(self) -> httpx.Response:
        with self._open() as http:
            return http.get(f"{self._address}/visits")

    def _open(self) -> httpx.Client:
        return self._credentials.open(self._means)

    def _screen(self, answer: httpx.Response) -> Screen:
        return Screen("Registration desk", answer.text, status=answer.status_code, address=self._address)
