"""Vital signs and blood loss: a chart in, fever, low pressure and a falling haemoglobin out."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import timedelta

from service.facts.chart import Chart, finding, said, within
from service.facts.clock import before_last_session, day_of
from service.facts.readings import Reading, measured, readings
from service.facts.units import surely_at_least, surely_below
from service.words import Finding, Polarity, Statement


def read(chart: Chart) -> Iterator[Finding]:
    yield from _fever(chart)
    yield from _hypotension(chart)
    yield from _haemoglobin_fall(chart)


def _fever(chart: Chart) -> Iterator[Finding]:
    """A temperature counts from day 4 on, by the clock of the session before it; a stated fever that began on day 0
    to 3 must still be stated on day 5. A normal temperature or a denial of this week is a no."""
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
        if denied:
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
    values = readings(chart, "haemoglobin")
    days = [day_of(chart, value.when) for value in values]
    highest = -math.inf
    for at, (later, day) in enumerate(zip(values, days, strict=True)):
        # Nothing before it was so high that this could be a fall: most values need no look back.
        may_fall = round(highest - later.amount.high, 6) >= chart.numbers["haemoglobin_fall"]
        highest = max(highest, later.amount.low)
        if not may_fall or day is None or day.days.high <= 1:
            continue
        if not within(later.when, chart.numbers["labs_recent_days"], chart):
            continue
        for earlier, own in zip(reversed(values[:at]), reversed(days[:at]), strict=True):
            if _apart(earlier, later) > timedelta(days=chart.numbers["haemoglobin_window_days"] + 1):
                break
            if own and own.session is day.session and own.days.high >= 1 and _fell(chart, earlier, later):
                yield measured("haemoglobin_fall", "yes", earlier, later)
                return


def _fell(chart: Chart, earlier: Reading, later: Reading) -> bool:
    window = timedelta(days=chart.numbers["haemoglobin_window_days"])
    apart = later.moment - earlier.moment if earlier.moment and later.moment else _apart(earlier, later)
    fall = earlier.amount.low - later.amount.high
    # On one day without the hours nobody knows which came first.
    return timedelta() < apart <= window and round(fall, 6) >= chart.numbers["haemoglobin_fall"]


def _apart(earlier: Reading, later: Reading) -> timedelta:
    return later.when.last - earlier.when.first
