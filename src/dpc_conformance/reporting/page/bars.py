"""Counts of verdicts as a bar: drawn as SVG, so that the page needs neither scripts nor inline styles."""

from collections.abc import Mapping

from markupsafe import Markup

from dpc_conformance.catalogue.verdicts import Verdict

ORDER = (
    Verdict.FAIL,
    Verdict.HANG,
    Verdict.INFRASTRUCTURE,
    Verdict.BLOCKED,
    Verdict.INCONCLUSIVE,
    Verdict.SKIPPED,
    Verdict.REVIEW,
    Verdict.WARN,
    Verdict.ATTESTED,
    Verdict.PASS,
    Verdict.NOT_APPLICABLE,
    Verdict.NOT_EFFECTIVE,
)
"""From left to right: what somebody has to look at comes first."""


def bar(counts: Mapping[Verdict, int], height: int = 10) -> Markup:
    """A bar as wide as its place; `height` is in pixels. Nothing for counts that are all zero."""
    total = sum(counts.values())
    if not total:
        return Markup("")
    parts, at = [], 0
    for verdict in ORDER:
        count = counts.get(verdict, 0)
        if count:
            parts.append(f'<rect class="{verdict}" x="{at}" y="0" width="{count}" height="1"/>')
            at += count
    words = ", ".join(f"{counts[verdict]} {verdict}" for verdict in ORDER if counts.get(verdict))
    return Markup(  # noqa: S704  numbers and names of our own
        f'<svg class="bar" role="img" aria-label="{words}" height="{height}" viewBox="0 0 {total} 1"'
        f' preserveAspectRatio="none">{"".join(parts)}</svg>'
    )
