"""How the pain ran after the operation: entries, scores and statements of relief in, the course and its dates out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from service.chart.chart import Chart, after_index, finding, in_order, index_when, said
from service.chart.pain_scores import Score, since, until
from service.domain import partial_dates
from service.domain.findings import Finding
from service.domain.places import Side, same_side
from service.domain.spans import Interval, Span
from service.domain.statements import Basis, Statement
from service.findings.pain import standing
from service.findings.pain.complaints import LEG, Entries, side_of, type_of
from service.findings.pain.reliefs import Relief, has_dated_operation, read_reliefs, relieved

UNCHANGED, PARTIAL, HONEYMOON, NEW_PATTERN = "unchanged", "partial", "honeymoon", "new pattern"
EARLY_NEW, MAYBE, RESOLVED, UNKNOWN = "early new", "maybe honeymoon", "resolved", "unknown"


Kinds = frozenset[tuple[frozenset[str], Side]]
"""The types and sides of pain entries: of thousands of entries there are few kinds."""


class Course(Struct, frozen=True, gc=False):
    word: str = UNKNOWN
    on: tuple[Statement, ...] = ()
    refs: tuple[str, ...] = ()
    inferred: bool = False


def read_course(chart: Chart, entries: Entries, onset: Span | None, differs: bool) -> Course:
    """The first that applies, in the order of the rule book."""
    if not entries.now and not came_back(chart, entries):
        return _resolved(chart, entries)
    if entries.revived:
        return Course()
    reliefs = read_reliefs(chart, entries)
    # Whoever writes that the pain came back knew of relief, partial or not.
    return_ = _honeymoon(chart, entries, reliefs, onset, differs) if _returns(chart) else None
    for candidate in (
        _unchanged(chart, entries, reliefs, onset),
        return_,
        _partial(chart, entries),
        _honeymoon(chart, entries, reliefs, onset, differs),
        _early_new(chart, entries),
        _maybe(chart, entries),
    ):
        if candidate:
            return candidate
    return Course()


def pain_free(chart: Chart, entries: Entries, onset: Span | None) -> Interval | None:
    """From the later of operation and dated relief to the onset; the relief is the first that no pain followed."""
    when = index_when(chart)
    if onset is None or when is None or not has_dated_operation(chart):
        return None
    reliefs = [r for r in read_reliefs(chart, entries) if r.when and r.when.last <= onset.first]
    painful = [
        s.stated for s in (*entries.now, *entries.ended) if s.stated and partial_dates.surely_before(s.stated, onset)
    ]
    last_pain = max((span.last for span in painful if after_index(chart, span)), default=None)
    lasting = [r for r in reliefs if r.when and (last_pain is None or r.when.first >= last_pain)]
    if not lasting or lasting[0].when is None:
        return None
    begin = max(when, lasting[0].when, key=lambda span: (span.last, span.first))
    free = partial_dates.days_between(begin, onset)
    if onset.approx and free.low < chart.numbers["approx_proves_days"]:
        return None
    return Interval(max(0, free.low), max(0, free.high))


def days_after(chart: Chart, span: Span | None) -> Interval | None:
    """Days from the dated index operation; an operation that is only stated or undated counts no days."""
    when = index_when(chart)
    return partial_dates.days_between(when, span) if when and span and has_dated_operation(chart) else None


def write(course: Course) -> Iterator[Finding]:
    basis = Basis.INFERRED if course.inferred else None
    yield finding("course", course.word, course.on, refs=course.refs, basis=basis)
    if course.word != UNKNOWN and not (course.word == RESOLVED and course.inferred):
        yield finding(
            "course_basis", "inferred" if course.inferred else "recorded", course.on, refs=course.refs, basis=basis
        )


def worsened(known: Mapping[str, Finding]) -> Iterator[Finding]:
    """``worse`` once the neurological signs are read: a new deficit is worse whatever the pain does."""
    worse, deficit = known.get("worse"), known.get("deficit_new")
    if deficit is not None and (worse is None or worse.value == "no"):
        yield replace(deficit, name="worse", value="yes")


def came_back(chart: Chart, entries: Entries) -> bool:
    """Whether the pain is said to have come back since the operation, and no end or relief is surely later."""
    told = [s.stated for s in _returns(chart)]
    if not told:
        return False
    over = [s.ended for s in (*entries.before, *entries.ended)] + [s.stated for s in relieved(chart)]
    return any(
        span is None or not any(end is not None and partial_dates.surely_after(end, span) for end in over)
        for span in told
    )


def _returns(chart: Chart) -> tuple[Statement, ...]:
    """What says since the operation that the pain came back."""
    return tuple(s for s in said(chart, "pain-returned") if after_index(chart, s.stated) or s.about_surgery)


def _resolved(chart: Chart, entries: Entries) -> Course:
    ended = tuple(s for s in (*entries.ended, *entries.before) if after_index(chart, s.ended) or s in entries.ended)
    free = tuple(s for s in relieved(chart) if after_index(chart, s.stated) or s.about_surgery)
    if ended or free:
        return Course(RESOLVED, in_order((*ended, *free)))
    return Course(RESOLVED, entries.stale, inferred=True) if entries.stale else Course()


def _unchanged(chart: Chart, entries: Entries, reliefs: tuple[Relief, ...], onset: Span | None) -> Course | None:
    since = standing.told_since(chart)
    told = tuple(
        s for s in said(chart, "no-relief") if after_index(chart, s.stated) or s.about_surgery or s.source in since
    )
    if onset and any(r.when and partial_dates.surely_before(r.when, onset) and not onset.approx for r in reliefs):
        # Pain that began after a dated relief is not the pain that never went, whatever its words compare it with.
        told = ()
    returned = _returns(chart)
    if returned:
        # "Unchanged" beside a return says that the pain is as at the last visit, nothing of the operation.
        told = tuple(s for s in told if s.about_surgery or s.source in since)
        if told:
            return Course(UNKNOWN, in_order((*told, *returned)))
    # A complaint written down again proves nothing against a relief that is dated or measured, or a return.
    relieved = bool(returned) or any(r.when for r in reliefs) or bool(_partial(chart, entries))
    old = _kinds(entries.before)
    again = (
        () if relieved else tuple(s for s in entries.now if s.basis is not Basis.VALUE and _is_repeated(chart, s, old))
    )
    if told or again:
        return Course(UNCHANGED, (*again, *told))
    if relieved:
        return None
    refs = _no_relief_by_score(chart, entries.scores)
    return Course(UNCHANGED, refs=refs) if refs else None


def _is_repeated(chart: Chart, entry: Statement, before: Kinds) -> bool:
    stated, onset = days_after(chart, entry.stated), days_after(chart, entry.onset)
    if stated is None or not (
        chart.numbers["unchanged_from_days"] <= stated.low and stated.high <= chart.numbers["unchanged_until_days"]
    ):
        return False
    if entry.onset and (onset is None or onset.high > chart.numbers["early_onset_max_days"]):
        return False
    return _is_among(entry, before)


def _no_relief_by_score(chart: Chart, scores: tuple[Score, ...]) -> tuple[str, ...]:
    refs: list[str] = []
    for score in since(scores, index_when(chart)):
        day = days_after(chart, score.when)
        old = [s for s in until(scores, index_when(chart)) if s.site == score.site]
        if day is None or not old or old[-1].value < chart.numbers["score_pain"]:
            continue
        if chart.numbers["unchanged_from_days"] <= day.low and day.high <= chart.numbers["unchanged_until_days"]:
            if _is_fall(chart, old[-1].value, score.value):
                return ()
            refs += [old[-1].ref, score.ref]
    return tuple(dict.fromkeys(refs))


def _partial(chart: Chart, entries: Entries) -> Course | None:
    if told := tuple(s for s in said(chart, "partial-relief") if after_index(chart, s.stated) or s.about_surgery):
        return Course(PARTIAL, told)
    later = [s for s in since(entries.scores, index_when(chart)) if _is_past_the_wound(chart, s)]
    for site in ("", LEG, "back"):
        old = [s for s in until(entries.scores, index_when(chart)) if s.site == site]
        new = [s for s in later if s.site == site]
        if old and new and min(s.value for s in later) >= chart.numbers["score_pain"]:
            least = min(new, key=lambda s: s.value)
            if _is_fall(chart, old[-1].value, least.value):
                return Course(PARTIAL, refs=(old[-1].ref, least.ref))
    return None


def _is_past_the_wound(chart: Chart, score: Score) -> bool:
    """What hurts in the first days is the wound: no score of then tells what the operation did."""
    day = days_after(chart, score.when) if has_dated_operation(chart) else None
    return day is not None and day.low >= chart.numbers["unchanged_from_days"]


def _is_fall(chart: Chart, old: float, new: float) -> bool:
    share = (old - new) * 100 >= old * chart.numbers["score_partial_percent"]
    return old > new and (share or old - new >= chart.numbers["score_change"])


def _honeymoon(
    chart: Chart, entries: Entries, reliefs: tuple[Relief, ...], onset: Span | None, differs: bool
) -> Course | None:
    """Relief, then an onset: a relief told without its date counts only if the chart tells it as past."""
    returns = [s.onset for s in said(chart, "pain-returned")] + [s.ended for s in relieved(chart)]
    for candidate in (onset, *returns):
        day = days_after(chart, candidate)
        if candidate is None or day is None or day.low < _least(chart, candidate):
            continue
        for relief in reliefs:
            if relief.when is None or partial_dates.surely_before(relief.when, candidate):
                word = NEW_PATTERN if differs else HONEYMOON
                return Course(word, (*relief.on, *entries.now[-1:]), relief.refs)
    return None


def _least(chart: Chart, onset: Span) -> float:
    least = chart.numbers["honeymoon_min_days"]
    return max(least, chart.numbers["approx_proves_days"]) if onset.approx else least


def _early_new(chart: Chart, entries: Entries) -> Course | None:
    found = []
    old = _kinds(entries.before)
    for entry in entries.now:
        day = days_after(chart, entry.onset)
        if day is None or day.low < 0 or day.high > chart.numbers["early_onset_max_days"]:
            continue
        if not _is_among(entry, old):
            found.append(entry)
    return Course(EARLY_NEW, tuple(found)) if found else None


def _maybe(chart: Chart, entries: Entries) -> Course | None:
    """Nothing is dated but the first complaint since the operation began half a year after it: perhaps a good time."""
    dated = [s for s in (*entries.now, *entries.ended) if s.stated and after_index(chart, s.stated)]
    if not dated:
        return None
    first = min(dated, key=lambda s: (s.stated.last, s.stated.first, s.source) if s.stated else ())
    of_day = [s for s in dated if s.stated == first.stated]
    # A score of that day never tells an onset, and does not gainsay the complaint it was taken for.
    earliest = [s for s in of_day if s.basis is not Basis.VALUE] or of_day
    days = [days_after(chart, s.onset) for s in earliest]
    if all(d is not None and d.low >= chart.numbers["maybe_honeymoon_days"] for d in days):
        return Course(MAYBE, tuple(earliest), inferred=True)
    return None


def _kinds(entries: tuple[Statement, ...]) -> Kinds:
    return frozenset((type_of(entry), side_of(entry)) for entry in entries)


def _is_among(entry: Statement, kinds: Kinds) -> bool:
    """Same type as one of them, and same side where both name one."""
    return any(
        not type_of(entry).isdisjoint(types) and same_side(side_of(entry), side) is not False for types, side in kinds
    )
