"""The frozen chart that every family of facts reads, and the few selections they all make on its statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import force_setattr

from service.domain import partial_dates, spine
from service.domain.done_steps import DoneStep
from service.domain.findings import Finding
from service.domain.places import NOWHERE, Place, Side
from service.domain.spans import Interval, Span
from service.domain.statements import Basis, NotUnderstood, Polarity, Ref, Resemblance, Session, Statement, Unread
from service.fhir.record import Record

Kept = TypeVar("Kept")

EVER = Interval(0, 36525)
"""Days since something that has happened, but nobody wrote down when."""

STRENGTH = (Basis.INFERRED, Basis.NOTE, Basis.REPORT, Basis.VALUE, Basis.ANSWER, Basis.CODE)
"""Bases from weak to strong: of two findings of one name the stronger stands."""

_RANK = {basis: rank for rank, basis in enumerate(STRENGTH)}


class SurgeryStory(Struct, frozen=True, gc=False):
    """What findings/surgery read. ``sessions`` runs oldest first (undated ones lead); ``index`` is None when only minor
    procedures are known, and has ``stated_only`` when the operation is known by statement (``stated``) alone.

    ``dsi`` and ``dsi_any`` are EVER when no date is known. ``operated`` is the union of the index levels, ``fused`` of
    all fusions ever. ``adjacent`` is empty unless every fused level is named.
    """

    sessions: tuple[Session, ...] = ()
    index: Session | None = None
    stated: Statement | None = None
    dsi: Interval = EVER
    dsi_any: Interval = EVER
    operated: Place = NOWHERE
    fused: Place = NOWHERE
    fusion_when: Span | None = None
    adjacent: tuple[str, ...] = ()
    side: Side = Side.UNKNOWN
    in_scope: bool = False
    preop_targets: tuple[Statement, ...] = ()
    numbering_uncertain: bool = False


class PainStory(Struct, frozen=True, gc=False):
    """What findings/pain read. ``entries`` are the pain entries stated since the operation, ``before`` those from
    before it (latest last in both). ``types`` holds leg, back, claudication, unspecified; ``regions`` buttock, groin,
    hip.
    """

    entries: tuple[Statement, ...] = ()
    before: tuple[Statement, ...] = ()
    episode_onset: Span | None = None
    side: Side = Side.UNKNOWN
    preop_side: Side = Side.UNKNOWN
    dominance: str = ""
    course: str = "unknown"
    types: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    preop_types: frozenset[str] = frozenset()
    stale: bool = False


class _Spoken(Struct, frozen=True):
    """The statements ``of`` one chart by polarity and concept, each list oldest first; ``turn`` says which statement
    (by identity, for each is one object) comes when. ``families`` holds the lists of several concepts that were asked
    for; ``kept`` what a family worked out from record and statements alone, for the families after it.
    """

    of: tuple[Statement, ...]
    by_concept: Mapping[Polarity, Mapping[str, tuple[Statement, ...]]]
    turn: Mapping[int, int]
    families: dict[tuple[Polarity, tuple[str, ...]], tuple[Statement, ...]] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)


class Chart(Struct, frozen=True):
    """Everything the chart says, on one day. ``statements`` holds only what counts (nothing entered in error, refuted
    or future), with the NO and UNCERTAIN of texts. ``known`` grows family by family, in the order surgery, pain,
    neuro, labs, imaging, patient; a family may read what the earlier ones found. ``not_understood`` and ``unread`` tell
    of texts that were read in part or not at all: what they may hold is unknown, not absent. ``done`` is what
    texts tell of steps that were done or declined, ``resembles`` what all words of the chart together are like.
    """

    record: Record
    statements: tuple[Statement, ...]
    numbers: Mapping[str, float]
    surgery: SurgeryStory | None = None
    pain: PainStory | None = None
    known: Mapping[str, Finding] = field(default_factory=dict)
    spoken: _Spoken | None = None
    not_understood: tuple[NotUnderstood, ...] = ()
    unread: tuple[Unread, ...] = ()
    done: tuple[DoneStep, ...] = ()
    resembles: tuple[Resemblance, ...] = ()

    def __post_init__(self) -> None:
        # Families ask for concepts many times: sort the statements once, and again only when they are other ones.
        if self.spoken is None or self.spoken.of is not self.statements:
            force_setattr(self, "spoken", _by_concept(self.statements))

    @property
    def as_of(self) -> date:
        return self.record.as_of


def said(chart: Chart, *concepts: str, polarity: Polarity = Polarity.YES) -> tuple[Statement, ...]:
    """What the chart says of these concepts, oldest first; the undated lead."""
    spoken = chart.spoken or _by_concept(chart.statements)
    held = spoken.by_concept[polarity]
    if len(concepts) == 1:
        return held.get(concepts[0], ())
    if held.keys().isdisjoint(concepts):
        return ()
    family = polarity, concepts
    if family not in spoken.families:
        lists = [found for concept in dict.fromkeys(concepts) if (found := held.get(concept))]
        spoken.families[family] = _merged(lists, spoken.turn)
    return spoken.families[family]


def _merged(lists: list[tuple[Statement, ...]], turn: Mapping[int, int]) -> tuple[Statement, ...]:
    if len(lists) == 1:
        return lists[0]
    return tuple(sorted((s for found in lists for s in found), key=lambda s: turn[id(s)]))


def speaks(chart: Chart, concepts: Iterable[str]) -> bool:
    """Whether the chart says, denies or doubts any of these concepts: of most it holds no word."""
    spoken = chart.spoken or _by_concept(chart.statements)
    return any(not held.keys().isdisjoint(concepts) for held in spoken.by_concept.values())


def kept(chart: Chart, name: str, work: Callable[[Chart], Kept]) -> Kept:
    """What ``work`` makes of this chart's record and statements, done once however many families ask."""
    if chart.spoken is None:
        return work(chart)
    if name not in chart.spoken.kept:
        chart.spoken.kept[name] = work(chart)
    found: Kept = chart.spoken.kept[name]
    return found


