"""The present episode: pain entries in, when it began, on which side, of which type, and whether it is new, out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from service.chart.chart import (
    Chart,
    age_days,
    begun,
    finding,
    in_order,
    index_when,
    kept,
    last_stated_day,
    said,
    within,
)
from service.chart.pain_scores import of_site, rose, since
from service.domain import partial_dates
from service.domain.findings import Finding
from service.domain.places import Side, one_side, same_side
from service.domain.spans import Span
from service.domain.statements import Basis, Statement
from service.findings.pain import falling_scores
from service.findings.pain.complaints import (
    BACK,
    BUTTOCK,
    CLAUDICATION,
    LEG,
    LEGS,
    SPINAL,
    TYPES,
    UNSPECIFIED,
    Entries,
    is_open,
    side_of,
    type_of,
    types_of,
)


def onset_of(chart: Chart, entries: Entries) -> Span | None:
    """The onset of the latest group (type and side), never the earliest onset ever.

    Without a stated onset the first statement of the running group stands in for it, marked approximate: statements
    of the same kind that follow each other within the window of new pain are one group.
    """
    if not entries.now or entries.revived:
        return None
    chain = _chain(chart, _named(entries.now))
    onsets = [s.onset for s in chain if s.onset]
    if onsets:
        return partial_dates.latest(onsets)
    first = next((s.stated for s in chain if s.stated), None)
    return replace(first, approx=True) if first else None


def _named(now: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Without the labels (M96.1, chronic pain) that name neither a site nor an onset while an open complaint names
    its site: coding a label later begins no new episode."""
    sited = [s for s in now if type_of(s) & SPINAL - {UNSPECIFIED} and s.resource == "Condition"]
    labels = {s for s in now if type_of(s) == {UNSPECIFIED} and s.onset is None and not _is_bare_score(s)}
    return tuple(s for s in now if s not in labels) if sited else now


def _chain(chart: Chart, now: tuple[Statement, ...]) -> tuple[Statement, ...]:
    told = sorted(now, key=lambda s: (last_stated_day(s), s.onset is not None, s.concept, s.source), reverse=True)
    lead = _lead(chart, told)
    chain = [told[0]]
    for entry in told[1:]:
        newer, older = chain[-1].stated, entry.stated
        if not (_alike(lead, entry) or _is_bare_score(entry)):
            continue
        apart = partial_dates.days_between(older, newer).low if newer and older else 0
        if apart > chart.numbers["new_pain_days"] and not chain[-1].attributes.old:
            break  # a complaint that is called unchanged goes on from the one before, however long ago
        chain.append(entry)
    return tuple(reversed(chain))


def _lead(chart: Chart, told: Sequence[Statement]) -> Statement:
    """The entry that says which complaint runs: a score that names no site measures the complaint stated near it."""
    if _is_bare_score(told[0]):
        for entry in told[1:]:
            apart = last_stated_day(told[0]) - last_stated_day(entry)
            if not _is_bare_score(entry) and apart <= chart.numbers["new_pain_days"]:
                return entry
    return told[0]


def current(chart: Chart, entries: Entries) -> tuple[Statement, ...]:
    """The entries that describe the pain of today: open problems, and what was said shortly before the last word."""
    latest = max((last_stated_day(s) for s in entries.now), default=0)
    days = chart.numbers["new_pain_days"]
    found = tuple(
        s for s in entries.now if s.resource == "Condition" or latest - last_stated_day(s) <= days or s.stated is None
    )
    counted = tuple(s for s in found if s.attributes.severity != "minimal")
    return counted if any(type_of(s) & LEGS for s in counted) else found


def side_of_leg(chart: Chart, entries: Entries) -> Side:
    """The side of the latest leg pain; both when both were stated within one window."""
    sided = [s for s in entries.now if type_of(s) & LEGS and side_of(s) is not Side.UNKNOWN]
    latest = max((last_stated_day(s) for s in sided), default=0)
    days = chart.numbers["new_pain_days"]
    return one_side(side_of(entry) for entry in sided if latest - last_stated_day(entry) <= days)


