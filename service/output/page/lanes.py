"""The story on one time axis: a chart in; lanes of dated events out, each with the entries that tell of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from math import inf
from typing import Any

from service.chart.chart import Chart, SurgeryStory, begun
from service.chart.chart import said as said_of
from service.chart.function_scores import read_function
from service.chart.measurements import readings
from service.chart.medications import prescribed
from service.chart.operations import DECOMPRESSION, DISC_REPLACEMENT, DISCECTOMY, FUSION, MAJOR
from service.chart.pain_scores import read_scores
from service.chart.studies import gather
from service.chart.study_matching import Study
from service.domain.places import Side
from service.domain.spans import Span
from service.domain.statements import Ref, Session, Statement
from service.output.cards import quotes
from service.output.cards.markdown import clip
from service.output.page.entries import Entries, day

MOST_EVENTS = 60
"""Of one lane, the newest; more cannot be told apart on a screen."""

_CLASSES = {
    DISCECTOMY: "discectomy",
    DECOMPRESSION: "decompression",
    FUSION: "fusion",
    DISC_REPLACEMENT: "disc replacement",
}
_CLASSES = {
    DISCECTOMY: "discectomy",
    DECOMPRESSION: "decompression",
    FUSION: "fusion",
    DISC_REPLACEMENT: "disc replacement",
}
_BEFORE = timedelta(days=2 * 365)
_DRUGS = {"opioid": "Opioid", "gabapentinoid": "Gabapentinoid"}
_CARE = {
    "physiotherapy": "Physiotherapy",
    "pain-clinic-contact": "Pain clinic",
    "spinal-injection": "Injection",
    "nerve-root-block": "Root block",
    "facet-block": "Facet block",
    "si-joint-block": "SI block",
}
_STUDIES = (
    ("ct_myelogram", "CT myelogram"),
    ("whole_spine_mri", "Whole-spine MRI"),
    ("si_mri", "Sacroiliac MRI"),
    ("pelvis_mri", "Pelvis MRI"),
    ("mri", "MRI"),
    ("ct", "CT"),
    ("flexion_extension", "Flexion-extension films"),
    ("standing_films", "Standing films"),
    ("hip_xray", "Hip films"),
    ("xray", "X-ray"),
    ("emg", "EMG"),
    ("bone_density", "Bone density"),
    ("leg_duplex", "Leg duplex"),
    ("vascular_test", "Vascular test"),
)
Event = dict[str, Any]


def tell(chart: Chart | None, entries: Entries) -> list[dict[str, Any]]:
    """Operations, pain, function, imaging, laboratory, treatment; function only where the chart holds some."""
    if chart is None:
        return []
    lanes = {
        "Operations": _operations(chart, entries),
        "Pain": _pain(chart, entries),
        "Function": _function(chart, entries),
        "Imaging": _imaging(chart, entries),
        "Blood tests": _labs(chart, entries),
        "Treatment": _treatment(chart, entries),
    }
    first = min((s.when.first for s in chart.surgery.sessions if s.when), default=date.max) if chart.surgery else None
    earliest = (max(first, date.min + _BEFORE) - _BEFORE).isoformat() if first and first != date.max else ""
    told = []
    for name, found in lanes.items():
        events = sorted(found, key=lambda event: (event["from"], event["text"]))
        near = [event for event in events if not event["from"] or event["to"] >= earliest]
        if near or name != "Function":
            told.append({"name": name, "events": near[-MOST_EVENTS:], "older": len(events) - len(near[-MOST_EVENTS:])})
    return told


def _event(
    span: Span | None, text: str, short: str, refs: Iterable[Ref], entries: Entries, end: date | None = None
) -> Event:
    """``from`` and ``to`` are days, "" when nobody wrote down when."""
    return {
        "from": span.first.isoformat() if span else "",
        "to": max(end or span.last, span.last).isoformat() if span else "",
        "when": day(span),
        "text": text,
        "short": short,
        "entries": entries.marks(refs),
    }


def _operations(chart: Chart, entries: Entries) -> Iterator[Event]:
    surgery = chart.surgery
    for session in surgery.sessions if surgery else ():
        if session.stated_only:
            yield _stated(surgery, session, entries)
        elif session.classes & MAJOR:
            kinds = " and ".join(word for kind, word in _CLASSES.items() if kind in session.classes).capitalize()
            levels = ", ".join(session.place.segments)
            side = "" if session.side is Side.UNKNOWN else f" {session.side.value}"
            short = f"{kinds} {levels}{side}".strip()
            yield _event(session.when, _with_titles(short, session), short, session.refs, entries)
        elif not _is_treatment(session):
            short = ", ".join(sorted(session.minor)).replace("-", " ").capitalize() or "Minor procedure"
            yield _event(session.when, _with_titles(short, session), short, session.refs, entries)
    if surgery and surgery.index and surgery.index.stated_only and surgery.index not in surgery.sessions:
        yield _stated(surgery, surgery.index, entries)


def _stated(surgery: SurgeryStory | None, session: Session, entries: Entries) -> Event:
    """An operation that is only told of: the day is the latest on which it can have been."""
    said = surgery.stated if surgery else None
    words = f": “{clip(said.words, 120)}”" if said and said.words else ""
    refs = (said.source,) if said else session.refs
    return _event(session.when, f"Operation, told of only, on this day or before{words}", "Told of only", refs, entries)


def _with_titles(short: str, session: Session) -> str:
    titles = "; ".join(clip(title, 120) for title in session.titles[:3])
    return f"{short}: {titles}" if titles else short


def _is_treatment(session: Session) -> bool:
    return bool(session.minor) and all("injection" in kind or "block" in kind for kind in session.minor)


def _pain(chart: Chart, entries: Entries) -> Iterator[Event]:
    for score in read_scores(chart):
        site = f", {score.site}" if score.site else ""
        told = _event(score.when, f"Pain {score.value:g} of 10{site}", f"{score.value:g}", (score.ref,), entries)
        yield {**told, "value": score.value}
    pain = chart.pain
    seen: set[tuple[str, str]] = set()
    for since, statement in _complaints(pain.before if pain else (), pain.entries if pain else ()):
        span = begun(statement)
        words = clip(statement.words, 160) or "pain"
        if statement.concept == "pain-score" or (words, day(span)) in seen:
            continue
        seen.add((words, day(span)))
        standing = since and not statement.closed and statement.resource == "Condition"
        end = statement.ended.last if statement.ended else chart.as_of if standing else None
        told = _event(span, words, clip(quotes.tidy(words), 40), (statement.source,), entries, end if span else None)
        yield {**told, "bar": bool(end), "open": bool(standing and not statement.ended)}


def _complaints(before: Iterable[Statement], since: Iterable[Statement]) -> Iterator[tuple[bool, Statement]]:
    yield from ((False, statement) for statement in before)
    yield from ((True, statement) for statement in since)


def _function(chart: Chart, entries: Entries) -> Iterator[Event]:
    for score in read_function(chart):
        text = f"{score.name} {score.value:g} {score.unit}".strip()
        yield _event(score.when, text, text, (score.ref,), entries)


def _imaging(chart: Chart, entries: Entries) -> Iterator[Event]:
    for study in gather(chart):
        if study.lumbar is False or not (study.kinds or study.lumbar):
            continue
        short = _study(study)
        state = "ordered or booked" if not study.done else "reported" if study.reports else "no report read"
        told = _event(study.when, f"{study.words or short} ({state})", short, study.refs, entries)
        yield {**told, "hollow": not study.reports}


def _study(study: Study) -> str:
    return next((name for kind, name in _STUDIES if kind in study.kinds), study.words or "Imaging")


def _labs(chart: Chart, entries: Entries) -> Iterator[Event]:
    for concept, name in (("crp", "CRP"), ("esr", "ESR")):
        for reading in readings(chart, concept):
            low, high = reading.amount.low, reading.amount.high
            value = f"{high:g}" if low == high else f"<{high:g}" if high < inf else f">{low:g}"
            told = _event(reading.when, reading.words, f"{name} {value}", (reading.ref,), entries)
            yield {**told, "brief": value, "hollow": concept == "esr", "row": int(concept == "esr")}


def _treatment(chart: Chart, entries: Entries) -> Iterator[Event]:
    for concept, name in _DRUGS.items():
        for s in prescribed(chart, concept):
            span = s.onset or s.stated
            end = s.ended.last if s.ended else None
            words = clip(s.words, 120)
            told = _event(span, f"{name}: {words}" if words else name, name, (s.source,), entries, end)
            yield {**told, "bar": bool(end)}
    given = {ref for session in _sessions(chart) for ref in session.refs}
    for session in _sessions(chart):
        short = ", ".join(sorted(session.minor)).replace("-", " ").capitalize()
        yield _event(session.when, _with_titles(short, session), short, session.refs, entries)
    for concept, name in _CARE.items():
        for s in said_of(chart, concept):
            if s.source not in given:
                yield _event(begun(s), f"{name}: {clip(s.words, 120)}" if s.words else name, name, (s.source,), entries)


def _sessions(chart: Chart) -> list[Session]:
    found = chart.surgery.sessions if chart.surgery else ()
    return [session for session in found if not session.classes & MAJOR and _is_treatment(session)]
