"""What is not as it was when a run was made: the suite or the catalogue that draws its reports now."""

from dpc_conformance.evidence.events import RunStarted


def differences(started: RunStarted, suite_version: str, suite_hash: str, catalogue_hash: str) -> tuple[str, ...]:
    """A sentence for each difference; none where everything is the same."""
    if not started.suite_hash:
        return ("The journal does not say with which suite and catalogue the run was made, so they may differ.",)
    sentences = []
    if started.catalogue_hash != catalogue_hash:
        sentences.append(
            "The catalogue is not the run's: texts, levels and scopes are today's, and verdicts may differ "
            f"(run {started.catalogue_hash[:12]}, now {catalogue_hash[:12]})."
        )
    if started.suite_hash != suite_hash:
        sentences.append(
            f"The suite is not the run's: {started.suite_version} ({started.suite_hash[:12]}) made the run, "
            f"{suite_version} ({suite_hash[:12]}) draws it."
        )
    return tuple(sentences)