def dominance_of(chart: Chart, entries: Entries, types: frozenset[str]) -> str:
    """Leg, back, mixed, claudication or unspecified; "" when only groin or hip is named."""
    back = bool(types & {BACK, BUTTOCK})
    if BACK in types and types & LEGS:
        return "leg" if _leg_leads(chart, entries) else "mixed"
    if CLAUDICATION in types:
        return CLAUDICATION
    if LEG in types:
        return LEG
    if back:
        return BACK
    return UNSPECIFIED if UNSPECIFIED in types else ""


def _leg_leads(chart: Chart, entries: Entries) -> bool:
    later = since(entries.scores, index_when(chart))
    leg, back = of_site(later, LEG), of_site(later, BACK)
    return bool(leg and back) and leg[-1].value - back[-1].value >= chart.numbers["dominance_margin"]


def newness(chart: Chart, entries: Entries) -> Iterator[Finding]:
    """Which pain is new or clearly worse, by site; wound pain of the first weeks is not."""
    fresh = in_order(s for s in (*entries.now, *entries.vague) if _is_new(chart, s, entries))
    worse = stated_worse(chart)
    rises = rising_scores(chart, entries)
    all_types = types_of((*current(chart, entries), *fresh)) if worse or rises else types_of(fresh)
    refs = tuple(ref for ref, _ in rises)
    sites = {site for _, site in rises}
    if not (fresh or worse or rises):
        if entries.now and not entries.revived and all(s.stated or s.onset for s in entries.now):
            yield finding("new_pain", "no", entries.now)
            yield finding("new_back_pain", "no", entries.now)
            yield finding("new_leg_pain", "no", entries.now)
        return
    yield finding("new_pain", "yes", (*fresh, *worse), refs=refs)
    # Pain after a spine operation that names no site may be of the spine: alarms must not miss it.
    unsited = not all_types or UNSPECIFIED in all_types
    if BACK in all_types or BACK in sites or unsited:
        yield _new("new_back_pain", fresh, worse, refs, {BACK, UNSPECIFIED})
    if all_types & LEGS or LEG in sites:
        yield _new("new_leg_pain", fresh, worse, refs, LEGS)
    if BUTTOCK in all_types:
        yield _new("new_buttock_pain", fresh, worse, refs, {BUTTOCK})
    legs = tuple(s for s in fresh if LEG in type_of(s))
    if legs:
        yield finding("new_radicular_pain", "yes", legs)
        # Pain of both legs on walking is claudication, whatever the code beside the words says.
        walking = {s.source for s in fresh if CLAUDICATION in type_of(s)}
        if one_side(side_of(entry) for entry in legs if entry.source not in walking) is Side.BILATERAL:
            yield finding("new_bilateral_leg_pain", "yes", legs)


def stated_worse(chart: Chart) -> tuple[Statement, ...]:
    """The chart says worse, within the window of new pain and since the latest session."""
    latest = latest_session(chart)
    return tuple(
        s
        for s in said(chart, "pain-worse")
        if within(begun(s), chart.numbers["new_pain_days"], chart)
        and (latest is None or (begun(s) or latest).last >= latest.first)
    )


def rising_scores(chart: Chart, entries: Entries) -> tuple[tuple[str, str], ...]:
    """The score (reference, site) that rose by a real step to real pain within the window, all since the operation."""
    days = chart.numbers["new_pain_days"]
    recent = tuple(s for s in since(entries.scores, latest_session(chart)) if within(s.when, days, chart))
    found = []
    for site in ("", LEG, BACK):
        same = of_site(recent, site)
        if same and same[-1].value >= chart.numbers["score_pain"] and rose(same, chart.numbers["score_change"]):
            found.append((same[-1].ref, site))
    return tuple(found)


def latest_session(chart: Chart) -> Span | None:
    """The day of the latest dated session of any class: the clock of wound pain."""
    sessions = chart.surgery.sessions if chart.surgery else ()
    days = [s.when for s in sessions if s.when and not s.stated_only]
    return partial_dates.latest(days)


