"""Infection, blood values and emergency signs: a chart in, the findings of family labs out.

CRP and ESR are judged by the day of the sample after the latest session before it (rulebook table 1a); a day that may
lie in several bands is read by the lowest of their limits, for section 4 is to open when a date is not known.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from service.chart.chart import Chart, age_days, within
from service.chart.measurements import Reading, measured, readings
from service.chart.postoperative_day import Day, day_of
from service.chart.units import surely_above, surely_at_least, surely_at_most
from service.domain import partial_dates
from service.domain.findings import Finding
from service.domain.spans import Interval
from service.findings.infection import complications, vital_signs
from service.findings.infection.told_values import with_told

Bands = tuple[tuple[str, str], ...]
"""First day and limit of each band, both by parameter name; before the first day there is no limit."""

_CRP_SMALL: Bands = (("labs_from_day", "crp_small_7"), ("labs_day_14", "crp_small_14"), ("labs_day_42", "crp_late"))
_CRP_FUSION: Bands = (
    ("labs_from_day", "crp_fusion_7"),
    ("labs_day_14", "crp_fusion_14"),
    ("labs_day_28", "crp_fusion_28"),
    ("labs_day_42", "crp_late"),
)
_ESR_SMALL: Bands = (("labs_day_14", "esr_limit"),)
_ESR_FUSION: Bands = (("labs_day_42", "esr_limit"),)
_HIGHEST_CRP = 2000
"""The top of the finding's range: above it nothing changes any more."""


def read(chart: Chart) -> Iterator[Finding]:
    """Every finding on infection, blood and emergency signs that the chart makes known."""
    crp, esr = (with_told(chart, name, readings(chart, name)) for name in ("crp", "esr"))
    abnormal = {
        f.name: f
        for name, read_, bands in (
            ("crp_abnormal", crp, (_CRP_SMALL, _CRP_FUSION)),
            ("esr_abnormal", esr, (_ESR_SMALL, _ESR_FUSION)),
        )
        for f in _abnormal(chart, name, read_, *bands)
    }
    yield from abnormal.values()
    yield from _together(abnormal)
    yield from _raw_crp(chart, crp)
    yield from _second_rise(chart, crp)
    yield from _how_recent(chart, crp + esr)
    yield from vital_signs.read(chart)
    yield from complications.read(chart)


def limits_on(days: Interval, bands: Bands, numbers: Mapping[str, float]) -> tuple[tuple[float, ...], bool]:
    """The limits of every band that the days may lie in, and whether they surely lie in one of them."""
    starts = [numbers[start] for start, _ in bands]
    ends = [*(start - 1 for start in starts[1:]), math.inf]
    met = tuple(
        numbers[limit]
        for (_, limit), start, end in zip(bands, starts, ends, strict=True)
        if days.low <= end and days.high >= start
    )
    return met, days.low >= starts[0]


def _abnormal(chart: Chart, name: str, values: tuple[Reading, ...], small: Bands, fusion: Bands) -> Iterator[Finding]:
    latest = _current(chart, values)
    day = day_of(chart, latest.when) if latest else None
    if latest is None or day is None or _too_early(chart):
        return
    met, surely_in = limits_on(day.days, fusion if "F" in day.session.classes else small, chart.numbers)
    if not met:
        return
    if surely_above(latest.amount, min(met)):
        yield measured(name, "yes", latest)
    elif surely_in and latest.firm and surely_at_most(latest.amount, min(met)):
        yield measured(name, "no", latest)


def _too_early(chart: Chart) -> bool:
    """Days 0 to 6 after any session, whatever the sample: the values say nothing then."""
    return chart.surgery is not None and chart.surgery.dsi_any.high < chart.numbers["labs_from_day"]


def _current(chart: Chart, values: tuple[Reading, ...]) -> Reading | None:
    """The latest value, if it is not older than labs_max_age_days: after that it must be repeated."""
    latest = values[-1] if values else None
    return latest if latest and within(latest.when, chart.numbers["labs_max_age_days"], chart) else None


def _together(abnormal: Mapping[str, Finding]) -> Iterator[Finding]:
    found = tuple(abnormal.values())
    high = tuple(f for f in found if f.value == "yes")
    both = len(found) == 2
    if high:
        yield _joined("infection_labs", "abnormal", high)
    elif both:
        yield _joined("infection_labs", "normal", found)
    if both and len(high) == 2:
        yield _joined("both_labs_abnormal", "yes", high)


def _joined(name: str, value: str, of: tuple[Finding, ...]) -> Finding:
    refs = tuple(dict.fromkeys(r for f in of for r in f.refs))
    latest = partial_dates.latest(f.when for f in of)
    return Finding(name, value, refs, of[0].basis, "; ".join(f.words for f in of if f.words), latest)


def _raw_crp(chart: Chart, crp: tuple[Reading, ...]) -> Iterator[Finding]:
    latest = _current(chart, crp)
    if latest is None:
        return
    low, high = (math.floor(min(v, _HIGHEST_CRP)) for v in (latest.amount.low, latest.amount.high))
    yield measured("crp_mg_l", Interval(low, high), latest)
    limit = chart.numbers["crp_late"]
    if surely_above(latest.amount, limit):
        yield measured("crp_raised", "yes", latest)
    elif latest.firm and surely_at_most(latest.amount, limit):
        yield measured("crp_raised", "no", latest)


def _second_rise(chart: Chart, crp: tuple[Reading, ...]) -> Iterator[Finding]:
    """The latest value against the lowest after day 3 of the same session: half as much again, and 20 mg/L more."""
    latest = _current(chart, crp)
    day = day_of(chart, latest.when) if latest else None
    if latest is None or day is None or day.days.high < chart.numbers["crp_rise_from_day"]:
        return
    earlier = [r for r in crp if _is_earlier(r, latest) and _follows(chart, r, day)]
    if not earlier:
        return
    lowest = min(earlier, key=lambda r: r.amount.high)
    by_factor = lowest.amount.high * chart.numbers["crp_rise_factor"] / 100
    by_amount = lowest.amount.high + chart.numbers["crp_rise_mg_l"]
    if surely_at_least(latest.amount, max(by_factor, by_amount)):
        yield measured("crp_second_rise", "yes", lowest, latest)


def _is_earlier(value: Reading, latest: Reading) -> bool:
    if value.moment and latest.moment:
        return value.moment < latest.moment
    return partial_dates.surely_before(value.when, latest.when)


def _follows(chart: Chart, value: Reading, day: Day) -> bool:
    own = day_of(chart, value.when)
    return own is not None and own.session is day.session and own.days.high > chart.numbers["crp_nadir_from_day"]


def _how_recent(chart: Chart, values: tuple[Reading, ...]) -> Iterator[Finding]:
    """None within the week is a plain "no", even when none is on record at all: then they are to be taken."""
    latest = max(values, key=lambda r: (r.when.last, r.when.first), default=None)
    ago = age_days(latest.when, chart) if latest else None
    if latest is None or ago is None:
        yield Finding("recent_labs", "no")
        return
    yield measured("labs_days_ago", ago, latest)
    recent = ago.high <= chart.numbers["labs_recent_days"]
    yield measured("recent_labs", "yes" if recent else "no", latest)
