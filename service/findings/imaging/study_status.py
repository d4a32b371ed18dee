"""Studies and tests: the studies, reports, procedures and orders of a chart in, one word per kind of test out.

The words are none, outdated, pending, unread, read and negative; a kind about which nothing is sure is not named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from service.chart.chart import Chart, age_days, before_index, finding, from_sources, index_when
from service.chart.studies import gather
from service.chart.study_matching import Study
from service.domain import partial_dates
from service.domain.findings import Finding
from service.domain.spans import Span
from service.domain.statements import Polarity, Ref, Statement
from service.findings.imaging.study_age import COMPRESSIVE, is_current

KINDS = (
    "mri",
    "ct",
    "xray",
    "flexion_extension",
    "standing_films",
    "whole_spine_mri",
    "si_mri",
    "pelvis_mri",
    "hip_xray",
    "ct_myelogram",
)
INFECTION = (
    "spinal-infection",
    "epidural-abscess",
    "epidural-collection",
    "epidural-hematoma",
    "implant-infection",
    "csf-leak",
)
IMPLANT = (
    "implant-broken",
    "implant-loose",
    "implant-displaced",
    "implant-other-fault",
    "implant-breach",
    "cage-moved",
)
FRACTURE = ("vertebral-fracture", "sacral-fracture", "pars-facet-fracture")
NOT_NEGATIVE = (
    *COMPRESSIVE,
    *INFECTION,
    *IMPLANT,
    "nonunion",
    "motion-at-fusion",
    "dynamic-listhesis",
    "instability",
    "pars-facet-fracture",
    "vertebral-fracture",
    "sacral-fracture",
    "spinal-tumour",
    "arachnoiditis-finding",
    "sagittal-imbalance",
    "lead-moved",
)
"""A report that names one of these is not called negative, even if it names no compression: it may explain the pain."""
_OWN = {
    "si_mri": ("sacroiliitis",),
    "hip_xray": ("hip-oa",),
    "pelvis_mri": ("piriformis", "hip-oa"),
    "emg": ("emg-root-denervation", "emg-peroneal"),
    "standing_films": ("sagittal-imbalance",),
    "flexion_extension": ("dynamic-listhesis", "instability"),
}
_SAYS_NEGATIVE = {
    "emg": ("emg-normal",),
    "standing_films": ("balanced-films",),
    "flexion_extension": ("stable-films",),
}


class Window(Struct, frozen=True, gc=False):
    """Which studies of a kind count: those since the episode began, or those of so many days."""

    days: float | None = None


_SINCE_EPISODE = Window()


def read(chart: Chart, files: tuple[Study, ...] | None = None) -> Iterator[Finding]:
    """One finding per kind of imaging, and what follows when MRI and CT are both negative."""
    if chart.surgery is None or not chart.surgery.in_scope:
        return
    files = gather(chart) if files is None else files
    told = {kind: status(chart, files, kind) for kind in KINDS}
    yield from (f for f in told.values() if f)
    mri, ct = told["mri"], told["ct"]
    clear = [s for s in files if s.imaging and s.done and "mri" in s.kinds and is_told(s) and is_current(chart, s.when)]
    if clear and all(compresses_nothing(chart, s) for s in clear):
        latest = max(clear, key=_by_day)
        yield finding("nothing_compresses", "yes", refs=latest.refs, when=latest.when, words=latest.words)
    if mri and mri.value == "negative":
        yield finding("imaging_negative", "yes", refs=mri.refs, basis=mri.basis, when=mri.when, words=mri.words)
        if ct and ct.value == "negative":
            yield finding("all_imaging_negative", "yes", refs=(*mri.refs, *ct.refs), basis=mri.basis, when=mri.when)


def status(chart: Chart, files: tuple[Study, ...], kind: str, window: Window | None = None) -> Finding | None:
    """The word for one kind of test, from the studies that decide it; ``None`` when the chart cannot tell.

    The newest current study decides. A current study without a report is ``unread`` and an order that came after the
    newest study is ``pending``; ``negative`` needs every current report to be negative.
    """
    mine = [s for s in files if kind in s.kinds]
    if not mine:
        return None if _could_not_be_had(chart) else finding(kind, "none")
    window = window or _SINCE_EPISODE
    now = [s for s in mine if s.done and _counts(chart, s.when, window) is True]
    newest = _newest(chart, now)
    waiting = [s for s in mine if s.waiting and _awaited(chart, s.when, window)]
    if newest and waiting:
        waiting = _not_overtaken(waiting, newest)
    if newest and not any(_is_reported(chart, s) or s.retold for s in newest):
        return _tell(kind, "unread" if set(waiting).isdisjoint(newest) else "pending", newest)
    if waiting:
        return _tell(kind, "pending", waiting)
    if newest:
        clean = all(is_negative(chart, s, kind) for s in now if is_told(s))
        return _tell(kind, "negative" if clean else "read", newest)
    if any(s.done and _counts(chart, s.when, window) is None for s in mine):
        return None
    done = [s for s in mine if s.done]
    if done:
        return _tell(kind, "outdated", done)
    return None if _could_not_be_had(chart) else finding(kind, "none")


def _is_reported(chart: Chart, study: Study) -> bool:
    """Whether a report of it can be read: one in a form that nobody could read here is still to be obtained."""
    said = {s.source for s in said_in(chart, study)}
    closed = {each.source for each in chart.unread} - said
    return any(ref not in closed for ref in study.reports)


def is_negative(chart: Chart, study: Study, kind: str) -> bool:
    """Whether the final reports of this study were understood, and say that there is nothing to see.

    Of the spine: stated normal, or compression, herniation, infection, fracture and fault of an implant each denied.
    What was not understood is not absent: such a study is read in part, and counts for nothing.
    """
    told = said_in(chart, study)
    bad = (*NOT_NEGATIVE, *_OWN.get(kind, ()))
    if not is_told(study) or not is_understood(chart, study) or _says(told, bad):
        return False
    if _is_said(told, ("normal-study", *_SAYS_NEGATIVE.get(kind, ())), Polarity.YES):
        return True
    if kind in _OWN:
        return _is_said(told, (*COMPRESSIVE, *INFECTION, *IMPLANT, *_OWN[kind]), Polarity.NO)
    looked_for = [INFECTION, FRACTURE]
    implants = chart.known.get("implant_present")
    if implants is not None and implants.value == "yes":
        looked_for.append(IMPLANT)
    return denies_compression(told) and all(_is_said(told, each, Polarity.NO) for each in looked_for)


def denies_compression(told: Sequence[Statement]) -> bool:
    """Compression and herniation are both denied, in one word or two; a normal study denies them too."""
    if _is_said(told, ("no-compression", "normal-study"), Polarity.YES):
        return True
    disc, bone = ("disc-herniation", "residual-fragment"), ("compression", "stenosis", "foraminal-stenosis")
    return _is_said(told, disc, Polarity.NO) and _is_said(told, bone, Polarity.NO)


def compresses_nothing(chart: Chart, study: Study) -> bool:
    """Whether the final reports of this study were understood and deny whatever could press on a nerve."""
    told = said_in(chart, study)
    return is_told(study) and is_understood(chart, study) and not _says(told, NOT_NEGATIVE) and denies_compression(told)


def is_told(study: Study) -> bool:
    """Whether anybody says what it showed: a report, or a note that retells it."""
    return bool(study.reports or study.retold)


def is_understood(chart: Chart, study: Study) -> bool:
    """Whether every clause of its reports that names something clinical was read."""
    own = {*study.reports, *study.drafts, *study.results}
    missed = {each.source for each in chart.not_understood} | {each.source for each in chart.unread}
    return own.isdisjoint(missed)


def _says(told: Sequence[Statement], concepts: Sequence[str]) -> bool:
    return any(s.concept in concepts and s.polarity is not Polarity.NO for s in told)


def _is_said(told: Sequence[Statement], concepts: Sequence[str], polarity: Polarity) -> bool:
    return any(s.concept in concepts and s.polarity is polarity for s in told)


def said_in(chart: Chart, study: Study) -> Sequence[Statement]:
    """What the reports of a study say, whatever their status; of one that a note retells what the note says of it."""
    if study.retold:
        return [s for s in from_sources(chart, set(study.refs)) if s.retold == study.retold]
    return from_sources(chart, {*study.reports, *study.drafts, *study.results})


def _counts(chart: Chart, when: Span | None, window: Window) -> bool | None:
    if window.days is None:
        return is_current(chart, when)
    ago = age_days(when, chart)
    return None if ago is None else ago.high <= window.days


def _awaited(chart: Chart, when: Span | None, window: Window) -> bool:
    """An order or unfinished report counts for 60 days, and never if it was for the operation itself.

    A study booked without a date is awaited; an order without a date may have been forgotten and is not (gather drops
    it), else it would hold back every later study for ever.
    """
    if when is None:
        return True
    limit = chart.numbers["order_pending_days"]
    ago = age_days(when, chart)
    ordered_for_operation = before_index(chart, when) and when != index_when(chart)
    return bool(ago and ago.high <= min(limit, window.days or limit)) and not ordered_for_operation


def _newest(chart: Chart, now: list[Study]) -> list[Study]:
    """The newest study, with its other records of the same days (a Procedure row beside an ImagingStudy)."""
    dated = [(s.when.last, s) for s in now if s.when]
    if not dated:
        return []
    last = max(day for day, _ in dated)
    since = partial_dates.back(last, int(chart.numbers["report_study_days"]))
    return [s for day, s in dated if day >= since]


def _not_overtaken(waiting: list[Study], newest: list[Study]) -> list[Study]:
    """What is still awaited: no study of the same day or later has come."""
    own = set(newest)
    last = max(s.when.last for s in newest if s.when)
    return [s for s in waiting if s in own or (s.when and s.when.first > last)]


def _tell(kind: str, word: str, files: list[Study]) -> Finding:
    ordered = sorted(files, key=_by_day) if len(files) > 1 else files
    latest = ordered[-1]
    refs = tuple(dict.fromkeys(ref for s in ordered for ref in s.refs))
    return finding(kind, word, refs=refs, when=latest.when, words=latest.words)


def _by_day(file: Study) -> tuple[date, tuple[Ref, ...]]:
    return file.when.last if file.when else date.min, file.refs


def _could_not_be_had(chart: Chart) -> bool:
    """``none`` may be said only if somebody looked: an unanswered query for imaging is not an empty one."""
    missing = chart.record.missing
    return bool(missing) and any(word in key.lower() for key in missing for word in ("imaging", "report", "stud"))
