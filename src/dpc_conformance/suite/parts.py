"""The parts of the pytest plugin that stand on their own, without the suite's fixtures and steps."""

PARTS = tuple(
    f"dpc_conformance.suite.{name}"
    for name in (
        "options",
        "leash",
        "moment",
        "tags",
        "selection",
        "consent",
        "progress",
        "kept_evidence",
        "judge_fixture",
        "feature_files",
        "scenario",
        "reports_without_secrets",
        "defects",
        "garbage",
    )
)
