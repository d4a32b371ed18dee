"""Vital signs and blood loss: a chart in, fever, low pressure and a falling haemoglobin out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import groupby
from operator import itemgetter

from service.chart.chart import Chart, finding, said, within
from service.chart.measurements import Reading, measured, readings
from service.chart.postoperative_day import before_last_session, day_of
from service.chart.units import surely_at_least, surely_below
from service.domain.findings import Finding
from service.domain.statements import Polarity, Statement

Placed = tuple[int, Reading]
"""A value and its place among those of one session, oldest first."""

_PLACE = itemgetter(0)


def read(chart: Chart) -> Iterator[Finding]:
    yield from _fever(chart)
    yield from _hypotension(chart)
    yield from _haemoglobin_fall(chart)


def _fever(chart: Chart) -> Iterator[Finding]:
    """A temperature counts from day 4 on, by the clock of the session before it; a stated fever that began on day 0
    to 3 must still be stated on day 5. A normal temperature, or a denial without chills, of this week is a no."""
    numbers = chart.numbers
    recent = [r for r in readings(chart, "body-temperature") if within(r.when, numbers["fever_recent_days"], chart)]
    hot = [r for r in recent if surely_at_least(r.amount, numbers["fever_celsius"]) and _counts(chart, r)]
    stated = [s for s in said(chart, "fever") if not s.closed and _is_stated_fever(chart, s)]
    if hot:
        yield measured("fever", "yes", *hot)
    elif stated:
        yield finding("fever", "yes", stated)
    elif recent:
        if recent[-1].firm and surely_below(recent[-1].amount, numbers["fever_celsius"]):
            yield measured("fever", "no", recent[-1])
    else:
        days = numbers["fever_recent_days"]
        denied = [s for s in said(chart, "fever", polarity=Polarity.NO) if within(s.stated, days, chart)]
        # Chills are not a fever, but whoever has them is not known to have none.
        if denied and not any(within(s.stated, days, chart) for s in said(chart, "chills")):
            yield finding("fever", "no", denied)


def _counts(chart: Chart, reading: Reading) -> bool:
    day = day_of(chart, reading.when)
    return day is not None and day.days.high >= chart.numbers["fever_from_day"]


def _is_stated_fever(chart: Chart, statement: Statement) -> bool:
    present = statement.stated or statement.onset
    if not present or not within(present, chart.numbers["fever_recent_days"], chart):
        return False
    day = day_of(chart, present)
    begun = day_of(chart, statement.onset) if statement.onset else day
    if day is None:
        return False
    early = begun is not None and begun.session is day.session and begun.days.high < chart.numbers["fever_from_day"]
    return day.days.high >= chart.numbers["fever_sustained_day" if early else "fever_from_day"]


def _hypotension(chart: Chart) -> Iterator[Finding]:
    days = chart.numbers["vital_recent_days"]
    low = [
        r
        for r in readings(chart, "blood-pressure")
        if within(r.when, days, chart)
        and surely_below(r.amount, chart.numbers["systolic_low"])
        and not before_last_session(chart, r.when)
    ]
    stated = [
        s
        for s in said(chart, "hypotension")
        if not s.closed and s.stated and within(s.stated, days, chart) and not before_last_session(chart, s.stated)
    ]
    if low:
        yield measured("hypotension", "yes", *low)
    elif stated:
        yield finding("hypotension", "yes", stated)


def _haemoglobin_fall(chart: Chart) -> Iterator[Finding]:
    """Two values at most 48 h apart, the earlier not before day 1, the later beyond it and of this week: the loss of
    the operation itself does not count."""
    dated = ((value, day_of(chart, value.when)) for value in readings(chart, "haemoglobin"))
    counted = [(value, day) for value, day in dated if day and day.days.high >= 1]
    # Oldest first, the values that follow one session stand together.
    for _, own in groupby(counted, key=lambda pair: id(pair[1].session)):
        days = list(own)
        values = tuple(enumerate(value for value, _ in days))
        late = [
            (at, value)
            for at, value in values
            if days[at][1].days.high > 1 and within(value.when, chart.numbers["labs_recent_days"], chart)
        ]
        fallen = min(_fallen(chart, values, late), default=None, key=_PLACE) if late else None
        if fallen:
            earlier = next(value for at, value in reversed(values) if _fell(chart, (at, value), fallen))
            yield measured("haemoglobin_fall", "yes", earlier, fallen[1])
            return


def _fallen(chart: Chart, values: Sequence[Placed], late: Sequence[Placed]) -> Iterator[Placed]:
    """Those of the late values that are a fall, found by going once through each kind of pair."""
    hours, days = [v for v in values if v[1].moment], [v for v in values if not v[1].moment]
    late_hours, late_days = [v for v in late if v[1].moment], [v for v in late if not v[1].moment]
    yield from _below(chart, sorted(hours, key=_moment), sorted(late_hours, key=_moment))
    yield from _below(chart, days, late)
    yield from _below(chart, hours, late_days)


def _below(chart: Chart, earlier: Sequence[Placed], later: Iterable[Placed]) -> Iterator[Placed]:
    """Those of ``later`` so far below the highest of ``earlier`` that lies in the window before them."""
    window = timedelta(days=chart.numbers["haemoglobin_window_days"])
    highest: list[tuple[float, int, Placed]] = []
    coming = 0
    for value in later:
        while coming < len(earlier) and _apart(earlier[coming], value) > timedelta():
            heappush(highest, (-earlier[coming][1].amount.low, coming, earlier[coming]))
            coming += 1
        while highest and _apart(highest[0][2], value) > window:
            heappop(highest)
        if highest and _fell(chart, highest[0][2], value):
            yield value


def _fell(chart: Chart, earlier: Placed, later: Placed) -> bool:
    window = timedelta(days=chart.numbers["haemoglobin_window_days"])
    fall = earlier[1].amount.low - later[1].amount.high
    # On one day without the hours nobody knows which came first.
    return timedelta() < _apart(earlier, later) <= window and round(fall, 6) >= chart.numbers["haemoglobin_fall"]


def _apart(earlier: Placed, later: Placed) -> timedelta:
    """From the one to the other: by the hours of both, else by their days at the most; nothing if it is not earlier."""
    (before, first), (at, last) = earlier, later
    if first.moment and last.moment:
        return last.moment - first.moment
    return last.when.last - first.when.first if before < at else timedelta()


def _moment(value: Placed) -> datetime:
    return value[1].moment or datetime.min.replace(tzinfo=UTC)
