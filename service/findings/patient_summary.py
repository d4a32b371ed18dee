"""What a reader wants first: a read chart in, the lines at the head of every card out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from service.chart.chart import Chart, PainStory, SurgeryStory, after_index, begun, index_when, said
from service.chart.operations import DECOMPRESSION, DISC_REPLACEMENT, DISCECTOMY, FUSION, MAJOR
from service.chart.pain_scores import read_scores
from service.chart.studies import gather
from service.chart.study_matching import Study
from service.domain import partial_dates, spine
from service.domain.findings import Finding, Story
from service.domain.places import Side
from service.domain.spans import Interval, Span
from service.domain.statements import Session, Statement
from service.findings.pain.complaints import TYPES, is_open, type_of

CLASS_WORDS = {
    DISCECTOMY: "discectomy",
    DECOMPRESSION: "decompression",
    FUSION: "fusion",
    DISC_REPLACEMENT: "disc replacement",
}
_MOST_ITEMS = 4
_DAYS_PER_MONTH, _DAYS_PER_YEAR = 30.44, 365.25


def tell(chart: Chart, findings: Mapping[str, Finding]) -> Story:
    """Operation, course, at most four dated items, lumbar imaging since surgery, implants and cautions."""
    surgery = chart.surgery or SurgeryStory()
    index = surgery.index
    return Story(
        operation=_operation(surgery, findings),
        date=partial_dates.say(index.when if index and not index.stated_only else None) if index else "",
        classes=_classes(index),
        refs=index.refs if index else (),
        course=_course(findings),
        timeline=tuple(_timeline(chart)),
        imaging=tuple(_imaging(chart)),
        implants=tuple(_implants(chart, findings)),
        cautions=tuple(_cautions(chart, findings)),
        levels=surgery.operated.segments,
        side="" if surgery.side is Side.UNKNOWN else surgery.side.value,
    )


def ago_in_words(ago: Interval | None) -> str:
    """Days as people say them; an interval too wide for that keeps both ends."""
    if ago is None or (ago.low == 0 and ago.high > 36500):
        return "date unknown"
    if ago.high > 36500:
        return f"at least {_span_of_days(ago.low)} ago"
    low, high = _span_of_days(ago.low), _span_of_days(ago.high)
    if low == high:
        return f"{low} ago"
    (least, unit), (most, same) = low.split(), high.split()
    return f"{least}–{most} {unit} ago" if unit == same else f"{low} to {high} ago"


def _operation(surgery: SurgeryStory, findings: Mapping[str, Finding]) -> str:
    index = surgery.index
    if index is None:
        minor = [s for s in surgery.sessions if s.minor]
        return f"{partial_dates.say(minor[-1].when)} {', '.join(sorted(minor[-1].minor))}" if minor else ""
    where = spine.in_words(surgery.operated.segments) or ", level not recorded"
    side = "" if surgery.side is Side.UNKNOWN else f", {surgery.side.value}"
    if index.stated_only:
        what = " + ".join(_classes(index)) or "lumbar surgery"
        by = f"on or before {partial_dates.say(index.when)}" if index.when else "date unknown"
        return f"{_beside(what, where)}{side}, stated in the chart only, {by} · operative report not in the record"
    count = findings.get("n_surgeries")
    n = count.value.low if count and isinstance(count.value, Interval) else 1
    day = f"{partial_dates.say(index.when)} " if index.when else ""
    head = f"{day}{_beside(' + '.join(_classes(index)), where)}{side}"
    return f"{head} · {ago_in_words(surgery.dsi)} · operation {n} of {n}"


def _beside(what: str, where: str) -> str:
    return f"{what}{where}" if where.startswith(",") else f"{what} {where}"


def _classes(index: Session | None) -> tuple[str, ...]:
    order = (DISCECTOMY, DECOMPRESSION, FUSION, DISC_REPLACEMENT)
    return tuple(CLASS_WORDS[c] for c in order if index and c in index.classes & MAJOR)


_COURSE = {
    "resolved": "pain resolved",
    "unchanged": "no relief from the operation",
    "partial": "partial relief",
    "honeymoon": "relief, then return",
    "new pattern": "relief, then a different pain",
    "early new": "new pain within two weeks of the operation",
    "maybe honeymoon": "probably relief, then return",
}


def _course(findings: Mapping[str, Finding]) -> str:
    course, basis = findings.get("course"), findings.get("course_basis")
    if course is None or course.value == "unknown":
        return "course after the operation not recorded" if "fbss_context" in findings else ""
    if course.value == "resolved" and basis is None:
        return "no pain stated since the operation"
    return _COURSE[str(course.value)] + (f" ({basis.value})" if basis else "")


def _timeline(chart: Chart) -> Iterator[str]:
    """The last complaint before, the first relief, the onset and the last complaint since; oldest first."""
    pain = chart.pain or PainStory()
    items: list[tuple[Span, str]] = []
    items += [(span, f"{_pain_words(s)} before the operation") for s in pain.before[-1:] if (span := begun(s))]
    items += sorted(_relief(chart, pain), key=lambda item: (item[0].last, item[0].first, item[1]))[:1]
    if pain.episode_onset and pain.entries:
        kind = "first stated" if pain.episode_onset.approx else "onset"
        items.append((pain.episode_onset, f"{_pain_words(_last(pain))}, {kind}"))
    stated = [(s.stated, f"{_pain_words(_last(pain))} stated") for s in pain.entries[-1:] if s.stated]
    items += [item for item in stated if not any(_same_day(item[0], span) for span, _ in items)]
    items.sort(key=lambda item: (item[0].last, item[0].first, item[1]))
    yield from (f"{partial_dates.say(span)} {text}" for span, text in items[:_MOST_ITEMS])


def _last(pain: PainStory) -> Statement:
    """The last complaint; of one day rather an entry that names the pain than a bare score."""
    last = pain.entries[-1]
    named = [s for s in pain.entries if s.stated == last.stated and type_of(s) - {"unspecified"}]
    return named[-1] if named else last


def _same_day(one: Span, other: Span) -> bool:
    return (one.first, one.last) == (other.first, other.last)


def _relief(chart: Chart, pain: PainStory) -> Iterator[tuple[Span, str]]:
    for entry in pain.before:
        if entry.ended and after_index(chart, entry.ended) and not is_open(entry):
            yield entry.ended, f"{_pain_words(entry)} ended"
    # An entry that tells of relief and of pain in one was not written on the day of the relief.
    painful = {s.source for s in said(chart, "pain-returned", *TYPES)}
    for statement in said(chart, "pain-relief", "no-pain"):
        looks_back = statement.about_surgery or statement.source in painful
        day = statement.onset or (None if looks_back else statement.stated)
        if day and after_index(chart, day):
            yield day, "relief stated"
    for score in read_scores(chart):
        if score.when and score.value <= chart.numbers["score_relief"] and after_index(chart, score.when):
            yield score.when, f"pain score {score.value:g}/10"


def _pain_words(statement: Statement) -> str:
    types = sorted(type_of(statement) - {"unspecified"})
    side = "" if statement.side is Side.UNKNOWN else f"{statement.side.value} "
    return f"{side}{' and '.join(types)} pain" if types else "pain"


def _imaging(chart: Chart) -> Iterator[str]:
    """Lumbar studies since the operation, newest last; pictures without a report are named as such."""
    for study in gather(chart):
        if study.lumbar and study.imaging and study.done and _since_surgery(chart, study):
            what = "/".join(sorted(study.modalities)) or study.words or "imaging"
            report = "report in the record" if study.reports else "no report in the record"
            yield f"{partial_dates.say(study.when)} lumbar {what}, {report}"


def _since_surgery(chart: Chart, study: Study) -> bool:
    return index_when(chart) is None or study.when is None or after_index(chart, study.when)


def _implants(chart: Chart, findings: Mapping[str, Finding]) -> Iterator[str]:
    for name, what in (("implant_present", "spinal implants"), ("stimulator_present", "stimulator or pump")):
        found = findings.get(name)
        if found and found.value == "yes":
            yield f"{what} in place" + (f" since {partial_dates.say(found.when)}" if found.when else "")
    if "mri_no" in findings:
        yield "a device is marked MR unsafe"
    elif (device := findings.get("device_check")) and device.value == "conditional":
        yield "device MR conditional by its name: confirm its conditions, leads included"
    elif device:
        yield "a device without a recorded MR mark: check its MR safety"
    elif said(chart, "mr-conditional"):
        yield "device marked MR conditional or MR safe"


def _cautions(chart: Chart, findings: Mapping[str, Finding]) -> Iterator[str]:
    for name, text in (
        ("anticoagulant", "takes an anticoagulant"),
        ("immune_risk", "raised risk of infection"),
        ("pregnancy", "pregnancy"),
        ("gd_allergy", "allergy to gadolinium contrast"),
    ):
        found = findings.get(name)
        if found and found.value == "yes":
            yield text + (f" ({found.words})" if found.words else "")
        elif found and found.value == "prophylactic":
            yield f"prophylactic anticoagulant ({found.words})"
    if egfr := _egfr(chart):
        yield egfr
    elif "gd_caution" in findings:
        yield "kidney function calls for care with contrast"


def _egfr(chart: Chart) -> str:
    rows = {o.ref: o for o in chart.record.observations}
    values = [
        (span, quantity)
        for s in said(chart, "egfr")
        if (row := rows.get(s.source)) and (quantity := row.value_quantity) and (span := s.stated)
    ]
    if not values or values[-1][1].value is None:
        return ""
    span, quantity = values[-1]
    return f"eGFR {quantity.comparator or ''}{quantity.value:g} ({partial_dates.say(span)})"


def _span_of_days(days: int) -> str:
    for unit, length, least in (("year", _DAYS_PER_YEAR, 5), ("month", _DAYS_PER_MONTH, 2)):
        if days >= least * length:
            return f"{round(days / length)} {unit}s"
    return "1 day" if days == 1 else f"{days} days"
