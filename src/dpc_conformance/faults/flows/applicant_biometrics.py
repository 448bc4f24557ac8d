"""Seeded defects of the biometric comparison at the registration desk, of its record, and of what is kept."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from dpc_conformance.evidence.registration import KeptSample, Registration
from dpc_conformance.faults.flows.registration import with_registrations
from dpc_conformance.faults.registry import fault
from dpc_conformance.reference.issuer.refusals import Refusal
from dpc_conformance.reference.issuer.registration_rules import RegistrationRules, Report
from dpc_conformance.reference.issuer.registrations import Registrations
from dpc_conformance.reference.issuer.sample_archive import SampleArchive
from dpc_conformance.reference.scene import Scene


class WithoutMatcher(Registrations):
    """Keeps the result of a comparison, and not what compared."""

    def record(self, row: sqlite3.Row, serials: tuple[str, ...]) -> Registration:
        """See Registrations."""
        made = super().record(row, serials)
        return replace(made, comparison=replace(made.comparison, matcher="")) if made.comparison else made


@fault("record says that the applicant matched and not by what", {"DPC-ISS-BIO-01"})
def without_matcher(scene: Scene) -> None:
    with_registrations(scene, WithoutMatcher)


class WithoutDocument(Registrations):
    """Keeps no number of a second document."""

    def record(self, row: sqlite3.Row, serials: tuple[str, ...]) -> Registration:
        """See Registrations."""
        made = super().record(row, serials)
        return replace(made, evidence=replace(made.evidence, document="")) if made.evidence else made


@fault("record lacks the number of the second identity document", {"DPC-ISS-BIO-03"})
def without_document(scene: Scene) -> None:
    with_registrations(scene, WithoutDocument)


class NotCompared(RegistrationRules):
    """Takes the card for enough."""

    def compared(self, report: Report) -> Refusal | None:  # noqa: ARG002
        """See RegistrationRules."""
        return None


@fault("applicants are registered without a biometric comparison", {"DPC-ISS-BIO-01"})
def not_compared(scene: Scene) -> None:
    scene.issuer.hardware.rules = NotCompared()


class AnyResult(RegistrationRules):
    """Notes how a comparison came out, and goes on."""

    def matched(self, report: Report) -> Refusal | None:  # noqa: ARG002
        """See RegistrationRules."""
        return None


@fault("applicants are registered who do not match the card", {"DPC-ISS-BIO-01"})
def any_result(scene: Scene) -> None:
    scene.issuer.hardware.rules = AnyResult()


class WithoutSample(RegistrationRules):
    """Is content with the result of a comparison."""

    def sampled(self, report: Report) -> Refusal | None:  # noqa: ARG002
        """See RegistrationRules."""
        return None


@fault("applicants are registered without a sample to keep", {"DPC-ISS-BIO-02"})
def without_sample(scene: Scene) -> None:
    scene.issuer.hardware.rules = WithoutSample()


class WithoutEvidence(RegistrationRules):
    """Registers whoever cannot be matched upon the word of the operator."""

    def evidenced(self, report: Report) -> Refusal | None:  # noqa: ARG002
        """See RegistrationRules."""
        return None


@fault("applicants without a match need no second identity document", {"DPC-ISS-BIO-03"})
def without_evidence(scene: Scene) -> None:
    scene.issuer.hardware.rules = WithoutEvidence()


class OnceIsEnough(RegistrationRules):
    """Compares an applicant in the first visit only."""

    def identified_again(self, report: Report, earlier: Sequence[Registration]) -> Refusal | None:  # noqa: ARG002
        """See RegistrationRules."""
        return None


@fault("later visits go without a biometric comparison", {"DPC-ISS-BIO-04"})
def once_is_enough(scene: Scene) -> None:
    scene.issuer.hardware.rules = OnceIsEnough()


class Shredder(SampleArchive):
    """Deletes a sample when the visit is over."""

    def find(self, reference: str) -> KeptSample | None:
        """See SampleArchive."""
        with self._lock:
            self._database().execute("DELETE FROM sample")
        return super().find(reference)


class OneYear(SampleArchive):
    """Keeps samples for a year."""

    def keep(self, sample: bytes, until: datetime) -> KeptSample:
        """See SampleArchive."""
        return super().keep(sample, until - timedelta(days=5 * 365))


def _archive(scene: Scene, kind: type[SampleArchive]) -> None:
    issuer = scene.issuer
    path, entropy = issuer.store_path.with_suffix(".samples.sqlite"), issuer.randomness.branch("samples")
    issuer.hardware.archive = kind(path, entropy)


@fault("biometric samples are deleted after the visit", {"DPC-ISS-BIO-02"})
def shredder(scene: Scene) -> None:
    _archive(scene, Shredder)


@fault("biometric samples are kept for a year", {"DPC-ISS-BIO-02"})
def one_year(scene: Scene) -> None:
    _archive(scene, OneYear)
