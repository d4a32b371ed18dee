"""Treatment that goes on: the chart in, whether somebody still treats this back months after surgery out."""

from __future__ import annotations

from service.chart.chart import Chart, age_days, begun, index_when, said
from service.chart.medications import in_use
from service.chart.studies import gather
from service.domain import partial_dates
from service.domain.spans import Span

_CONTACTS = (
    "spinal-injection",
    "nerve-root-block",
    "facet-block",
    "si-joint-block",
    "pain-clinic-contact",
    "physiotherapy",
)


def still_treated(chart: Chart) -> bool:
    """From the third month on: a pain drug still prescribed, lumbar imaging or an order of it, an injection, a pain
    clinic or physiotherapy. That renews a complaint which nobody wrote down again."""
    age = age_days(index_when(chart), chart)
    if age is None or age.low < chart.numbers["stale_after_days"]:
        return False
    return (
        _has_pain_drug(chart)
        or any(_is_late(chart, begun(s)) for s in said(chart, *_CONTACTS))
        or any(study.lumbar and _is_late(chart, study.when) for study in gather(chart))
    )


def _has_pain_drug(chart: Chart) -> bool:
    days = chart.numbers["stale_after_days"]
    return any(not s.closed and s.ended is None for c in ("opioid", "gabapentinoid") for s in in_use(chart, c, days))


def _is_late(chart: Chart, span: Span | None) -> bool:
    when = index_when(chart)
    if when is None or span is None:
        return False
    return partial_dates.days_between(when, span).low >= chart.numbers["stale_after_days"]
