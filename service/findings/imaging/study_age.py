"""Whether a study still answers for the present pain: a chart and the day of a study in, yes, no or unknown out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from service.chart.chart import Chart, after_index, age_days, before_index, index_when, said
from service.domain import partial_dates
from service.domain.spans import Interval, Span
from service.domain.statements import Basis, Polarity, Statement

COMPRESSIVE = ("disc-herniation", "residual-fragment", "stenosis", "foraminal-stenosis", "compression")
_UNCHANGED = "unchanged"


def is_current(chart: Chart, when: Span | None) -> bool | None:
    """Whether a study of that day still answers for the present pain; ``None`` when the dates cannot tell.

    Surely after the index operation, not before the episode began (90 days of grace when its onset is only the day it
    was written down), nothing new in the legs since, and not a year old when the pain is new. An onset known to the
    month counts from its first day: most patients are scanned soon after the pain begins. Pain that the operation left
    unchanged began before any study that came after it.
    """
    if when is None or (index_when(chart) is None and not after_minor(chart, when)):
        return None
    if index_when(chart) is not None and not after_index(chart, when):
        return False if before_index(chart, when) else None
    onset = chart.pain.episode_onset if chart.pain and chart.pain.course != _UNCHANGED else None
    if onset:
        grace = int(chart.numbers["imaging_approx_days"]) if onset.approx else 0
        if when.last < partial_dates.back(onset.first, grace) and not (onset.approx and _ran_then(chart, when)):
            return False
    return not _overtaken_by_deficit(chart, when) and not _too_old(chart, when)


def after_minor(chart: Chart, when: Span) -> bool:
    """Whether the chart knows minor procedures alone (a vertebra filled with cement) and this study came after all."""
    story = chart.surgery
    if story is None or not story.in_scope or story.index is not None:
        return False
    days = [session.when for session in story.sessions if session.when]
    return bool(days) and all(partial_dates.surely_after(when, day) for day in days)


def _overtaken_by_deficit(chart: Chart, when: Span) -> bool:
    """Whether a deficit came after the study. One that is only found on a later day, and of which nobody tells when it
    began or that it grows, is what the study was done for where the study shows what presses on a nerve."""
    deficit = chart.known.get("deficit_new")
    if deficit is None or _is_reflex_alone(chart, deficit.refs):
        return False
    ago = chart.known.get("deficit_days_ago")
    began = ago.when if ago else deficit.when
    if began is None:
        age = age_days(when, chart)
        return age is None or age.high > chart.numbers["new_sign_days"]
    if began.last <= when.last:
        return "deficit_progressive" in chart.known and deficit.when is not None and deficit.when.last > when.last
    if "deficit_progressive" in chart.known:
        return True
    if not _shows_compression(chart, when) and not _looked_for_nerve(chart, deficit.refs, when):
        return True
    told = [s for s in said(chart, *SIGNS) if s.source in deficit.refs]
    if any(s.onset for s in told):
        return True
    return began.last - timedelta(chart.numbers["new_sign_days"]) > when.last


def _is_reflex_alone(chart: Chart, refs: Iterable[str]) -> bool:
    """Whether the deficit is no more than a reflex that is weak or gone, which nobody calls new: no picture is repeated
    for it."""
    told = [s for s in said(chart, *SIGNS) if s.source in set(refs) and not s.closed and s.polarity is Polarity.YES]
    return bool(told) and all(s.concept == "reflex-loss" and not s.attributes.begun for s in told)


SIGNS = ("foot-drop", "leg-weakness", "bilateral-leg-weakness", "reflex-loss")


def _shows_compression(chart: Chart, when: Span) -> bool:
    """On it, or on another study of the same work-up, by its report or by a note that retells it."""
    days = chart.numbers["workup_days"]
    shown = ((s.onset or s.stated) if s.retold else s.stated for s in _reported(chart))
    return any(day and abs((day.last - when.last).days) <= days for day in shown)


def _looked_for_nerve(chart: Chart, refs: Iterable[str], when: Span) -> bool:
    """Whether the note that finds the deficit tells of that study itself and of a tender peripheral nerve: the study
    was done for the deficit, and the nerve is looked for elsewhere."""
    held = set(refs)
    tender = any(s.source in held for s in said(chart, "nerve-tenderness"))
    return tender and any(s.retold and s.source in held and s.onset == when for s in chart.statements)


def _reported(chart: Chart) -> Iterator[Statement]:
    return (s for s in said(chart, *COMPRESSIVE, "implant-breach") if s.basis is Basis.REPORT or s.retold)


def _ran_then(chart: Chart, when: Span) -> bool:
    """Whether an open complaint of the list had begun before the study, and the study is of this year: where nobody
    says that the pain began anew, the day on which it was written down again is no onset."""
    ago = age_days(when, chart)
    if ago is None or ago.high > chart.numbers["imaging_max_age_days"]:
        return False
    if any(s.stated and s.stated.last > when.last for s in said(chart, "no-pain")):
        return False
    return any(
        s.resource == "Condition" and not s.closed and s.onset is not None and s.onset.last <= when.first
        for s in (chart.pain.entries if chart.pain else ())
    )


def _too_old(chart: Chart, when: Span) -> bool:
    new = chart.known.get("new_pain")
    ago = age_days(when, chart)
    return bool(new and new.value == "yes" and ago and ago.low > chart.numbers["imaging_max_age_days"])


def days_after(chart: Chart, when: Span | None) -> Interval | None:
    """Days from the index operation to a study, where both are known."""
    dsi = chart.surgery.dsi if chart.surgery else None
    if dsi is None or when is None:
        return None
    ago = Interval((chart.as_of - when.last).days, (chart.as_of - when.first).days)
    return Interval(max(0, dsi.low - ago.high), dsi.high - ago.low)
