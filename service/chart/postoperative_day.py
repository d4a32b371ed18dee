"""The postoperative clock: a day of the chart in, the session it follows and the days since that session out."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from operator import itemgetter

from msgspec import Struct

from service.chart.chart import EVER, Chart, kept
from service.domain import partial_dates
from service.domain.spans import Interval, Span
from service.domain.statements import Session

Turns = list[tuple[date, Session]]
_DAY = itemgetter(0)


class _Held(Struct):
    """The turns that were made last, and of which sessions: they are the same for every day of one chart."""

    of: tuple[Session, ...] = ()
    turns: Turns = []


class Day(Struct, frozen=True, gc=False):
    """So many days after that session; an undated session leaves them open."""

    session: Session
    days: Interval


def day_of(chart: Chart, span: Span) -> Day | None:
    """The day after the latest session of any kind that is not surely later; ``None`` before all of them."""
    turns = _turns(chart)
    at = bisect_right(turns, span.last, key=_DAY)
    if not at:
        return None
    session = turns[at - 1][1]
    days = _since(session, span)
    return Day(session, Interval(max(0, days.low), days.high))


def before_last_session(chart: Chart, span: Span) -> bool:
    """Surely earlier than the latest session: what was seen then does not speak about its aftermath."""
    last = chart.surgery.sessions[-1] if chart.surgery and chart.surgery.sessions else None
    return last is not None and _since(last, span).high < 0


def _none_yet(_: Chart) -> _Held:
    return _Held()


def _turns(chart: Chart) -> Turns:
    """From which day on a day may follow which session; made once for the sessions of a chart, which may be many.

    Latest in the list is latest in time, so a session that may begin no earlier than a later one is never the answer.
    """
    sessions = chart.surgery.sessions if chart.surgery else ()
    held = kept(chart, "turns of sessions", _none_yet)
    if held.of is not sessions:
        turns: Turns = []
        for session in reversed(sessions):
            first = date.min if session.when is None or session.stated_only else session.when.first
            if not turns or first < turns[-1][0]:
                turns.append((first, session))
        held.of, held.turns = sessions, turns[::-1]
    return held.turns


def _since(session: Session, span: Span) -> Interval:
    if session.when is None:
        return EVER
    days = partial_dates.days_between(session.when, span)
    # A stated operation lies on its date or any time before it.
    return Interval(days.low, EVER.high) if session.stated_only else days
