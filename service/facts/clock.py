"""The postoperative clock: a day of the chart in, the session it follows and the days since that session out."""

from __future__ import annotations

from msgspec import Struct

from service import dates
from service.facts.chart import EVER, Chart
from service.words import Interval, Session, Span


class Day(Struct, frozen=True, gc=False):
    """So many days after that session; an undated session leaves them open."""

    session: Session
    days: Interval


def day_of(chart: Chart, span: Span) -> Day | None:
    """The day after the latest session of any kind that is not surely later; ``None`` before all of them."""
    for session in reversed(chart.surgery.sessions if chart.surgery else ()):
        days = _since(session, span)
        if days.high >= 0:
            return Day(session, Interval(max(0, days.low), days.high))
    return None


def before_last_session(chart: Chart, span: Span) -> bool:
    """Surely earlier than the latest session: what was seen then does not speak about its aftermath."""
    last = chart.surgery.sessions[-1] if chart.surgery and chart.surgery.sessions else None
    return last is not None and _since(last, span).high < 0


def _since(session: Session, span: Span) -> Interval:
    if session.when is None:
        return EVER
    days = dates.days_between(session.when, span)
    # A stated operation lies on its date or any time before it.
    return Interval(days.low, EVER.high) if session.stated_only else days