def _is_new(chart: Chart, entry: Statement, entries: Entries) -> bool:
    began = begun(entry)
    if entries.revived or began is None or not within(began, chart.numbers["new_pain_days"], chart):
        return False
    if not type_of(entry) & SPINAL or _is_wound_pain(chart, began):
        return False
    if entry.attributes.long and entry.basis is Basis.NOTE and type_of(entry) <= LEGS:
        return False
    if _is_score(entry) and falling_scores.was_as_bad(entry, began, entries.scores, chart.numbers["new_pain_days"]):
        return False
    if _is_score(entry) and falling_scores.has_fallen(chart, entry, began, entries.scores):
        return False
    if entry.onset is None and any(_is_open_problem(old, entry) for old in entries.before):
        return False
    days = int(chart.numbers["new_pain_days"])
    there = (told.side for told in kept(chart, "pain ever told", _ever_told) if _was_there(entry, began, told, days))
    if side_of(entry) is Side.BILATERAL:
        # Pain that was on one side and is now on both has spread: that is new.
        return set(there) in ({Side.LEFT}, {Side.RIGHT}, set())
    return not any(True for _ in there)


def _is_open_problem(old: Statement, entry: Statement) -> bool:
    """A problem open since before the operation is not new when it is written down or billed again."""
    if old.source == entry.source or old.resource != "Condition" or not is_open(old):
        return False
    return (
        entry.resource in {"Condition", "Encounter"}
        and type_of(entry) <= type_of(old)
        and same_side(side_of(entry), side_of(old)) is not False
    )


class _Told(Struct, frozen=True, gc=False):
    """When pain of these types on this side was ever told: first and last day (as ordinals) and sources, in order."""

    types: frozenset[str]
    side: Side
    days: list[tuple[int, int, set[str]]]


def _ever_told(chart: Chart) -> tuple[_Told, ...]:
    """One line for all that say the same of the same days: charts repeat."""
    alike: dict[tuple[frozenset[str], Side], dict[tuple[int, int], set[str]]] = {}
    for told in said(chart, *TYPES):
        days = alike.setdefault((type_of(told), side_of(told)), {})
        for span in (told.stated, told.onset):
            if span:
                days.setdefault((span.first.toordinal(), span.last.toordinal()), set()).add(told.source)
    return tuple(
        _Told(types, side, [(*day, days[day]) for day in sorted(days)]) for (types, side), days in alike.items()
    )


def _was_there(entry: Statement, began: Span, told: _Told, days: int) -> bool:
    """The same type on the same (or an unnamed) side was stated in the window before this entry began, by another."""
    if not (_is_bare_score(entry) or type_of(entry) <= told.types) or same_side(side_of(entry), told.side) is False:
        return False
    begin = bisect_left(told.days, began.last.toordinal() - days, key=lambda day: day[0])
    for first, last, sources in islice(told.days, begin, None):
        if first >= began.first.toordinal():
            return False
        if last < began.first.toordinal() and sources != {entry.source}:
            return True
    return False


def _is_wound_pain(chart: Chart, began: Span) -> bool:
    latest = latest_session(chart)
    ago = age_days(latest, chart)
    if latest is None or ago is None or ago.high >= chart.numbers["wound_pain_until_days"]:
        return False
    after = partial_dates.days_between(latest, began)
    return after.low >= 0 and after.high <= chart.numbers["wound_pain_onset_days"]


def _new(
    name: str, fresh: tuple[Statement, ...], worse: tuple[Statement, ...], refs: tuple[str, ...], types: Iterable[str]
) -> Finding:
    own = tuple(s for s in fresh if type_of(s) & set(types))
    return finding(name, "yes", (*own, *worse), refs=() if own else refs)


def _is_score(statement: Statement) -> bool:
    return statement.basis is Basis.VALUE


def _is_bare_score(statement: Statement) -> bool:
    return statement.concept == "pain-score"


def _alike(one: Statement, other: Statement) -> bool:
    return bool(type_of(one) & type_of(other)) and same_side(side_of(one), side_of(other)) is not False
