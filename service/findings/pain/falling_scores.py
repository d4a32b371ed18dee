"""Scores that are no news: a pain score and the others of the chart in, whether it tells of no new pain out."""

from __future__ import annotations

from collections.abc import Sequence

from service.chart.chart import Chart
from service.chart.pain_scores import Score
from service.domain import partial_dates
from service.domain.spans import Span
from service.domain.statements import Statement


def was_as_bad(entry: Statement, began: Span, scores: Sequence[Score], days: float) -> bool:
    """A score is no news when one of the window before it was as high: falling scores tell of recovery."""
    own = [s for s in scores if s.ref == entry.source]
    return bool(own) and any(
        s.when is not None
        and partial_dates.surely_before(s.when, began)
        and (began.last - s.when.first).days <= days
        and s.site in ("", own[0].site)
        and s.value >= own[0].value
        for s in scores
    )


def has_fallen(chart: Chart, entry: Statement, began: Span, scores: Sequence[Score]) -> bool:
    """A score is no news either when later ones fell from it by a real step to less than pain: 8 before a procedure, 3
    since."""
    own = [s for s in scores if s.ref == entry.source]
    later = [
        s
        for s in scores
        if own and s.when and partial_dates.surely_before(began, s.when) and s.site in ("", own[0].site)
    ]
    return bool(later) and (
        later[-1].value < chart.numbers["score_pain"]
        and own[0].value - later[-1].value >= chart.numbers["score_change"]
    )