def by_source(chart: Chart) -> Mapping[Ref, Sequence[Statement]]:
    """What each entry of the chart says, in the order of the chart's statements."""
    return kept(chart, "by source", _by_source)


def from_sources(chart: Chart, sources: Iterable[Ref]) -> Sequence[Statement]:
    """What these entries say, in the order of the chart's statements."""
    held = by_source(chart)
    told = [found for source in sources if (found := held.get(source))]
    if len(told) < 2:
        return told[0] if told else ()
    place = kept(chart, "places", lambda c: {id(statement): at for at, statement in enumerate(c.statements)})
    return sorted((s for found in told for s in found), key=lambda s: place[id(s)])


def in_order(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    told = tuple(statements)
    return told if len(told) < 2 else tuple(sorted(told, key=_place_in_time))


def begun(statement: Statement) -> Span | None:
    """When it began, as far as the chart tells: the stated onset, else when it was first written down."""
    return statement.onset or statement.stated


def last_stated_day(statement: Statement) -> int:
    """The last day on which it can have been written down, else have begun, as a day number; 0 when undated."""
    span = statement.stated or statement.onset
    return span.last.toordinal() if span else 0


def age_days(span: Span | None, chart: Chart) -> Interval | None:
    """How many days ago; never less than none."""
    if span is None:
        return None
    today = chart.as_of
    return Interval(max(0, (today - span.last).days), max(0, (today - span.first).days))


def within(span: Span | None, days: float, chart: Chart) -> bool:
    """Surely not longer ago than so many days."""
    return span is not None and max(0, (chart.as_of - span.first).days) <= days


def after_index(chart: Chart, span: Span | None) -> bool:
    """Surely later than the index operation; an undated operation or span is never surely earlier or later.

    An operation known by statement alone happened on or before its upper bound, so that day itself is after it.
    """
    bound = index_when(chart)
    if bound is None or span is None:
        return False
    if chart.surgery and chart.surgery.index and chart.surgery.index.stated_only:
        return span.first >= bound.last or span == bound
    return partial_dates.surely_after(span, bound)


def before_index(chart: Chart, span: Span | None) -> bool:
    """Surely not later than the day of the index operation; never known of an operation that is only stated."""
    bound = index_when(chart)
    if bound is None or span is None or (chart.surgery and chart.surgery.index and chart.surgery.index.stated_only):
        return False
    return span.last <= bound.first


def index_when(chart: Chart) -> Span | None:
    return chart.surgery.index.when if chart.surgery and chart.surgery.index else None


def is_lumbar(place: Place) -> bool:
    return spine.is_lumbar(place) is True


def is_elsewhere(place: Place) -> bool:
    """Named, and not at the lumbar spine: ``spine`` alone names nothing."""
    return spine.is_lumbar(place) is False


def finding(
    name: str,
    value: str | Interval | int,
    statements: Iterable[Statement] = (),
    *,
    refs: tuple[Ref, ...] = (),
    basis: Basis | None = None,
    when: Span | None = None,
    words: str = "",
) -> Finding:
    """A finding with the references, the strongest basis, the words and the date of the statements it stands on."""
    on = in_order(statements)
    value = Interval(value, value) if isinstance(value, int) else value
    if not on:
        known = refs if len(refs) < 2 else tuple(dict.fromkeys(refs))
        return Finding(name, value, known, basis or Basis.CODE, words, when)
    latest = on[-1]
    return Finding(
        name,
        value,
        (latest.source,) if len(on) == 1 and not refs else tuple(dict.fromkeys((*refs, *[s.source for s in on]))),
        basis or (latest.basis if len(on) == 1 else max([s.basis for s in on], key=_RANK.__getitem__)),
        words or latest.words,
        when or begun(latest),
    )


def _by_concept(statements: tuple[Statement, ...]) -> _Spoken:
    held: dict[Polarity, dict[str, list[Statement]]] = {Polarity.YES: {}, Polarity.NO: {}, Polarity.UNCERTAIN: {}}
    turn: dict[int, int] = {}
    for at, statement in enumerate(in_order(statements)):
        held[statement.polarity].setdefault(statement.concept, []).append(statement)
        turn[id(statement)] = at
    by_concept = {polarity: {c: tuple(found) for c, found in lists.items()} for polarity, lists in held.items()}
    return _Spoken(statements, by_concept, turn)


def _by_source(chart: Chart) -> dict[Ref, list[Statement]]:
    held: dict[Ref, list[Statement]] = {}
    for statement in chart.statements:
        held.setdefault(statement.source, []).append(statement)
    return held


def _place_in_time(statement: Statement) -> tuple[object, ...]:
    """Total, so that the order in which a chart lists its entries can never matter."""
    span = begun(statement)
    first, last = (span.first, span.last) if span else (date.min, date.min)
    stated = statement.stated.last if statement.stated else date.min
    return last, first, stated, statement.concept, statement.source, statement.sentence, statement.words


def covers(earlier: Statement, sign: Statement) -> bool:
    """Whether the earlier entry may be the same sign: a side not named may be any one side, never both."""
    return covers_side(earlier.side, sign.side)


def covers_side(earlier: Side, side: Side) -> bool:
    if side is Side.BILATERAL:
        return earlier is Side.BILATERAL
    return Side.UNKNOWN in (earlier, side) or earlier in (side, Side.BILATERAL)


def first(sign: Statement) -> Span | None:
    """The earliest day to which the entry itself traces the sign."""
    return partial_dates.earliest((sign.onset, sign.stated))
